"""Is it told of each column what becomes of it? Rules W1 to W3."""

from lockgate.practices.migration.decide.covering import Covered, covered

DECLARED = """
datasets:
  - key: orders
    title: Orders
    source: erp
    id: [NO]
    unused: {NOTE: Nobody reads it}
    links: [{columns: [OLD_NO], to: orders}]
  - {key: lines, title: Lines, source: erp, id: [NO, POS]}
  - {key: terms, title: Terms, source: erp, id: [CODE]}
  - {key: firms, title: Firms, source: erp, id: [ID]}
left_out:
  - {key: gone, dataset: orders, when: s.GONE = 'CLOSED', why: Not open}
entities:
  - {key: firm, title: Firms, kind: organisation, parts: [{dataset: firms, columns: {name: NAME}}]}
mappings:
  - key: order
    domain: partners
    model: sale.order
    dataset: orders
    where: s."Open?" = 'J'
    join: left join terms t on t.CODE = s.TERMS
    fields: {ref: "upper(s.no) || 'STATE'", days: t.DAYS, note: {value: x}, kind: {of: s.KIND, map: {A: b}}}
    lines: {order_line: {dataset: lines, of: s.NO, key: [s.NO, s.POS], fields: {qty: s.QTY}}}
  - {key: firm, domain: partners, model: res.partner, entity: firm, fields: {name: s.name}}
"""


def uses(migration, dataset, *columns):
    mappings = tuple(migration.mappings.values())
    return covered(migration.datasets[dataset], columns, mappings, migration.entities, migration.left_out)


def test_used_is_what_a_mapping_names_in_any_expression(declare):  # W1
    migration = declare(DECLARED)

    found = uses(migration, "orders", "NO", "Open?", "TERMS", "KIND", "GONE", "OLD_NO", "STATE", "NOTE", "SIZE")

    assert found == {
        "NO": Covered("used", ("order",)),
        "Open?": Covered("used", ("order",)),
        "TERMS": Covered("used", ("order",)),
        "KIND": Covered("used", ("order",)),
        "GONE": Covered("used"),
        "OLD_NO": Covered("used"),
        "STATE": Covered("forgotten"),
        "NOTE": Covered("ignored", why="Nobody reads it"),
        "SIZE": Covered("forgotten"),
    }


def test_columns_of_lines_of_joins_and_of_entities_are_used_too(declare):  # W1
    migration = declare(DECLARED)

    assert uses(migration, "lines", "POS", "QTY", "PRICE") == {
        "POS": Covered("used", ("order",)),
        "QTY": Covered("used", ("order",)),
        "PRICE": Covered("forgotten"),
    }
    assert uses(migration, "terms", "DAYS", "TEXT") == {
        "DAYS": Covered("used", ("order",)),
        "TEXT": Covered("forgotten"),
    }
    assert uses(migration, "firms", "NAME", "FAX") == {"NAME": Covered("used", ("firm",)), "FAX": Covered("forgotten")}
