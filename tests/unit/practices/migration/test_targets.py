"""Do records become rows of Odoo's import, and is each that does not told with its reason?"""

import pytest

from lockgate.kernel.errors import UsageError
from lockgate.practices.migration.decide.ordering import Pass
from lockgate.practices.migration.perform.sending.targets import made

CUSTOMERS = """
datasets:
  - {key: customers, title: Customers, source: erp, id: [NO]}
mappings:
  - key: customer
    domain: partners
    model: res.partner
    dataset: customers
    fields:
      name: trim(s.NAME)
      is_company: {value: true}
      country_id: {of: s.LAND, map: {D: base.de, B: base.be}, resource: true}
      property_payment_term_id: {of: s.TERMS, map: {Z30: terms-30}, otherwise: terms-0, resource: true}
      category_id: {of: s.TAGS, many: true, resource: true}
      parent_id: {of: s.HEAD, record: customer}
"""
ORDERS = """
datasets:
  - {key: orders, title: Orders, source: erp, id: [NO]}
  - {key: order-lines, title: Lines of orders, source: erp, id: [NO, POS]}
  - {key: items, title: Items, source: erp, id: [SKU]}
mappings:
  - key: order
    domain: partners
    model: sale.order
    dataset: orders
    fields:
      partner_id: {of: s.CUST, record: customer}
    lines:
      order_line:
        dataset: order-lines
        of: s.NO
        key: [s.NO, s.POS]
        fields:
          product_id: {of: s.SKU, record: item}
          product_uom_qty: s.QTY
  - key: item
    domain: partners
    model: product.product
    dataset: items
    fields: {name: s.SKU}
"""


def rows(store, table, columns="*"):
    return store.connection.execute(f"select {columns} from {table} order by 1").fetchall()


def kept(store):
    return store.connection.execute("select key, mapping, kind, because from kept_back order by all").fetchall()


def customers(hold, *more):
    hold(
        "customers",
        ["NO", "NAME", "LAND", "TERMS", "TAGS", "HEAD"],
        ("007", " Van Hool ", "B", "Z30", "gold, retail", None),
        ("008", "Van Hool Lier", "B", "Z99", None, "007"),
        *more,
    )


def test_a_record_becomes_a_row_of_odoos_import(declare, store, hold):
    customers(hold)
    targets, order = made(store, declare(CUSTOMERS))
    assert order == (Pass("customer"),)
    assert targets[0].shape.headers == (
        "name",
        "is_company",
        "country_id/id",
        "property_payment_term_id/id",
        "category_id/id",
        "parent_id/id",
    )
    seven = (
        "Van Hool",
        True,
        "base.be",
        "lockgate.template__terms-30",
        "lockgate.template__gold,lockgate.template__retail",
        None,
    )
    eight = ("Van Hool Lier", True, "base.be", "lockgate.template__terms-0", None, "lockgate.customer_007")
    assert rows(store, "target.customer") == [
        ("lockgate.customer_007", *seven, "customers", 2, "007"),
        ("lockgate.customer_008", *eight, "customers", 3, "008"),
    ]
    assert (targets[0].rows, targets[0].kept_back) == (2, 0)


def test_a_value_that_is_in_no_map_keeps_the_record_back_and_those_that_refer_to_it(declare, store, hold):
    customers(hold, ("009", "Nord", "XX", None, None, None), ("010", "Nord 2", "D", None, None, "009"))
    targets, _ = made(store, declare(CUSTOMERS))
    assert kept(store) == [
        ("009", "customer", "unmapped", "country_id: the map has nothing for XX"),
        ("010", "customer", "refers", "parent_id: of customer there will be no lockgate.customer_009"),
    ]
    assert (targets[0].rows, targets[0].kept_back) == (2, 2)


def test_what_a_rule_blocks_is_in_no_mapping(declare, store, hold):
    customers(hold)
    store.connection.execute("insert into kept_back values ('customers', 2, '007', null, 'blocked', 'no tax id')")
    made(store, declare(CUSTOMERS))
    assert rows(store, "target.customer", "id") == []
    assert kept(store)[0] == ("007", None, "blocked", "no tax id")


def orders(hold):
    hold("items", ["SKU"], ("P1",), ("P2",))
    hold("orders", ["NO", "CUST"], ("A", "007"), ("B", "008"), ("C", "404"))
    hold("order-lines", ["NO", "POS", "SKU", "QTY"], ("A", 1, "P1", 2), ("B", 1, "P1", 3), ("B", 2, "P3", 1))


def test_lines_go_with_their_record(declare, store, hold):
    customers(hold)
    orders(hold)
    _, order = made(store, declare(CUSTOMERS, ORDERS))
    assert order == (Pass("customer"), Pass("item"), Pass("order"))
    assert rows(store, "target.order", 'id, "partner_id/id"') == [("lockgate.order_A", "lockgate.customer_007")]
    assert rows(store, 'lines."order.order_line"', "columns(lambda c: not starts_with(c, '_'))") == [
        ("lockgate.order--order_line_A_1", "lockgate.item_P1", 2)
    ]


def test_half_an_order_is_none(declare, store, hold):
    customers(hold)
    orders(hold)
    made(store, declare(CUSTOMERS, ORDERS))
    assert kept(store) == [
        ("B", "order", "refers", "order_line: one of its lines is kept back"),
        ("C", "order", "refers", "partner_id: of customer there will be no lockgate.customer_404"),
        ('["B","1"]', "order.order_line", "refers", "its record is kept back: lockgate.order_B"),
        ('["B","2"]', "order", "refers", "product_id: of item there will be no lockgate.item_P3"),
    ]


