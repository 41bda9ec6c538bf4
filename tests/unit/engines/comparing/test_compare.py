"""Two tables key by key: what is missing, extra, doubled and different."""

from decimal import Decimal

import duckdb
import pytest

from lockgate.engines.comparing import Compared, Field, compare
from lockgate.kernel.errors import UsageError


@pytest.fixture
def connection():
    with duckdb.connect() as opened:
        opened.execute("CREATE SCHEMA target; CREATE SCHEMA live")
        yield opened


def filled(connection, columns, left, right):
    """Make the tables target.x and live.x of rows written as SQL."""
    for name, rows in (("target.x", left), ("live.x", right)):
        connection.execute(f"CREATE OR REPLACE TABLE {name} ({columns})")
        if rows:
            connection.execute(f"INSERT INTO {name} VALUES {rows}")


def differences(connection, columns='key, field, "left", "right", class'):
    return connection.execute(f"SELECT {columns} FROM differences ORDER BY ALL").fetchall()


def test_tables_that_are_alike_have_no_differences(connection):
    filled(connection, "id VARCHAR, name VARCHAR", "('1', 'a'), ('2', NULL)", "('2', NULL), ('1', 'a')")
    compared = compare(connection, "target.x", "live.x", ["id"], [Field("name")], domain="x")
    assert compared == Compared(2, 2, 2, 0, 0, 0, {"name": 0}, 0, 0)
    assert compared.alike
    assert differences(connection) == []


def test_each_row_is_matched_missing_or_extra(connection):  # C1, C2
    filled(connection, "id INT, name VARCHAR", "(1, 'a'), (2, 'b')", "(2, 'b'), (3, 'c'), (4, 'd')")
    compared = compare(connection, "target.x", "live.x", ["id"], [Field("name")])
    assert compared == Compared(2, 3, 1, 1, 2, 0, {"name": 0}, 0, 0)
    assert not compared.alike
    assert differences(connection, "key, class") == [("1", "missing"), ("3", "extra"), ("4", "extra")]


def test_each_field_that_differs_is_told_with_both_values(connection):  # C3
    filled(
        connection,
        "id INT, name VARCHAR, city VARCHAR",
        "(1, 'a', 'Gent'), (2, 'b', 'Lier')",
        "(1, 'z', NULL), (2, 'b', 'Lier')",
    )
    compared = compare(connection, "target.x", "live.x", ["id"], [Field("name"), Field("city")])
    assert compared == Compared(2, 2, 2, 0, 0, 1, {"name": 1, "city": 1}, 0, 0)
    assert differences(connection) == [("1", "city", "Gent", None, "changed"), ("1", "name", "a", "z", "changed")]


BOTH_WAYS = [("1", "2", "1", "doubled"), ("2", "1", "2", "doubled")]


@pytest.mark.parametrize(
    ("left", "right", "told", "alike"),
    [
        ("(1, 'a'), (1, 'b'), (2, 'c')", "(1, 'a'), (2, 'c')", [("1", "2", "1", "doubled")], 1),
        ("(1, 'a'), (2, 'c')", "(1, 'a'), (1, 'a'), (1, 'a'), (2, 'c')", [("1", "1", "3", "doubled")], 1),
        ("(1, 'a'), (1, 'a')", "(1, 'a'), (1, 'a')", [("1", "2", "2", "doubled")], 0),
        ("(1, 'a'), (1, 'a'), (2, 'c')", "(2, 'c')", [("1", "2", "0", "doubled")], 1),
        ("(2, 'c')", "(2, 'c'), (7, 'a'), (7, 'a')", [("7", "0", "2", "doubled")], 1),
        ("(1, 'a'), (1, 'a'), (2, 'b')", "(1, 'a'), (2, 'b'), (2, 'b')", BOTH_WAYS, 0),
    ],
)  # fmt: skip
def test_a_doubled_key_is_never_paired(connection, left, right, told, alike):  # P2, P4, A11
    filled(connection, "id INT, name VARCHAR", left, right)
    compared = compare(connection, "target.x", "live.x", ["id"], [Field("name")])
    assert differences(connection, 'key, "left", "right", class') == told
    assert (compared.matched, compared.missing, compared.extra, compared.different_rows) == (alike, 0, 0, 0)
    assert compared.doubled_left == sum(int(row[1]) > 1 for row in told)
    assert compared.doubled_right == sum(int(row[2]) > 1 for row in told)


