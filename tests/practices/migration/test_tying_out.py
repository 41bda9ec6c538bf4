"""Is each figure that does not agree found, and no other? On a real Odoo, in which something is changed by hand."""

import pytest

from lockgate.odoo.external_ids import targets_of
from lockgate.programme.ledger_place import ledger_place

TIES = """
ties:
  - key: orders
    title: Open orders
    why: They were promised
    owner: example-sponsor
    companies: [ties-company]
    by: [number]
    unit: EUR
    tolerance: 0.01
    figures:
      - key: old
        title: The old ERP
        sql: select 'ties-company' as company, NO as number, QTY * PRICE as amount from "order-lines"
      - key: odoo
        title: Odoo
        odoo:
          model: sale.order
          where: [[client_order_ref, in, [A, B, C, D]], [state, "=", sale]]
          measure: amount_untaxed:sum
          by: {number: client_order_ref}
    explained:
      - because: Kept back
        sql: >-
          select 'ties-company' as company, l.NO as number, l.QTY * l.PRICE as amount, l.NO as key from "order-lines" l
          join kept_back k on k.dataset = 'orders' and k.key = l.NO and (k.mapping is null or k.mapping = 'order')
  - key: count
    title: How many orders
    why: None is lost
    owner: example-sponsor
    companies: [ties-company]
    unit: orders
    figures:
      - {key: old, title: The old ERP, sql: "select 'ties-company' as company, 2 as amount"}
      - key: odoo
        title: Odoo
        odoo: {model: sale.order, where: [[client_order_ref, in, [A, B, C, D]], [state, "=", sale]], measure: __count}
treatments:
  - key: open-orders
    title: Open orders
    owner: example-sponsor
    sql: select NO as key, 1 as value, DAY < date '2026-08-02' as overdue from "orders"
"""


@pytest.fixture
def tied(programme, odoo):
    """A programme with ties, whose orders were loaded."""
    [company] = odoo.search("res.company", [], limit=1, order="id")
    about = {"module": "lockgate", "name": "template__ties-company", "model": "res.company", "res_id": company}
    [named] = odoo.create("ir.model.data", [about])
    file = programme.folder / "migration" / "ties.yaml"
    file.write_text(TIES, encoding="utf-8")
    programme.brought()
    yield programme
    odoo.unlink("ir.model.data", named)


def told(answer):
    return {one["tie"]: (one["left"], one["right"], one["difference"], one["unexplained"]) for one in answer["ties"]}


def test_what_was_loaded_ties_and_what_was_kept_back_is_explained_and_seen(tied):
    answer = tied.say("tie-out")
    assert told(answer) == {"orders": (92.4, 67.4, 12.5, 0.0), "count": (2.0, 2.0, 0.0, 0.0)}
    assert (answer["ok"], answer["code"]) == (True, 0)


def test_a_change_in_odoo_a_posting_left_out_and_a_rounding_are_told_apart(tied, odoo):
    ids = targets_of(odoo, ["order_A", "order_D"])
    [order] = odoo.read("sale.order", ids["order_A"].id, ["order_line"])
    [first, *_] = odoo.read("sale.order.line", order["order_line"], ["price_unit"])
    odoo.write("sale.order.line", first["id"], {"product_uom_qty": 1, "price_unit": first["price_unit"] * 2 + 0.01})
    rounded = tied.say("tie-out")
    assert (rounded["ok"], told(rounded)["orders"][3]) == (True, 0.01)
    odoo.write("sale.order.line", first["id"], {"product_uom_qty": 3})
    odoo.call("sale.order", "action_cancel", [ids["order_D"].id])
    off = tied.say("tie-out")
    assert [(one["tie"], one["off"], one["ok"]) for one in off["ties"]] == [("orders", 2, False), ("count", 1, False)]
    assert off["code"] == 1


def test_evidence_holds_the_largest_difference_and_the_groups_with_what_explains_them(tied):
    tied.say("tie-out", "--tie", "orders")
    with ledger_place(tied.folder) as place:
        [found] = place.ledger.current_evidence(["migration.tied_out"])
        kept = place.artifacts.read(str(found.evidence.artifact)).decode()
    measures = {name: value for name, value in found.evidence.measures.items() if name != "round"}
    assert measures == {
        "left": 92.4,
        "right": 67.4,
        "difference": 12.5,
        "tolerance": 0.01,
        "unexplained": 0,
        "groups": 4,
        "off": 0,
    }
    assert kept.count('"because": "Kept back"') == 2


def test_what_nobody_decided_is_counted_and_what_is_old_named(tied):
    answer = tied.say("treatments")
    [one] = answer["treatments"]
    assert (one["open"], one["value"], one["undecided"], one["overdue"], answer["code"]) == (4, 4.0, 4, 1, 1)