PACKING = """
mappings:
  - {key: packed, domain: partners, model: stock.move, dataset: order-lines, where: s.POS = 2, fields: {name: s.SKU}}
"""


def test_lines_of_what_is_kept_back_are_told_unless_another_mapping_brings_them(declare, store, hold):  # G5
    customers(hold, ("009", "Nord", "XX", None, None, None))
    hold("items", ["SKU"], ("P1",))
    hold("orders", ["NO", "CUST"], ("A", "007"), ("B", "009"))
    hold("order-lines", ["NO", "POS", "SKU"], ("A", 1, "P1"), ("B", 1, "P1"), ("B", 2, "P1"), ("Z", 1, "P1"))
    store.connection.execute("insert into kept_back values ('orders', 2, 'A', null, 'blocked', 'no buyer')")
    made(store, declare(CUSTOMERS, ORDERS.replace("          product_uom_qty: s.QTY\n", ""), PACKING))
    assert [one for one in kept(store) if one[0].startswith("[")] == [
        ('["A","1"]', "order.order_line", "refers", "its record is kept back: lockgate.order_A"),
        ('["B","1"]', "order.order_line", "refers", "its record is kept back: lockgate.order_B"),
    ]
    assert rows(store, "target.packed", "id") == [("lockgate.packed_B_2",)]


MERGED = """
datasets:
  - {key: customers, title: Customers, source: erp, id: [NO]}
  - {key: visits, title: Visits, source: erp, id: [NO]}
entities:
  - key: buyer
    title: Buyers
    kind: organisation
    parts:
      - {dataset: customers, columns: {name: NAME}}
mappings:
  - {key: buyers, domain: partners, model: res.partner, entity: buyer, fields: {name: s.name}}
  - {key: visit, domain: partners, model: crm.lead, dataset: visits, fields: {partner_id: {of: s.CUST, record: buyers}}}
"""


def test_who_refers_to_what_was_merged_refers_to_what_it_was_merged_into(declare, store, hold):
    migration = declare(MERGED)
    hold("visits", ["NO", "CUST"], ("V1", "2"), ("V2", "3"))
    store.connection.execute(
        "create table golden.buyer as"
        " select 'g1' as _golden, 'customers' as _dataset, 2 as _row, '2' as _key, 'Nord' as name"
    )
    store.connection.execute(
        "insert into merged values ('buyer', 'customers', '1', 'g1'), ('buyer', 'customers', '2', 'g1')"
    )
    made(store, migration)
    assert rows(store, "target.visit", 'id, "partner_id/id"') == [("lockgate.visit_V1", "lockgate.buyers_g1")]
    assert kept(store) == [("V2", "visit", "refers", "partner_id: of buyers there will be no lockgate.buyers_3")]


def test_a_mistake_in_a_mapping_is_told_as_one(declare, store, hold):
    customers(hold)
    with pytest.raises(
        UsageError, match=r"The mapping 'customer' \(migration/own-0.yaml:\d+\) can't be worked out"
    ) as stopped:
        made(store, declare(CUSTOMERS.replace("s.NAME", "s.NAEM")))
    assert "NAEM" in stopped.value.why


def test_a_mapping_of_what_was_not_matched_is_refused(declare, store):
    with pytest.raises(UsageError, match="the entity 'buyer', which was not matched in this round"):
        made(store, declare(MERGED))


STOCK = """
datasets:
  - {key: stock, title: Stock, source: erp, id: [LINE]}
  - {key: bins, title: Bins, source: erp, id: [BIN]}
mappings:
  - {key: bin, domain: partners, model: stock.location, dataset: bins, fields: {name: s.BIN}}
  - key: quant
    domain: partners
    model: stock.quant
    dataset: stock
    one_per: [barcode, location_id]
    adds_up: [inventory_quantity, quantity]
    fields:
      barcode: trim(s.ITEM, '-')
      location_id: {of: s.BIN, record: bin}
      inventory_quantity: s.QTY
    holds: {quantity: s.QTY}
"""


def stock(hold):
    hold("bins", ["BIN"], ("A",), ("B",))
    held = [
        ("1", "pump", "A", 5),
        ("2", "-pump-", "A", 7),
        ("3", "pump", "B", 1),
        ("4", "x", "C", 2),
        ("5", "x", "C", 3),
    ]
    hold("stock", ["LINE", "ITEM", "BIN", "QTY"], *held)


def test_records_with_the_same_values_become_one_with_their_sum_and_each_is_accounted_for(declare, store, hold):  # S5
    stock(hold)
    made(store, declare(STOCK))
    columns = 'id, barcode, "location_id/id", inventory_quantity, quantity, _key'
    assert rows(store, "target.quant", columns) == [
        ("lockgate.quant_1", "pump", "lockgate.bin_A", 12, 12, "1"),
        ("lockgate.quant_3", "pump", "lockgate.bin_B", 1, 1, "3"),
    ]
    assert rows(store, "added_up", "key, mapping, id") == [("2", "quant", "lockgate.quant_1")]


def test_a_part_of_what_is_kept_back_is_kept_back_with_it(declare, store, hold):  # G3
    stock(hold)
    made(store, declare(STOCK))
    assert kept(store) == [
        ("4", "quant", "refers", "location_id: of bin there will be no lockgate.bin_C"),
        ("5", "quant", "refers", "what it is a part of is kept back: lockgate.quant_4"),
    ]
