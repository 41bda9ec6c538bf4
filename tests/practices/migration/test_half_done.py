"""Do orders that are half done, and opening stock, come into Odoo as they are? In a database of their own."""

import pytest

from faults.partners import client_of
from lockgate.odoo.external_ids import targets_of
from practices.migration.conftest import Programme
from support.on_odoo import begin_on

DECLARED = """
sources:
  - {key: erp, title: The old ERP, kind: csv, encoding: utf-8, separator: ";"}
domains:
  - {key: goods, title: Goods, owner: example-sponsor, why: We sell them}
  - {key: stock, title: Opening stock, owner: example-sponsor, why: We sell it, after: [goods]}
  - {key: orders, title: Open orders, owner: example-sponsor, why: They were promised, after: [stock]}
datasets:
  - {key: items, title: Items, source: erp, file: items.csv, id: [SKU], columns: {COST: {type: decimal}}}
  - {key: stock, title: Stock, source: erp, file: stock.csv, id: [LINE], columns: {QTY: {type: decimal}}}
  - {key: orders, title: Open orders, source: erp, file: orders.csv, id: [NO], columns: {DAY: {type: date}}}
  - key: order-lines
    title: Lines of open orders
    source: erp
    file: lines.csv
    id: [NO, POS]
    columns: {QTY: {type: decimal}, PRICE: {type: decimal}, DELIVERED: {type: decimal}, INVOICED: {type: decimal}}
    links: [{columns: [NO], to: orders, part_of: true}]
mappings:
  - key: item
    domain: goods
    model: product.product
    dataset: items
    fields:
      name: s.SKU
      default_code: s.SKU
      type: {value: consu}
      is_storable: {value: true}
      tracking: {of: "coalesce(s.LOTS, '')", map: {y: lot}, otherwise: none}
      standard_price: s.COST
  - key: lot
    domain: stock
    model: stock.lot
    dataset: stock
    where: s.LOT is not null
    fields: {name: s.LOT, product_id: {of: s.SKU, record: item}}
  - key: quant
    domain: stock
    model: stock.quant
    dataset: stock
    fields:
      product_id: {of: s.SKU, record: item}
      location_id: {value: stock.stock_location_stock, resource: true}
      lot_id: {of: "case when s.LOT is not null then s.LINE end", record: lot}
      inventory_quantity: s.QTY
    holds: {quantity: s.QTY}
    once: true
    loose: [inventory_quantity]
    apart_by: product_id
    then: apply-inventory
    dated: 2026-08-30
  - key: customer
    domain: orders
    model: res.partner
    dataset: orders
    where: s.NO = 'A'
    record: ["'one'"]
    fields: {name: "'Half done'"}
  - key: order
    domain: orders
    model: sale.order
    dataset: orders
    fields: {name: s.NO, partner_id: {of: "'one'", record: customer}}
    holds: {state: "case when s.HOLD is null then 'sale' else 'draft' end"}
    lines:
      order_line:
        dataset: order-lines
        of: s.NO
        key: [s.NO, s.POS]
        fields: {product_id: {of: s.SKU, record: item}, product_uom_qty: s.QTY, price_unit: s.PRICE}
        holds: {qty_delivered: s.DELIVERED, qty_invoiced: s.INVOICED}
  - key: delivered
    domain: orders
    model: stock.picking
    dataset: orders
    where: exists (select 1 from "order-lines" l where l.NO = s.NO and l.DELIVERED > 0)
    once: true
    fields:
      picking_type_id: {value: stock.picking_type_out, resource: true}
      location_id: {value: stock.stock_location_customers, resource: true}
      location_dest_id: {value: stock.stock_location_customers, resource: true}
    holds: {state: "'done'"}
    lines:
      move_ids:
        dataset: order-lines
        where: s.DELIVERED > 0
        of: s.NO
        key: [s.NO, s.POS]
        fields:
          product_id: {of: s.SKU, record: item}
          product_uom_qty: s.DELIVERED
          quantity: s.DELIVERED
          location_id: {value: stock.stock_location_customers, resource: true}
          location_dest_id: {value: stock.stock_location_customers, resource: true}
          location_final_id: {value: stock.stock_location_customers, resource: true}
          sale_line_id: {of: "s.NO || '|' || s.POS", record: order, line: order_line}
          state: {value: done}
  - key: invoiced
    domain: orders
    model: account.move
    dataset: orders
    where: exists (select 1 from "order-lines" l where l.NO = s.NO and l.INVOICED > 0)
    once: true
    fields:
      move_type: {value: out_invoice}
      partner_id: {of: "'one'", record: customer}
      state: {value: cancel}
      payment_state: {value: invoicing_legacy}
    lines:
      invoice_line_ids:
        dataset: order-lines
        where: s.INVOICED > 0
        of: s.NO
        key: [s.NO, s.POS]
        fields:
          product_id: {of: s.SKU, record: item}
          quantity: s.INVOICED
          price_unit: s.PRICE
          tax_ids: {of: "cast(null as varchar)", resource: true, many: true}
          sale_line_ids: {of: "s.NO || '|' || s.POS", record: order, line: order_line, many: true}
  - key: order-confirmed
    domain: orders
    model: sale.order
    dataset: orders
    same_as: order
    where: s.HOLD is null
    after: [delivered, invoiced]
    then: confirm
  - {key: order-dated, domain: orders, model: sale.order, dataset: orders, same_as: order, after: [order-confirmed],
     fields: {date_order: cast(s.DAY as timestamp)}}
"""
EXTRACTS = {
    "items.csv": "SKU;LOTS;COST\nPUMP;;100.00\nOIL;y;7.50\n",
    "stock.csv": "LINE;SKU;LOT;QTY\n1;PUMP;;20\n2;OIL;L1;6\n3;OIL;L2;4\n",
    "orders.csv": "NO;DAY;HOLD\nA;2026-08-01;\nB;2026-08-02;\nC;2026-08-03;K\n",
    "lines.csv": """NO;POS;SKU;QTY;PRICE;DELIVERED;INVOICED
A;1;PUMP;10;150.00;4;3
A;2;OIL;2;12.00;0;0
B;1;OIL;5;12.00;5;0
C;1;PUMP;1;150.00;0;0
""",
}


