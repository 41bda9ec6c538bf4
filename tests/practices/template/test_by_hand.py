"""Is all found that somebody changes by hand, and nothing invented? Test T11, a field of each type on a real Odoo.

Texts in other languages, values of other companies and settings are changed by hand in `test_country`.
"""

import pytest

from lockgate.odoo.external_ids import targets_of
from lockgate.odoo.loading import load

EVERY_TYPE = """
resources:
  - key: fast
    model: product.tag
    values: { name: Fast, sequence: 3 }
  - key: slow
    model: product.tag
    values: { name: Slow, sequence: 4 }
  - key: goods
    model: product.category
    values: { name: Goods }
  - key: wares
    model: product.category
    values: { name: Wares }
  - key: pump
    model: product.template
    values:
      name: Pump
      default_code: P-1
      description: "<p>Mind the <b>seal</b>.</p>"
      description_sale: "Mind the seal.\\nIt is thin."
      type: consu
      categ_id: goods
      product_tag_ids: [fast, slow]
      list_price: 12.5
      weight: 0.335
      sale_ok: true
      purchase_ok: false
      sequence: 7
  - key: buyer
    model: res.partner
    values: { name: Buyer, is_company: true, risk_invoice_draft_limit: 100.25, ref: B-1 }
  - key: list
    model: product.pricelist
    values:
      name: Spring
      item_ids:
        - { compute_price: fixed, fixed_price: 10, date_start: "2026-03-01 06:00:00", min_quantity: 1 }
        - { compute_price: fixed, fixed_price: 8, min_quantity: 100 }
  - key: rollout
    model: project.project
    values: { name: Rollout }
  - key: first-site
    model: project.milestone
    values: { name: The first site is live, project_id: rollout, deadline: 2026-09-01 }
  - key: to-do
    model: project.task
    values: { name: Print labels, project_id: rollout, date_deadline: "2026-08-01 15:00:00" }
"""
BY_HAND = {  # by type: the resource, its model, the field, and what somebody writes
    "char": ("pump", "product.template", "default_code", "P-2"),
    "char, emptied": ("buyer", "res.partner", "ref", False),
    "text": ("pump", "product.template", "description_sale", "Mind the seal. It is thin."),
    "html": ("pump", "product.template", "description", "<p>Mind the <i>seal</i>.</p>"),
    "integer": ("pump", "product.template", "sequence", 8),
    "float": ("pump", "product.template", "list_price", 12.51),
    "monetary": ("buyer", "res.partner", "risk_invoice_draft_limit", 100.26),
    "boolean": ("pump", "product.template", "purchase_ok", True),
    "date": ("first-site", "project.milestone", "deadline", "2026-09-02"),
    "datetime": ("to-do", "project.task", "date_deadline", "2026-08-01 15:00:01"),
    "selection": ("pump", "product.template", "type", "service"),
    "many2one": ("pump", "product.template", "categ_id", "wares"),
    "many2many": ("pump", "product.template", "product_tag_ids", ["fast"]),
    "one2many": ("list", "product.pricelist", "item_ids", {"min_quantity": 50}),
    "archived": ("buyer", "res.partner", "active", False),
}


@pytest.fixture
def applied(programme):
    """A template with a field of each type, applied."""
    programme.write(EVERY_TYPE)
    came = programme.apply()
    assert (came["code"], came["refused"], came["differing"]) == (0, [], [])
    return programme


@pytest.fixture
def records(applied, odoo):
    """Return the id of each record of the template."""
    names = ("fast", "slow", "goods", "wares", "pump", "buyer", "list", "rollout", "first-site", "to-do")
    found = targets_of(odoo, [f"template__{name}" for name in names])
    return {name.removeprefix("template__"): target.id for name, target in found.items()}


def told(programme):
    """Return which fields differ."""
    return sorted((one["key"], one["field"]) for one in programme.say("drift", "--by", "ann")["changes"])


def test_a_field_of_each_type_that_was_changed_by_hand_is_found_and_brought_back(applied, odoo, records):
    for key, model, field, value in BY_HAND.values():
        if isinstance(value, dict):
            [held] = odoo.read(model, records[key], [field])
            odoo.write("product.pricelist.item", held[field][-1:], value)
            continue
        ids = [records[name] for name in value] if isinstance(value, list) else value
        new = [[6, 0, ids]] if isinstance(value, list) else records.get(value, value)
        odoo.write(model, records[key], {field: new})

    drift = applied.say("drift", "--by", "ann")

    found = sorted((one["key"], one["field"]) for one in drift["changes"])
    assert found == sorted((key, field) for key, _, field, _ in BY_HAND.values())
    assert {bool(one["by"] and one["at"]) for one in drift["changes"]} == {True}
    came = applied.apply()
    assert (came["code"], came["refused"], came["differing"]) == (0, [], [])
    assert told(applied) == []


def test_what_only_looks_otherwise_is_not_told(applied, odoo, records):
    assert told(applied) == []
    tags = [records["slow"], records["fast"]]
    odoo.write("product.template", records["pump"], {"product_tag_ids": [[6, 0, tags]]})
    odoo.write("product.template", records["pump"], {"list_price": 12.500000000001, "weight": 0.33500000001})
    odoo.write("product.template", records["pump"], {"description": "<p>Mind   the <b>seal</b>.</p>"})
    odoo.write("product.template", records["pump"], {"volume": 3, "description_purchase": "Not of the template."})
    odoo.write("res.partner", records["buyer"], {"name": "Buyer", "risk_invoice_draft_limit": 100.2500001})
    [held] = odoo.read("product.pricelist", records["list"], ["item_ids"])
    lines = odoo.read("product.pricelist.item", held["item_ids"], ["min_quantity"])
    swapped = {line["id"]: other["min_quantity"] for line, other in zip(lines, reversed(lines), strict=True)}
    prices = {1: 10, 100: 8}
    for line, quantity in swapped.items():  # the same lines in another order
        start = "2026-03-01 06:00:00" if quantity == 1 else False
        values = {"min_quantity": quantity, "fixed_price": prices[int(quantity)], "date_start": start}
        odoo.write("product.pricelist.item", line, values)

    assert told(applied) == []


def test_lines_that_were_loaded_as_records_are_none_of_the_template(applied, odoo, records):
    columns = ["id", "pricelist_id/.id", "compute_price", "fixed_price", "min_quantity"]
    row = ["lockgate.price_7", str(records["list"]), "fixed", "9", "10"]
    assert load(odoo, "product.pricelist.item", columns, [row]).created == 1
    assert told(applied) == []
    odoo.create("product.pricelist.item", [{"pricelist_id": records["list"], "fixed_price": 1}])
    assert told(applied) == [("list", "item_ids")]

    assert applied.apply()["code"] == 0

    [held] = odoo.read("product.pricelist", records["list"], ["item_ids"])
    lines = odoo.read("product.pricelist.item", held["item_ids"], ["fixed_price"])
    assert sorted(line["fixed_price"] for line in lines) == [8, 9, 10]
