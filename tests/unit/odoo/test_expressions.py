"""Is a field read from the database only where that holds what Odoo's API tells?"""

import pytest

from lockgate.odoo.database.expressions import Kept, expression_of, plan_of

MODELS = {
    "product.product": {
        "name": Kept("name", "char", store=False, related="product_tmpl_id.name"),
        "deep": Kept("deep", "char", store=False, related="product_tmpl_id.categ_id.name"),
        "lost": Kept("lost", "char", store=False, related="other_id.name"),
        "product_tmpl_id": Kept("product_tmpl_id", "many2one", relation="product.template"),
        "default_code": Kept("default_code", "char"),
    },
    "product.template": {"name": Kept("name", "char", translate="standard")},
}


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        (Kept("color", "integer"), 'coalesce("r"."color", 0)'),
        (Kept("active", "boolean"), 'coalesce("r"."active", false)'),
        (Kept("create_date", "datetime"), """date_trunc('second', "r"."create_date")"""),
        (Kept("name", "char", translate="standard"), """"r"."name" ->> 'en_US'"""),
        (Kept("country_id", "many2one", relation="res.country"), '"r"."country_id"'),
        (
            Kept("tags", "many2many", relation_table="rel", column1="a", column2="b"),
            """(select string_agg(m."b"::text, ',' order by m."b") from "rel" m where m."a" = "r"."id")""",
        ),
        (Kept("tags", "many2many"), None),
        (Kept("total", "float", store=False), None),
        (Kept("cost", "float", company_dependent=True), None),
        (Kept("lines", "one2many"), None),
        (Kept("image", "binary"), None),
        (Kept("said", "json"), None),
    ],
)
def test_a_field_is_told_as_the_api_tells_it_or_not_at_all(field, expected):
    told = expression_of(field, "r")
    assert (told.as_string(None) if told else None) == expected


def test_what_a_record_shows_of_another_is_read_there():
    plan = plan_of("product.product", ("id", "name", "default_code"), MODELS)

    assert plan is not None
    assert plan.joined == {"product_tmpl_id": "product.template"}
    assert [one.as_string(None) for one in plan.columns] == [
        '"r"."id"',
        """"product_tmpl_id"."name" ->> 'en_US' as "name\"""",
        '"r"."default_code" as "default_code"',
    ]


@pytest.mark.parametrize("name", ["deep", "lost", "unknown"])
def test_one_field_that_cannot_be_had_leaves_the_model_to_odoo(name):
    assert plan_of("product.product", ("id", name), MODELS) is None