def test_a_key_with_an_empty_part_belongs_to_nothing(connection):  # P1
    filled(connection, "id INT, name VARCHAR", "(NULL, 'a'), (NULL, 'a')", "(NULL, 'a')")
    compared = compare(connection, "target.x", "live.x", ["id"], [Field("name")])
    assert (compared.matched, compared.missing, compared.extra, compared.doubled_left) == (0, 2, 1, 0)


def test_a_key_of_several_parts_is_shown_as_a_list(connection):
    filled(connection, "code VARCHAR, company INT, name VARCHAR", """('a"b', 1, 'x'), ('a', 2, 'y')""", "('a', 2, 'z')")
    compare(connection, "target.x", "live.x", ["code", "company"], [Field("name")])
    assert differences(connection, "key, class") == [('["a","2"]', "changed"), ('["a\\"b","1"]', "missing")]


def test_keys_of_different_types_are_compared_as_texts(connection):
    connection.execute(
        "CREATE TABLE a AS SELECT '007' AS id UNION ALL SELECT '8'; CREATE TABLE b AS SELECT 7 AS id UNION ALL SELECT 8"
    )
    compared = compare(connection, "a", "b", ["id"], [])
    assert (compared.matched, compared.missing, compared.extra) == (1, 1, 1)


SAME = [
    (Field("v"), "VARCHAR", "'a'", "'a'"),
    (Field("v", ignore_case=True), "VARCHAR", "'ÉCLAIR'", "'éclair'"),
    (Field("v", ignore_blanks=True), "VARCHAR", "'  a  b\u00a0'", "'a b'"),
    (Field("v", ignore_blanks=True), "VARCHAR", "'  '", "NULL"),
    (Field("v", "number"), "DOUBLE", "0.1 + 0.2", "0.3"),
    (Field("v", "number"), "DOUBLE", "'NaN'", "'NaN'"),
    (Field("v", "number"), "DOUBLE", "0.0", "-0.0"),
    (Field("v", "number", tolerance=Decimal("0.01")), "DECIMAL(9,2)", "12.35", "12.34"),
    (Field("v", "number", tolerance=Decimal("0.01")), "DOUBLE", "1.15", "1.14"),
    (Field("v", "number", relative=Decimal("0.01")), "INTEGER", "1000", "990"),
    (Field("v", "number", tolerance=Decimal(0), relative=Decimal("0.1")), "INTEGER", "10", "9"),
    (Field("v", "date"), "TIMESTAMP", "'2026-03-01 10:00'", "'2026-03-01 23:59'"),
    (Field("v", "boolean"), "BOOLEAN", "true", "true"),
    (Field("v", "set"), "VARCHAR", "'b, a'", "'a,b,b'"),
    (Field("v", "set"), "VARCHAR[]", "['b', 'a']", "['a', 'b']"),
    (Field("v", "set"), "VARCHAR[]", "[]", "NULL"),
    (Field("v", "set"), "INTEGER[]", "[10, 9]", "[9, 10]"),
]  # fmt: skip


@pytest.mark.parametrize(("field", "kind", "left", "right"), SAME)
def test_what_a_field_allows_is_no_difference(connection, field, kind, left, right):  # F2 to F5
    filled(connection, f"id INT, v {kind}", f"(1, {left})", f"(1, {right})")
    assert compare(connection, "target.x", "live.x", ["id"], [field]).alike


