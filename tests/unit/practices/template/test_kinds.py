"""What does a resource of a kind say in Odoo's own words? Rules K1 to K5 of kinds, R1 and R2 of resources."""

import pytest
from pydantic import ValidationError

from lockgate.practices.template.decide.facts import Declared
from lockgate.practices.template.definition import LocalChange, Resource
from lockgate.practices.template.definition.kinds.speaking import Sayings, back, spoken, spoken_change
from lockgate.practices.template.definition.kinds.table import KINDS

GHENT = {"name": "Ghent", "code": "GNT", "receipts": "three steps", "partner_id": "base.main_partner"}
ALIKE = (
    "batch_group_by_partner",
    "batch_group_by_destination",
    "batch_group_by_src_loc",
    "batch_group_by_dest_loc",
    "batch_group_by_carrier",
)


def say(kind, values, company=None, **more):
    return spoken(Sayings(values, company, **more), KINDS[kind])


def wrong(kind, values, company="acme", **more):
    """Return what is told of a resource where it is declared."""
    with pytest.raises(ValidationError) as told:
        Resource(key="one", kind=kind, values=values, company=company, **more)
    [error] = told.value.errors()
    return error["type"], error["ctx"]["message"], error["ctx"]["at"]


def test_short_names_stand_for_fields_and_plain_words_for_odoos_keys():  # K1, K2, K4
    told = say("warehouse", GHENT, "acme")
    assert (told.values, told.flaws) == (
        {
            "name": "Ghent",
            "code": "GNT",
            "reception_steps": "three_steps",
            "partner_id": "base.main_partner",
            "company_id": "acme",
        },
        (),
    )


def test_a_code_stands_for_what_it_is_short_for_and_a_name_for_itself():  # K2
    told = say("company", {"name": "Acme UK", "country": "GB", "currency": "pound", "chart": "uk"})
    assert told.values == {"name": "Acme UK", "country_id": "base.uk", "currency_id": "pound", "chart_template": "uk"}
    assert say("discount-limit", {"name": "D", "above": 15, "approved_by": "x.y"}).values == {
        "name": "D",
        "definition_domain": '[("order_line.discount", ">", 15)]',
        "reviewer_group_id": "x.y",
        "review_type": "group",
        "model_id": "sale.model_sale_order",
    }


def test_lines_have_short_names_and_what_goes_with_them():  # K1, K3
    told = say(
        "payment-term", {"name": "T", "parts": [{"percent": 40, "days": 5}, {"percent": 60, "days_after_month": 9}]}
    )
    assert told.values["line_ids"] == [
        {"value_amount": 40, "value": "percent", "nb_days": 5, "delay_type": "days_after"},
        {"value_amount": 60, "value": "percent", "nb_days": 9, "delay_type": "days_after_end_of_month"},
    ]


def test_a_line_that_says_nothing_of_it_holds_what_lines_hold():  # K3
    told = say(
        "price-list", {"name": "P", "currency": "EUR", "rules": [{"discount": 3}, {"category": "x", "at_price": 2}]}
    )
    assert told.values["item_ids"] == [
        {"percent_price": 3, "compute_price": "percentage", "applied_on": "3_global"},
        {"categ_id": "x", "applied_on": "2_product_category", "fixed_price": 2, "compute_price": "fixed"},
    ]


def test_what_a_resource_says_itself_is_left_as_it_is():  # K3
    assert say("location", {"name": "L", "within": "x", "holds": "other places"}).values["usage"] == "view"
    assert say("location", {"name": "L", "within": "x", "company_id": "b"}, "a").values["company_id"] == "b"


def test_every_value_can_be_traced_to_where_the_file_says_it():  # K5
    values = {"name": "T", "parts": [{"percent": 100, "days": 5}], "discount": 2, "discount_days": 4}
    told = say("payment-term", values)
    one = Declared(
        Resource(key="t", model="x.y", values=told.values),
        "a.yaml",
        7,
        {way: ("a.yaml", ("resources", 7, *origin)) for way, origin in told.origins.items()},
    )
    ways = {
        ("values", "name"): ("values", "name"),
        ("values", "line_ids"): ("values", "parts"),
        ("values", "line_ids", 0, "nb_days"): ("values", "parts", 0, "days"),
        ("values", "line_ids", 0, "delay_type"): ("values", "parts", 0, "days"),
        ("values", "early_discount"): ("values", "discount"),
        ("model",): ("kind",),
    }
    assert {way: one.place(*way) for way in ways} == {
        way: ("a.yaml", ("resources", 7, *origin)) for way, origin in ways.items()
    }


def test_what_holds_in_a_company_or_a_language_has_the_same_names():
    told = say(
        "product-category",
        {"name": "Pumps", "costing": "average cost"},
        by_company={"acme": {"costing": "standard price"}},
        translations={"fr_BE": {"name": "Pompes"}},
    )
    assert (told.by_company, told.translations) == (
        {"acme": {"property_cost_method": "standard"}},
        {"fr_BE": {"name": "Pompes"}},
    )
    assert told.origins["by_company", "acme", "property_cost_method"] == ("by_company", "acme", "costing")


def test_a_change_of_a_site_says_nothing_that_it_does_not_say():
    told = spoken_change(Sayings({"holds": "goods on the way"}, None), KINDS["location"])
    assert told.values == {"usage": "transit"}


