"""Which mistakes does `lockgate check` find in what the migration declares, and where?"""

import pytest

from lockgate.practices.migration.perform.checking import checked
from lockgate.practices.migration.perform.remembered import remember
from lockgate.workspace import load
from unit.practices.migration.conftest import KIND, PROGRAMME, SYSTEM

DECLARED = """
datasets:
  - key: customers
    title: Customers
    source: erp
    file: c.csv
    id: [NO]
    columns: {CREDIT: {type: decimal}, VAT: {country: LAND, is: vat}}
  - {key: terms, title: Terms, source: erp, file: t.csv, id: [CODE]}
rules:
  - id: credit
    dataset: customers
    must: CREDIT >= 0
    why: We owe nobody credit
cleansing:
  - key: names
    dataset: customers
    column: NAME
    set: trim(s.NAME)
    why: Typed
left_out:
  - key: gone
    dataset: customers
    when: s.GONE = 'J'
    why: Gone
entities:
  - key: buyer
    title: Buyers
    kind: organisation
    parts: [{dataset: customers, columns: {name: NAME}}]
    same:
      - l.vat = r.vat
mappings:
  - key: customer
    domain: partners
    model: res.partner
    dataset: customers
    join: left join terms t on t.CODE = s.TERM
    fields:
      name: s.NAME
      comment:
        of: t.TEXT
ties:
  - key: credit
    title: Credit
    why: It is owed
    owner: ann
    companies: [ours]
    unit: EUR
    figures:
      - {key: old, title: Old, sql: "select 'ours' as company, CREDIT as amount from customers where NO <> '{ours}'"}
      - key: new
        title: New
        sql: |
          select 'ours' as company, sum(t.CREDIT) as amount
          from (select CREDIT from customers union all select 0 as CREDIT) t group by 1
    explained:
      - {because: Gone, sql: "select 'ours' as company, CREDIT as amount, NO as key from customers where GONE = 'J'"}
treatments:
  - key: owing
    title: Owing
    owner: ann
    sql: select NO as key, CREDIT as value, false as overdue from customers
"""
COLUMNS = {"customers": ("NO", "NAME", "LAND", "VAT", "CREDIT", "GONE", "TERM"), "terms": ("CODE", "TEXT")}
WHERE = "migration/own.yaml"
CANT = "this can't be used: "
NOT_BOUND = "it can't be worked out: "
MISTAKES = {
    "SQL that does not parse": ("CREDIT >= 0", "CREDIT >=", (13, 11, "expression"), CANT),
    "a function that reads files": (
        "trim(s.NAME)",
        "trim(read_text(s.NAME))",
        (19, 10, "expression"),
        f"{CANT}Line 1, column 6: read_text may not be used here",
    ),
    "the clock": (
        "s.GONE = 'J'",
        "s.GONE < today()",
        (24, 11, "expression"),
        f"{CANT}Line 1, column 10: today asks the clock",
    ),
    "a table that nobody declares": (
        "left join terms t",
        "left join trems t",
        (38, 11, "expression"),
        f"{CANT}Line 1, column 11: There is no table trems that it may ask",
    ),
    "more than a join": (
        "= s.TERM",
        "= s.TERM where true",
        (38, 11, "expression"),
        f"{CANT}It is more or less than a join",
    ),
    "a match by chance": (
        "l.vat = r.vat",
        "random() > 0.5",
        (32, 9, "expression"),
        f"{CANT}Line 1, column 1: random gives another answer each time or to somebody else",
    ),
    "a kind that nobody knows": ("is: vat", "is: vta", (8, 65, "unknown-kind"), "no kind of values is called `vta`"),
    "a column that its dataset has not": (
        "column: NAME",
        "column: NAEM",
        (18, 13, "unknown-column"),
        "`customers` has no column `NAEM`",
    ),
    "an expression over a column that is not there": (
        "name: s.NAME",
        "name: s.NAEM",
        (40, 13, "expression"),
        f'{NOT_BOUND}Table "s" does not have a column named "NAEM"',
    ),
    "a column that is not in what is joined": ("t.TEXT", "t.TXET", (42, 13, "expression"), NOT_BOUND),
    "a query of a tie that reads files": (
        "from (select CREDIT from customers",
        "from (select CREDIT from read_csv('/etc/passwd')",
        (54, 14, "expression"),
        f"{CANT}Line 2, column 26: table function is not known here",
    ),
    "a figure without an amount": (
        "CREDIT as amount from customers where NO",
        "CREDIT as total from customers where NO",
        (51, 37, "expression"),
        f'{NOT_BOUND}Referenced column "amount" not found',
    ),
    "an explanation over a column that is not there": (
        "where GONE = 'J'\"",
        "where GNOE = 'J'\"",
        (58, 30, "expression"),
        f'{NOT_BOUND}Referenced column "GNOE" not found',
    ),
    "transactions of a table that nobody declares": (
        "overdue from customers",
        "overdue from custmers",
        (63, 10, "expression"),
        f"{CANT}Line 1, column 58: There is no table custmers that it may ask",
    ),
    "two statements in a treatment": (
        "overdue from customers",
        "overdue from customers; drop table customers",
        (63, 10, "expression"),
        f"{CANT}It is",
    ),
    "values that can't be compared": ("CREDIT >= 0", "contains(CREDIT, 5)", (13, 11, "expression"), NOT_BOUND),
}


