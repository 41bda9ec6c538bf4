"""How does a record of Odoo become a resource? Rules D1 to D5."""

from lockgate.practices.template.decide.adopting import LeftOut, Seen, adopted, keys_for, settings_said
from lockgate.practices.template.decide.facts import FieldFact, Target

FIELDS = {
    "id": FieldFact("id", "integer"),
    "name": FieldFact("name", "char", translated=True),
    "active": FieldFact("active", "boolean"),
    "weight": FieldFact("weight", "float"),
    "parent_id": FieldFact("parent_id", "many2one", relation="product.category"),
    "tag_ids": FieldFact("tag_ids", "many2many", relation="product.tag"),
    "path": FieldFact("path", "char", written=False),
    "image": FieldFact("image", "binary"),
    "child_ids": FieldFact("child_ids", "one2many", relation="product.category"),
    "label": FieldFact("label", "char", stored=False),
}
MODELS = {
    "product.category": FIELDS,
    "product.tag": {},
    "product.pricelist": {
        "name": FieldFact("name", "char"),
        "item_ids": FieldFact("item_ids", "one2many", relation="product.pricelist.item"),
    },
    "product.pricelist.item": {
        "categ_id": FieldFact("categ_id", "many2one", relation="product.category"),
        "percent_price": FieldFact("percent_price", "float"),
    },
}
AT = Target("product.category", 3)
PARENT = Target("product.category", 2)
NAMES = {AT: "goods", PARENT: "all", Target("product.tag", 1): "product.tag_urgent"}


def seen(values, translations=None, at=AT):
    return Seen(at, values.get("name", ""), {"id": 3, **values}, translations or {})


def test_what_odoo_would_fill_in_by_itself_is_left_out_and_ids_have_names():  # D1, D2
    held = {"name": "Goods", "active": True, "weight": 2.0, "parent_id": 2, "tag_ids": [1], "path": "All / Goods"}
    resource, left = adopted(seen(held), MODELS, NAMES, {"": {"active": True}})
    assert resource == {
        "key": "goods",
        "model": "product.category",
        "values": {"name": "Goods", "parent_id": "all", "tag_ids": ["product.tag_urgent"], "weight": 2},
    }
    assert left == []


def test_what_is_unset_is_said_where_odoo_would_set_it():  # D1
    resource, _ = adopted(
        seen({"name": "Goods", "active": False, "weight": 0.0}), MODELS, NAMES, {"": {"active": True}}
    )
    assert resource["values"] == {"name": "Goods", "active": False}


def test_a_record_without_a_name_is_left_out_and_told():  # D2
    resource, left = adopted(seen({"name": "Goods", "parent_id": 9, "tag_ids": [1, 7]}), MODELS, NAMES, {"": {}})
    assert resource["values"] == {"name": "Goods"}
    assert sorted(left, key=lambda one: one.field) == [
        LeftOut("goods", "parent_id", "product.category 9 has no external id"),
        LeftOut("goods", "tag_ids", "product.tag 7 has no external id"),
    ]


def test_texts_in_other_languages_are_said_where_they_differ():  # D4
    texts = {"fr_BE": {"name": "Biens"}, "nl_BE": {"name": "Goods"}}
    resource, _ = adopted(seen({"name": "Goods"}, texts), MODELS, NAMES, {"": {}})
    assert resource["translations"] == {"fr_BE": {"name": "Biens"}}


def test_lines_stand_inside_of_their_record():
    at = Target("product.pricelist", 5)
    held = {"name": "Dealers", "item_ids": [{"id": 8, "categ_id": 3, "percent_price": 10.0}]}
    resource, _ = adopted(seen(held, at=at), MODELS, {**NAMES, at: "dealers"}, {"": {}})
    assert resource["values"]["item_ids"] == [{"categ_id": "goods", "percent_price": 10}]


def test_keys_are_made_of_names_and_never_twice():  # D3
    records = [
        Seen(Target("product.category", n), name, {}, {})
        for n, name in enumerate(["Größe & Co.", "Große Co", "日本", "Pump"])
    ]
    assert list(keys_for(records, {"pump"}).values()) == ["groe-co", "groe-co-2", "product-category", "pump-2"]


def test_what_holds_elsewhere_is_said_by_company_where_it_is_another_thing():  # D1, D4
    at = Target("product.category", 3)
    weights = {"acme-be": 2.0, "acme-de": 1.0, "acme-fr": 5.0, "acme-uk": 0.0}
    there = {company: {"weight": weight} for company, weight in weights.items()}
    one = Seen(at, "Goods", {"id": 3, "name": "Goods", "weight": 1.0}, {}, there)
    resource, _ = adopted(one, MODELS, NAMES, {"": {}, "acme-fr": {"weight": 5.0}, "acme-uk": {"weight": 3.0}})
    assert resource["by_company"] == {"acme-be": {"weight": 2}, "acme-uk": {"weight": 0}}


def test_settings_that_are_alike_are_said_once_and_others_for_each():  # D5
    fields = {name: FieldFact(name, "boolean") for name in ("on", "off", "here")}
    held = {"": {"on": True, "off": False, "here": False}, "acme-be": {"on": True, "off": False, "here": True}}
    assert settings_said(held, fields, {}) == {"": {"on": True, "here": False}, "acme-be": {"here": True}}
    assert settings_said({"": {"on": True, "off": False}}, fields, {}) == {"": {"on": True}}