@pytest.mark.parametrize(
    ("kind", "values", "told"),
    [
        (
            "warehouse",
            {**GHENT, "receipts": "three step"},
            ("wrong-value", "`receipts` has no choice `three step`", ("values", "receipts")),
        ),
        (
            "warehouse",
            {**GHENT, "reception_steps": "one_step"},
            ("declared-twice", "`reception_steps` says `reception_steps` once more", ("values", "reception_steps")),
        ),
        (
            "warehouse",
            {**GHENT, "code": "GHENT1"},
            ("wrong-value", "`code` has more than 5 letters: `GHENT1`", ("values", "code")),
        ),
        (
            "warehouse",
            {"name": "Ghent"},
            ("wrong-value", "a resource of the kind warehouse needs `code`", ("values",)),
        ),
        (
            "journal",
            {"name": "B", "code": "B", "for": "bank"},
            ("wrong-value", "`for: bank` needs `bank_account`", ("values", "for")),
        ),
        (
            "bank-account",
            {"number": "BE71"},
            ("wrong-value", "a resource of the kind bank-account needs `holder`", ("values",)),
        ),
        (
            "product-category",
            {"name": "P", "valuation": "perpetual"},
            (
                "wrong-value",
                "`valuation: perpetual` needs `valuation_account` and `stock_journal`",
                ("values", "valuation"),
            ),
        ),
        (
            "operation-type",
            {"warehouse": "w", "operation": "picking", "in_batches": True},
            (
                "wrong-value",
                f"`in_batches` needs one of: {', '.join(f'`{name}`' for name in ALIKE)}",
                ("values", "in_batches"),
            ),
        ),
        (
            "payment-term",
            {"name": "T", "parts": [{"percent": 60, "days": 5}, {"percent": 30, "days": 6}]},
            ("wrong-value", "the percent of `parts` is 90 in all, not 100", ("values", "parts")),
        ),
        (
            "payment-term",
            {"name": "T", "parts": [{"percent": 100}]},
            ("wrong-value", "each of `parts` needs `days` or `days_after_month`", ("values", "parts", 0)),
        ),
        (
            "reordering",
            {"product": "p", "warehouse": "w", "at": "l", "below": 9, "up_to": 4},
            ("wrong-value", "`below` is above `up_to`: 9 and 4", ("values", "below")),
        ),
        (
            "putaway",
            {"arrives_at": "a", "goes_to": "b", "product": "p", "category": "c"},
            ("wrong-value", "a putaway has `product` or `category`, not both", ("values", "category")),
        ),
        (
            "approval-tier",
            {"name": "T", "of": "orders", "above": 9},
            ("wrong-value", "what needs approval needs `approved_by` or `approved_by_person`", ("values",)),
        ),
    ],
)
def test_what_can_t_be_is_told_where_it_stands(kind, values, told):  # R2
    assert wrong(kind, values) == told


def test_what_is_made_in_no_company_is_told():  # R2
    assert wrong("warehouse", GHENT, company=None) == (
        "wrong-value",
        "a resource of the kind warehouse needs a company",
        ("key",),
    )


def test_a_check_holds_in_each_company_by_itself():  # R2
    accounts = {"valuation_account": "x.y", "stock_journal": "z"}
    values, by_company = {"name": "P", **accounts}, {"acme": {"valuation": "perpetual"}}
    assert Resource(key="p", kind="product-category", values=values, by_company=by_company).key == "p"
    assert wrong("product-category", {"name": "P"}, None, by_company=by_company) == (
        "wrong-value",
        "`valuation: perpetual` needs `valuation_account` and `stock_journal`",
        ("by_company", "acme", "valuation"),
    )


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({}, ("missing", "`model` is needed, or `kind`", ())),
        ({"kind": "warehouse", "model": "stock.warehouse"}, ("one-model", "it has a `kind` and a `model`", ("model",))),
        ({"kind": "warehous"}, ("unknown-kind", "there is no kind `warehous`", ("kind",))),
    ],
)
def test_a_resource_is_of_a_model_or_of_a_kind(said, told):  # R1
    with pytest.raises(ValidationError) as came:
        Resource(key="one", values={"name": "x"}, **said)
    [error] = came.value.errors()
    assert (error["type"], error["ctx"]["message"], error["ctx"]["at"]) == told


def test_a_change_says_something():
    with pytest.raises(ValidationError) as came:
        LocalChange(resource="ghent")
    [error] = came.value.errors()
    assert error["ctx"]["message"] == "it says nothing that is otherwise"


@pytest.mark.parametrize(
    ("kind", "name", "held", "said"),
    [
        ("warehouse", "receipts", "one_step", "one step"),
        ("warehouse", "name", "Ghent", "Ghent"),
        ("company", "country", "base.be", "BE"),
        ("company", "country", "base.uk", "GB"),
        ("company", "currency", "euro", "euro"),
        ("approval-tier", "above", '[("amount_untaxed", ">", 25000)]', 25000),
        ("approval-tier", "above", '[("amount_untaxed", ">", 0.5)]', 0.5),
        ("approval-tier", "above", '[("amount_total", ">", 9)]', '[("amount_total", ">", 9)]'),
        (
            "payment-term",
            "parts",
            [{"value": "percent", "value_amount": 100, "delay_type": "days_after", "nb_days": 7}],
            [{"percent": 100, "days": 7}],
        ),
        (
            "price-list",
            "rules",
            [{"applied_on": "3_global", "compute_price": "percentage", "percent_price": 4}],
            [{"discount": 4}],
        ),
    ],
)
def test_what_odoo_holds_is_said_in_the_words_of_the_kind(kind, name, held, said):
    assert back(held, name, KINDS[kind].shorts) == said


def test_no_two_kinds_and_no_two_names_of_a_kind_are_alike():
    for name, kind in KINDS.items():
        shorts = [one.name for one in kind.shorts]
        assert (kind.name, sorted(set(shorts))) == (name, sorted(shorts))
