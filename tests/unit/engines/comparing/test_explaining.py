"""Each difference is explained by the first reason that fits; the rest is unexplained, and a number."""

import duckdb
import pytest

from lockgate.engines.comparing import Blocked, Changed, Explained, Field, Merged, Reason, Rejected, compare, explain
from lockgate.engines.judging import FINDINGS
from lockgate.kernel.errors import UsageError


@pytest.fixture
def connection():
    """Of ten customers 3 to 6 are missing, 1 has another name and 2 another price; 11 is extra."""
    with duckdb.connect() as opened:
        opened.execute(FINDINGS)
        opened.execute("CREATE TABLE merged (entity VARCHAR, dataset VARCHAR, key VARCHAR, golden VARCHAR)")
        opened.execute(
            'CREATE TABLE changes (dataset VARCHAR, "row" BIGINT, key VARCHAR, "column" VARCHAR, before VARCHAR,'
            " after VARCHAR, rule VARCHAR)"
        )
        opened.execute(
            "CREATE TABLE l AS SELECT CAST(n AS VARCHAR) AS id, 'x' AS name, 1.50 AS price FROM range(1, 11) t(n)"
        )
        opened.execute("CREATE TABLE r AS FROM l WHERE id NOT IN ('3', '4', '5', '6') UNION ALL SELECT '11', 'x', 1.50")
        opened.execute("UPDATE r SET name = 'y' WHERE id = '1'; UPDATE r SET price = 2 WHERE id = '2'")
        compare(opened, "l", "r", ["id"], [Field("name"), Field("price", "number")], domain="customers")
        compare(opened, "l", "r", ["id"], [], domain="others")
        yield opened


def explained(connection, *explanations):
    found = explain(connection, "differences", explanations, domain="customers")
    kept = connection.execute("SELECT key, because FROM differences WHERE because IS NOT NULL ORDER BY key").fetchall()
    return found, kept


def found(connection, key, rule="no-vat", severity="blocks"):
    connection.execute(
        "INSERT INTO findings VALUES ('customers', 1, ?, ?, ?, NULL, NULL, 'why')", [key, rule, severity]
    )


def merged(connection, *pairs):
    connection.executemany("INSERT INTO merged VALUES ('customer', 'customers', ?, ?)", pairs)


def changed(connection, *rows):
    connection.executemany("INSERT INTO changes VALUES ('customers', 1, ?, ?, ?, ?, ?)", rows)


def test_without_reasons_all_is_unexplained(connection):
    answer, kept = explained(connection)
    assert (answer, answer.unexplained, kept) == (Explained(7, ()), 7, [])


def test_a_rejected_record_is_explained_when_it_is_missing_and_only_then(connection):  # E2
    found(connection, "3")
    found(connection, "1")
    found(connection, "4", severity="warns")
    answer, kept = explained(connection, Rejected("customers"))
    assert (answer.by, answer.unexplained, kept) == ((1,), 6, [("3", "rejected: no-vat")])


def test_a_record_that_is_not_ready_is_explained_by_what_it_needs(connection):
    connection.execute(
        "CREATE TABLE blocked AS FROM (VALUES ('customers', '3', 'r', 'x', 'K'))"
        " AS t(dataset, key, rule, from_dataset, from_key)"
    )
    assert explained(connection, Blocked("customers"))[1] == [("3", "not ready: r of x K")]


def test_a_merged_record_is_explained_while_the_survivor_is_there(connection):  # E3
    merged(connection, ("3", "7"), ("4", "5"), ("7", "7"))
    answer, kept = explained(connection, Merged("customer", "customers"))
    assert (answer.by, kept) == ((1,), [("3", "merged into 7")])


def test_a_rule_explains_the_value_that_it_made_and_no_other(connection):  # E4
    changed(connection, ("1", "name", "x", "z", "terms"))
    assert explained(connection, Changed("customers"))[0].by == (0,)
    changed(connection, ("1", "label", "x", "y", "terms"), ("2", "price", "1.5", "2.00", "rounded"))
    assert explained(connection, Changed("customers"))[1] == [("2", "changed by rounded")]
    named = Changed("customers", {"name": "label"})
    assert explained(connection, named)[1] == [("1", "changed by terms"), ("2", "changed by rounded")]


def test_several_rules_in_a_row_explain_the_last_value(connection):  # E4
    changed(connection, ("1", "name", "x", "m", "first"), ("1", "name", "m", "y", "second"))
    assert explained(connection, Changed("customers"))[1] == [("1", "changed by second")]


@pytest.mark.parametrize(
    ("reason", "keys"),
    [
        (Reason("old", keys=["3", "9"]), ["3"]),
        (Reason("old", where="try_cast(key as integer) > 4 and class = 'missing'"), ["5", "6"]),
        (Reason("old", classes=["extra"]), ["11"]),
        (Reason("old", fields=["name"]), ["1"]),
        (Reason("old", where="\"left\" = 'x' and \"right\" = 'y'"), ["1"]),
        (Reason("old", keys=["1", "2"], fields=["price"]), ["2"]),
        (Reason("old", where="key in (select id from l where id = '3')"), ["3"]),
    ],
)
def test_a_person_explains_keys_conditions_classes_and_fields(connection, reason, keys):  # E5
    assert explained(connection, reason)[1] == sorted((key, "old") for key in keys)


def test_the_first_that_fits_explains_and_each_difference_counts_once(connection):  # E1
    found(connection, "3")
    merged(connection, ("3", "7"), ("4", "8"))
    answer, kept = explained(
        connection, Rejected("customers"), Merged("customer", "customers"), Reason("lost", classes=["missing"])
    )
    assert (answer.by, answer.unexplained) == ((1, 1, 2), 3)
    assert kept == [("3", "rejected: no-vat"), ("4", "merged into 8"), ("5", "lost"), ("6", "lost")]


def test_a_reason_that_is_withdrawn_explains_nothing_any_more(connection):  # E6
    explained(connection, Reason("lost", classes=["missing"]))
    assert explained(connection)[1] == []


def test_other_domains_are_left_alone(connection):
    assert explained(connection, Reason("all", classes=["missing", "extra"]))[0] == Explained(7, (5,))
    assert connection.execute("SELECT count(because) FROM differences WHERE domain = 'others'").fetchall() == [(0,)]


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        (Reason("all"), "The reason all would explain every difference."),
        (Reason("x", where="true; drop table l"), "This is no condition: true; drop table l"),
    ],
)
def test_a_reason_that_can_not_be_is_refused_before_anything_changes(connection, reason, told):
    explained(connection, Reason("kept", keys=["3"]))
    with pytest.raises(UsageError) as refused:
        explain(connection, "differences", [reason], domain="customers")
    assert refused.value.what == told
    assert connection.execute("SELECT count(because) FROM differences").fetchall() == [(1,)]