@pytest.fixture
def told(tmp_path):
    def found(text, columns=COLUMNS):
        files = {"lockgate.toml": PROGRAMME + INSTANCE, "programme/people.yaml": "people:\n  - {key: ann, name: Ann}\n"}
        for name, content in {**files, "migration/system.yaml": SYSTEM, WHERE: text}.items():
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_text(content)
        remember(tmp_path, columns)
        workspace = load(tmp_path, (KIND,))
        assert [str(finding) for finding in workspace.findings] == []
        return list(checked(workspace))

    return found


def test_what_is_right_has_no_finding(told):
    assert told(DECLARED) == []


@pytest.mark.parametrize("case", MISTAKES)
def test_a_mistake_is_told_where_it_stands(told, case):  # K1 to K3
    before, after, (line, column, code), message = MISTAKES[case]
    assert before in DECLARED
    [finding] = told(DECLARED.replace(before, after, 1))
    at = finding.at
    assert (at.path, at.line, at.column, finding.code) == (WHERE, line, column, code)
    assert finding.message.startswith(message)


OF_ODOO = """
sources: [{key: old, title: The old Odoo, kind: odoo, instance: old}]
datasets:
  - key: partners
    title: Partners
    source: old
    model: res.partner
    fields: [name, country_id/id]
    id: [id]
rules:
  - {id: named, dataset: partners, must: name <> 'x' and "country_id/id" <> '', why: So}
"""
INSTANCE = '[instances.old]\nrole = "production"\nurl = "https://old.example"\ndatabase = "old"\n'


@pytest.mark.parametrize(
    ("before", "after", "place", "message"),
    [
        ("[id]\n", "[nr]\n", (9, 10), "`partners` has no column `nr`"),
        ("must: name", "must: nmae", (11, 42), f'{NOT_BOUND}Referenced column "nmae" not found'),
        (
            "    model: res.partner\n    fields: [name, country_id/id]\n",
            "",
            (6, 13),
            "`old` is an Odoo, and no `model`",
        ),
        ("[id]\n", "[id]\n    columns: {nmae: {}}\n", (10, 21), "`partners` reads no field `nmae`"),
        ("source: old\n", "source: erp\n", (7, 12), "`erp` is no Odoo, and a `model` is named"),
    ],
)
def test_what_another_odoo_is_asked_for_is_known_before_it_was_read(told, before, after, place, message):  # K2, K4
    assert told(OF_ODOO, columns={}) == []
    assert before in OF_ODOO
    [finding] = told(OF_ODOO.replace(before, after, 1), columns={})
    assert (finding.at.line, finding.at.column) == place
    assert finding.message.startswith(message)


def test_what_was_never_read_may_have_any_column(told):  # K2
    assert told(DECLARED.replace("s.NAME", "s.ANY"), columns={}) == []
