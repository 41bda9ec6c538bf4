"""Which records break a rule: all of them, with true counts, and a value that is empty is not a pass."""

import duckdb
import pytest

from lockgate.engines.judging import FINDINGS, Rule, judge
from lockgate.kernel.errors import UsageError

KEYS = {"items": ["code"], "lines": ["doc", "no"]}


@pytest.fixture
def connection():
    with duckdb.connect() as opened:
        opened.execute("CREATE SCHEMA clean")
        opened.execute("CREATE TABLE clean.items (_row BIGINT, code VARCHAR, price DECIMAL(9,2), kind VARCHAR)")
        opened.execute(
            "INSERT INTO clean.items VALUES (2, 'A', 5, 'buy'), (3, 'B', 0, 'buy'), (4, 'C', NULL, 'make'),"
            " (5, 'D', -1, NULL)"
        )
        opened.execute("CREATE TABLE clean.lines (doc VARCHAR, no INT, item VARCHAR)")
        opened.execute("INSERT INTO clean.lines VALUES ('S1', 1, 'A'), ('S1', 2, 'Z'), ('S2', 1, NULL)")
        yield opened


def rule(**changes):
    told = {"id": "price", "table": "clean.items", "must": "price > 0", "why": "It has no price.", "column": "price"}
    return Rule(**{**told, **changes})


def judged(connection, *rules):
    return [(one.rows, one.applied, one.failed, one.unknown) for one in judge(connection, rules, keys=KEYS)]


def findings(connection, columns="key"):
    return connection.execute(f"SELECT {columns} FROM findings ORDER BY ALL").fetchall()


def test_a_record_that_breaks_a_rule_is_a_finding_with_row_key_value_and_reason(connection):
    assert judged(connection, rule(must="price >= 0 or price is null", severity="warns")) == [(4, 4, 1, 0)]
    assert findings(connection, "*") == [("items", 5, "D", "price", "warns", "price", "-1.00", "It has no price.")]


def test_what_can_not_be_told_is_not_a_pass(connection):  # J1
    assert judged(connection, rule()) == [(4, 4, 3, 0)]
    assert findings(connection) == [("B",), ("C",), ("D",)]


def test_what_can_not_be_told_passes_where_the_rule_says_so(connection):  # J1
    assert judged(connection, rule(unknown_passes=True)) == [(4, 4, 2, 0)]
    assert findings(connection) == [("B",), ("D",)]


def test_a_rule_is_about_the_records_for_which_its_condition_holds(connection):  # J2
    assert judged(connection, rule(when="kind = 'buy'")) == [(4, 2, 1, 1)]
    assert findings(connection) == [("B",)]


def test_a_rule_may_ask_another_table(connection):
    must = "exists (select 1 from clean.items i where i.code = lines.item)"
    lines = rule(id="item", table="clean.lines", must=must, column="item")
    assert judged(connection, lines) == [(3, 3, 2, 0)]
    assert findings(connection, "row, key, value") == [(None, '["S1","2"]', "Z"), (None, '["S2","1"]', None)]
    only = rule(id="sold", must="true", when="code in (select item from clean.lines)")
    assert judged(connection, only) == [(4, 1, 0, 3)]


def test_every_record_that_fails_is_counted_and_kept(connection):  # J3
    connection.execute("CREATE TABLE clean.many AS SELECT range AS code FROM range(150000)")
    assert judged(connection, rule(table="clean.many", must="code % 2 = 0", column=None)) == [
        (150000, 150000, 75000, 0)
    ]
    assert findings(connection, "count(*), count(DISTINCT dataset), count(value)") == [(75000, 1, 0)]


def test_judged_again_only_the_findings_of_the_rule_are_replaced(connection):  # J4
    connection.execute(FINDINGS)
    connection.execute("INSERT INTO findings VALUES ('items', 9, 'X', 'staged', 'blocks', NULL, NULL, 'kept')")
    judged(connection, rule(), rule(id="kind", must="kind is not null"))
    connection.execute("UPDATE clean.items SET price = 1 WHERE code = 'B'")
    assert judged(connection, rule()) == [(4, 4, 2, 0)]
    assert findings(connection, "rule, key") == [("kind", "D"), ("price", "C"), ("price", "D"), ("staged", "X")]


THERE = "Rule price can't be judged on clean.items."
NOWHERE = "Rule price can't be judged on clean.no."
NUMBER = "INT32 when casting from source column code"
TEXT = "Rule price: This is no condition:"


@pytest.mark.parametrize(
    ("broken", "what", "why"),
    [
        ({"must": "prise > 0"}, THERE, 'Binder Error: Referenced column "prise" not found in FROM clause!'),
        ({"table": "clean.no"}, NOWHERE, "Catalog Error: Table with name no does not exist!"),
        ({"column": "cost"}, THERE, 'Binder Error: Table "items" does not have a column named "cost"'),
        ({"must": "cast(code as integer) > 0"}, THERE, f"Conversion Error: Could not convert string 'A' to {NUMBER}"),
        ({"must": "attach 'x'"}, THERE, "Catalog Error: Type with name attach does not exist!"),
        ({"must": "sum(price) > 0"}, THERE, "Binder Error: WHERE clause cannot contain aggregates!"),
        ({"must": "price > 0; drop table findings"}, f"{TEXT} price > 0; drop table findings", "It is no expression."),
        ({"when": "kind = "}, f"{TEXT} kind =", 'Line 1, column 6: Syntax error at or near "=".'),
    ],
)  # fmt: skip
def test_a_rule_that_can_not_be_judged_is_refused_before_anything_changes(connection, broken, what, why):  # J5
    judged(connection, rule(id="first"))
    before = findings(connection, "*")
    with pytest.raises(UsageError) as refused:
        judge(connection, [rule(id="first", must="false"), rule(**broken)], keys=KEYS)
    assert (refused.value.what, refused.value.why) == (what, why)
    assert findings(connection, "*") == before


def test_two_rules_of_one_name_are_refused(connection):
    with pytest.raises(UsageError) as refused:
        judge(connection, [rule(), rule()], keys=KEYS)
    assert refused.value.lines() == ("Several rules are called price.", "Give each a name of its own.")
