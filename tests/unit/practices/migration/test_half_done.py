"""Do records refer to the lines of others, and is what Odoo should make of them kept for comparing?"""

from lockgate.practices.migration.perform.sending.targets import made

ORDERS = """
datasets:
  - {key: orders, title: Orders, source: erp, id: [NO]}
  - {key: order-lines, title: Lines of orders, source: erp, id: [NO, POS]}
mappings:
  - key: order
    domain: partners
    model: sale.order
    dataset: orders
    where: s.NO <> 'Z'
    fields: {name: s.NO}
    holds: {state: "'sale'"}
    lines:
      order_line:
        dataset: order-lines
        where: s.QTY > 0
        of: s.NO
        key: [s.NO, s.POS]
        fields: {product_uom_qty: s.QTY}
        holds: {qty_delivered: s.DONE}
  - key: moved
    domain: partners
    model: stock.move
    dataset: order-lines
    where: s.DONE > 0
    fields:
      quantity: s.DONE
      sale_line_id: {of: "s.NO || '|' || s.POS", record: order, line: order_line}
  - key: order-confirmed
    domain: partners
    model: sale.order
    dataset: orders
    same_as: order
    after: [moved]
    then: confirm
"""
PARTS = """
datasets:
  - {key: items, title: Items, source: erp, id: [SKU]}
  - {key: parts, title: Parts, source: erp, id: [BILL, POS]}
mappings:
  - {key: item, domain: partners, model: product.product, dataset: items, fields: {name: s.SKU}}
  - key: bill
    domain: partners
    model: mrp.bom
    dataset: parts
    where: s.POS = 1
    record: [s.BILL]
    fields:
      product_tmpl_id: {of: s.SKU, record: item, inherited: product.template}
    lines:
      bom_line_ids:
        dataset: parts
        of: s.BILL
        key: [s.BILL, s.POS]
        fields: {product_id: {of: s.PART, record: item}}
"""


def rows(store, table, columns):
    return store.connection.execute(f"select {columns} from {table} order by 1").fetchall()


def kept(store):
    return store.connection.execute("select key, mapping, because from kept_back order by all").fetchall()


def orders(hold):
    hold("orders", ["NO"], ("A",), ("Z",))
    hold("order-lines", ["NO", "POS", "QTY", "DONE"], ("A", 1, 5, 2), ("A", 2, 0, 1), ("A", 3, 4, 0))


def test_a_record_refers_to_the_line_of_another_one(declare, store, hold):
    orders(hold)
    made(store, declare(ORDERS))
    assert rows(store, "target.moved", 'id, "sale_line_id/id"') == [
        ("lockgate.moved_A_1", "lockgate.order--order_line_A_1")
    ]


def test_a_record_whose_line_is_not_loaded_is_kept_back(declare, store, hold):
    orders(hold)
    made(store, declare(ORDERS))
    because = "sale_line_id: of order there will be no lockgate.order--order_line_A_2"
    assert kept(store)[-1] == ('["A","2"]', "moved", because)


def test_what_odoo_makes_of_a_record_is_kept_for_comparing_and_not_sent(declare, store, hold):
    orders(hold)
    target = made(store, declare(ORDERS))[0][0]
    assert (target.shape.headers, [column.field for column in target.shape.held]) == (("name",), ["state"])
    lines = target.lines["order_line"]
    assert (lines.headers, [column.field for column in lines.held]) == (
        ("order_line/product_uom_qty",),
        ["qty_delivered"],
    )
    held = rows(store, 'lines."order.order_line"', '"order_line/id", "order_line/qty_delivered"')
    assert held == [("lockgate.order--order_line_A_1", 2), ("lockgate.order--order_line_A_3", 0)]


def test_what_says_more_of_a_record_that_is_not_loaded_is_kept_back(declare, store, hold):
    orders(hold)
    targets, order = made(store, declare(ORDERS))
    assert [one.mapping for one in order] == ["order", "moved", "order-confirmed"]
    assert rows(store, 'target."order-confirmed"', "id") == [("lockgate.order_A",)]
    assert ("Z", "order-confirmed", "of order there will be no lockgate.order_Z") in kept(store)
    assert targets[2].kept_back == 1


def test_a_record_refers_to_what_another_one_inherits_from(declare, store, hold):
    hold("items", ["SKU"], ("SET",), ("PUMP",))
    hold("parts", ["BILL", "POS", "SKU", "PART"], ("1", 1, "SET", "PUMP"), ("1", 2, "SET", "SET"))
    made(store, declare(PARTS))
    assert rows(store, "target.bill", 'id, "product_tmpl_id/id"') == [
        ("lockgate.bill_1", "lockgate.item_SET_product_template")
    ]


def test_lines_that_stand_among_the_records_are_kept_back_with_their_record(declare, store, hold):
    hold("items", ["SKU"], ("PUMP",))
    hold("parts", ["BILL", "POS", "SKU", "PART"], ("1", 1, "SET", "PUMP"), ("1", 2, "SET", "PUMP"))
    made(store, declare(PARTS))
    assert kept(store) == [
        ('["1","1"]', "bill", "product_tmpl_id: of item there will be no lockgate.item_SET_product_template"),
        ('["1","2"]', "bill", "its record is kept back: lockgate.bill_1"),
    ]