DIFFERENT = [
    (Field("v"), "VARCHAR", "'a'", "'A'", "only letter case"),
    (Field("v"), "VARCHAR", "'a b'", "'ab '", "only blanks"),
    (Field("v"), "VARCHAR", "'é'", "'e\u0301'", "the same letters, encoded otherwise"),
    (Field("v"), "VARCHAR", "'Müller'", "'Muller'", "only accents"),
    (Field("v"), "VARCHAR", "'00123'", "'123'", "only leading zeros"),
    (Field("v"), "VARCHAR", "'Hamburger'", "'Hambur'", "cut after 6 characters"),
    (Field("v"), "VARCHAR", "''", "NULL", "empty on the right"),
    (Field("v"), "VARCHAR", "NULL", "'a'", "empty on the left"),
    (Field("v"), "VARCHAR", "'a'", "'b'", None),
    (Field("v", "number"), "INTEGER", "12", "-12", "the sign is swapped"),
    (Field("v", "number"), "DECIMAL(9,2)", "2.50", "30", "12 times as much"),
    (Field("v", "number"), "DOUBLE", "1234.5", "1.2345", "divided by 1000"),
    (Field("v", "number"), "INTEGER", "5", "0", "zero on the right"),
    (Field("v", "number"), "INTEGER", "0", "5", "zero on the left"),
    (Field("v", "number"), "INTEGER", "0", "NULL", "empty on the right"),
    (Field("v", "number", tolerance=Decimal("0.01")), "DECIMAL(9,2)", "12.35", "12.33", None),
    (Field("v", "number", relative=Decimal("0.01")), "INTEGER", "1000", "989", None),
    (Field("v", "number"), "DOUBLE", "1.0", "1.00000001", None),
    (Field("v", "date"), "DATE", "'2026-03-04'", "'2026-04-03'", "day and month are swapped"),
    (Field("v", "date"), "DATE", "'2026-03-01'", "'2026-02-28'", "one day earlier"),
    (Field("v", "datetime"), "TIMESTAMP", "'2026-03-01 10:00'", "'2026-03-01 09:00'", "another time of the same day"),
    (Field("v", "boolean"), "BOOLEAN", "false", "NULL", "empty on the right"),
    (Field("v", "set"), "VARCHAR[]", "['a', 'b']", "['a']", None),
]  # fmt: skip


@pytest.mark.parametrize("case", DIFFERENT)
def test_what_differs_is_told_with_what_it_looks_like(connection, case):  # F1, L1
    field, kind, left, right, likely = case
    filled(connection, f"id INT, v {kind}", f"(1, {left})", f"(1, {right})")
    compared = compare(connection, "target.x", "live.x", ["id"], [field])
    assert compared.fields == {"v": 1}
    told = differences(connection, "class, likely")
    assert told == [("rounding" if right == "1.00000001" else "changed", likely)]


@pytest.mark.parametrize(
    ("kind", "left", "right", "told"),
    [
        ("DECIMAL(9,3)", "12.345", "12.35", "rounding"),
        ("DECIMAL(9,3)", "12.345", "12.34", "rounding"),
        ("DECIMAL(9,2)", "12.99", "12", "rounding"),
        ("DECIMAL(9,2)", "-12.99", "-12", "rounding"),
        ("DOUBLE", "99.99", "100", "rounding"),
        ("DOUBLE", "100", "99.99", "rounding"),
        ("DECIMAL(9,2)", "12.10", "13", "changed"),
        ("DECIMAL(9,2)", "0.30", "0", "changed"),
        ("DECIMAL(9,2)", "12.34", "12.35", "changed"),
        ("INTEGER", "1234", "1200", "changed"),
        ("DOUBLE", "1e300", "1e301", "changed"),
    ],
)
def test_a_number_with_fewer_decimals_is_rounding_and_one_that_became_zero_is_not(
    connection, kind, left, right, told
):  # L2
    filled(connection, f"id INT, v {kind}", f"(1, {left})", f"(1, {right})")
    compare(connection, "target.x", "live.x", ["id"], [Field("v", "number")])
    assert differences(connection, "class") == [(told,)]