@pytest.fixture(scope="module")
def database(lab):
    """A database of its own: what was delivered can't be taken out of one again."""
    with lab.clone() as made:
        yield made


@pytest.fixture
def brought(database, tmp_path, monkeypatch, lockgate):
    """The programme in that database, with everything loaded, and what came of it."""
    monkeypatch.delenv("LOCKGATE_EXTRACTS", raising=False)
    folder = begin_on(database, tmp_path / "acme", lockgate, monkeypatch)
    made = Programme(folder, lockgate)
    made.declare(DECLARED)
    for name, text in EXTRACTS.items():
        made.extract(name, text)
    return made, made.brought()


@pytest.fixture
def odoo(database):
    """A client of that database."""
    with client_of(database) as client:
        yield client


def mappings(answer):
    return {one["mapping"]: one for domain in answer["domains"] for one in domain["mappings"]}


def differing(answer):
    return {
        one["domain"]: (one["missing"], one["extra"], one["unexplained"], one["fields"]) for one in answer["domains"]
    }


def test_orders_and_stock_come_as_they_are_and_a_second_load_leaves_them_alone(brought, odoo):
    programme, loaded = brought
    assert loaded["code"] == 0, loaded
    ids = targets_of(odoo, ["order_A", "order_B", "order_C", "item_PUMP", "item_OIL", "customer_one"])
    fields = ["product_uom_qty", "qty_delivered", "qty_invoiced", "state"]
    orders = [ids[f"order_{number}"].id for number in "ABC"]
    lines = odoo.search_read("sale.order.line", [["order_id", "in", orders]], fields)
    assert sorted(tuple(line[name] for name in fields) for line in lines) == [
        (1.0, 0.0, 0.0, "draft"),
        (2.0, 0.0, 0.0, "sale"),
        (5.0, 5.0, 0.0, "sale"),
        (10.0, 4.0, 3.0, "sale"),
    ]
    orders = odoo.read("sale.order", [ids["order_A"].id, ids["order_B"].id], ["delivery_status", "date_order"])
    assert [(one["delivery_status"], one["date_order"][:10]) for one in orders] == [
        ("partial", "2026-08-01"),
        ("full", "2026-08-02"),
    ]
    still_open = [["sale_line_id.order_id", "=", ids["order_A"].id], ["state", "!=", "done"]]
    moves = odoo.search_read("stock.move", still_open, ["product_uom_qty"])
    assert sorted(move["product_uom_qty"] for move in moves) == [2.0, 6.0]
    products = odoo.read("product.product", [ids["item_PUMP"].id, ids["item_OIL"].id], ["qty_available", "total_value"])
    assert [(one["qty_available"], one["total_value"]) for one in products] == [(20.0, 2000.0), (10.0, 75.0)]
    assert (
        odoo.search_count("account.move.line", [["parent_state", "=", "posted"], ["partner_id.name", "=", "Half done"]])
        == 0
    )

    nothing = {domain: (0, 0, 0, {}) for domain in ("goods", "stock", "orders")}
    assert differing(programme.say("reconcile")) == nothing

    again = mappings(programme.say("load"))
    assert [
        (again[key]["created"], again[key]["updated"], again[key]["unchanged"]) for key in ("quant", "delivered")
    ] == [
        (0, 0, 3),
        (0, 0, 2),
    ]
    products = odoo.read("product.product", [ids["item_PUMP"].id, ids["item_OIL"].id], ["qty_available"])
    assert [one["qty_available"] for one in products] == [20.0, 10.0]

    odoo.call("sale.order", "action_cancel", [ids["order_C"].id])
    assert differing(programme.say("reconcile"))["orders"] == (0, 0, 1, {"order.state": 1})