def test_a_decimal_is_compared_with_a_float_and_a_list_with_a_text(connection):
    connection.execute("CREATE TABLE a AS SELECT 1 AS id, 0.10::DECIMAL(18,2) AS n, ['x', 'y'] AS s")
    connection.execute("CREATE TABLE b AS SELECT 1 AS id, 0.1::DOUBLE AS n, 'y, x' AS s")
    assert compare(connection, "a", "b", ["id"], [Field("n", "number"), Field("s", "set")]).alike


def test_views_and_tables_with_a_column_rowid_are_compared_too(connection):
    connection.execute(
        "CREATE TABLE a AS SELECT 1 AS rowid, 'x' AS name UNION ALL SELECT 2, 'y'; CREATE VIEW b AS SELECT * FROM a"
    )
    connection.execute("CREATE TABLE c AS SELECT 1 AS rowid, 'x' AS name UNION ALL SELECT 2, 'z'")
    assert compare(connection, "a", "b", ["rowid"], [Field("name")]).alike
    assert compare(connection, "b", "c", ["rowid"], [Field("name")]).fields == {"name": 1}


def test_names_may_hold_anything(connection):
    connection.execute(
        'CREATE TABLE "we""ird t" ("a b" INT, "; DROP" VARCHAR); INSERT INTO "we""ird t" VALUES (1, \'x\')'
    )
    assert compare(connection, 'we"ird t', 'we"ird t', ["a b"], [Field("; DROP")]).alike


def test_asked_again_a_domain_replaces_only_its_own_differences(connection):  # C4
    filled(connection, "id INT", "(1)", "")
    for domain in ("one", "two", "one"):
        compare(connection, "target.x", "live.x", ["id"], [], domain=domain)
    assert differences(connection, "domain, key") == [("one", "1"), ("two", "1")]


def test_nothing_of_the_work_is_left_behind(connection):
    filled(connection, "id INT", "(1), (1)", "(2)")
    compare(connection, "target.x", "live.x", ["id"], [])
    assert connection.execute("SELECT table_name FROM duckdb_tables() WHERE temporary").fetchall() == []


TYPE = "One side holds it as VARCHAR.|Declare its type where it is read, or compare it as a text."
AS_TEXT = "It is compared as a text."
NUMBER = "Compare it as a number, or take the tolerance out."
ONE = "The tolerance of id is no number from zero up.|Write one like 0.01."
TEXT = "It is compared as a number.|Compare it as a text, or take that out."


@pytest.mark.parametrize(
    ("key", "fields", "told"),
    [
        (["id"], [Field("nam")], "target.x has no column nam.|Did you mean name?"),
        (["i"], [], "target.x has no column i.|Did you mean id?"),
        (["zzz"], [], "target.x has no column zzz.|It has id, name."),
        ([], [], "target.x and live.x can't be compared without a key.|Name the columns that tell records apart."),
        (["id"], [Field("id")], "A column stands twice among the key and the fields.|Name each of them once."),
        (["id"], [Field("name", "number")], f"name can't be compared as a number.|{TYPE}"),
        (["id"], [Field("name", tolerance=Decimal(1))], f"name can't have a tolerance.|{AS_TEXT}|{NUMBER}"),
        (["name"], [Field("id", "number", tolerance=Decimal(-1))], ONE),
        (["name"], [Field("id", "number", ignore_case=True)], f"Letter case and blanks can't be ignored in id.|{TEXT}"),
    ],
)  # fmt: skip
def test_what_can_not_be_compared_is_refused(connection, key, fields, told):
    filled(connection, "id INT, name VARCHAR", "", "")
    with pytest.raises(UsageError) as refused:
        compare(connection, "target.x", "live.x", key, fields)
    assert refused.value.lines() == tuple(told.split("|"))


def test_a_table_that_is_not_there_is_named(connection):
    with pytest.raises(UsageError) as refused:
        compare(connection, "target.y", "live.y", ["id"], [])
    assert refused.value.lines() == ("There is no table target.y.", "Stage or load it first, or correct its name.")
