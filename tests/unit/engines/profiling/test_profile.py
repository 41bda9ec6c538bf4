"""What is found in a table: its columns, keys, dependencies and lost references."""

import duckdb
import pytest

from lockgate.engines.profiling import Counted, Dependency, Odd, Orphans, Outliers, Reference, profile
from lockgate.kernel.errors import UsageError


@pytest.fixture
def connection():
    with duckdb.connect() as opened:
        opened.execute("CREATE SCHEMA raw")
        yield opened


def column(connection, values, kind="VARCHAR", **options):
    """Profile a column that holds these values."""
    connection.execute(f"CREATE OR REPLACE TABLE raw.t (_row BIGINT, v {kind})")
    connection.executemany("INSERT INTO raw.t VALUES (1, ?)", [[value] for value in values])
    return profile(connection, "raw.t", **options).by_name["v"]


def test_fill_distinct_span_and_lengths_are_told(connection):
    told = column(connection, ["b", "a", "b", None, "ccc"])
    assert (told.rows, told.filled, told.fill, told.distinct, told.distinct_exact) == (5, 4, 0.8, 3, True)
    assert (told.minimum, told.maximum, told.shortest, told.longest) == ("a", "ccc", 1, 3)
    assert told.frequent == (Counted("b", 2), Counted("a", 1), Counted("ccc", 1))


def test_numbers_have_mean_quartiles_and_span(connection):
    told = column(connection, [1, 2, 3, 4, 5, None], "INTEGER")
    assert (told.mean, told.quartiles, told.minimum, told.maximum) == (3.0, (2.0, 3.0, 4.0), "1", "5")
    assert (told.shortest, told.shapes, told.declared, told.seen) == (None, (), "INTEGER", "integer")


def test_a_number_beyond_the_fences_is_an_outlier(connection):
    values = [*range(1, 10), 17, 18, -9, 1000]
    assert column(connection, values, "DOUBLE").outliers == Outliers(-15.0, 27.0, 1, "1000.0", "1000.0")
    assert column(connection, range(20), "DOUBLE").outliers is None
    assert column(connection, [5] * 9 + [7], "DOUBLE").outliers is None


def test_infinite_numbers_do_not_spoil_the_rest(connection):
    told = column(connection, [1.0, 3.0, float("inf"), float("nan")], "DOUBLE")
    assert (told.mean, told.quartiles) == (2.0, (1.5, 2.0, 2.5))


def test_a_column_without_values_has_nothing_to_tell(connection):
    told = column(connection, [None, None])
    assert (told.filled, told.distinct, told.seen, told.minimum, told.shapes) == (0, 0, None, None, ())


def test_a_table_without_rows_has_no_share_of_anything(connection):
    connection.execute("CREATE TABLE raw.e (a VARCHAR, b INTEGER)")
    told = profile(connection, "raw.e")
    assert (told.rows, told.keys, [one.fill for one in told.columns]) == (0, (), [None, None])


@pytest.mark.parametrize(
    ("values", "seen"),
    [
        (["1", "-20", "+3", ""], "integer"),
        (["1", "2.5", "3,5"], "decimal"),
        (["1", "007"], "text"),
        (["2026-03-01", "1.3.26", "01/03/2026 10:00"], "date"),
        (["Yes", "no", " y"], "boolean"),
        (["1", "a"], "text"),
        (["", " "], None),
    ],
)
def test_a_text_column_is_seen_as_what_all_its_values_could_be(connection, values, seen):  # V1
    assert column(connection, values).seen == seen


def test_shapes_show_letters_and_digits_with_an_example(connection):
    told = column(connection, ["AB-12", "CD-34", "Äb 1", "AB-12", ""])
    assert told.shapes == (Counted("AA-99", 3, "AB-12"), Counted("Aa 9", 1, "Äb 1"))


def test_values_that_stand_for_nothing_are_found(connection):  # V2
    held = ["N/A", "999999", "0000", "x@x", "01.01.1900", "1900-01-01", "-", "TBD", "xxxx"]
    told = column(connection, [*held, "N/A", "Ada", "100000", "2026-03-01", "000", "10", "x-ray"])
    assert {one.value for one in told.placeholders} == set(held)
    assert told.placeholders[0] == Counted("N/A", 2)
    assert column(connection, ["1900-01-01", "2026-01-01"], "DATE").placeholders == (Counted("1900-01-01", 1),)
    assert column(connection, [999999, 5], "INTEGER").placeholders == (Counted("999999", 1),)


def test_a_value_far_too_frequent_among_many_is_suspicious(connection):  # V3
    many = [f"C{number}" for number in range(99)]
    assert column(connection, [*many, *["C7"] * 30]).suspicious == Counted("C7", 31)
    assert column(connection, [*many, *["C7"] * 15]).suspicious is None
    assert column(connection, [*many[:40], *["C7"] * 90]).suspicious is None


@pytest.mark.parametrize("sample_values", [1, 1000])
def test_blanks_and_odd_characters_are_counted_on_all_rows(connection, sample_values):  # C2
    odd = ["", "  ", "\u00a0", " a", "b ", "b ", "a\x00b", "a\u200bb", "MÃ¼ller", "donâ€™t", "a\ufffd", "Ã\u0178"]
    told = column(connection, [*odd, "a b", "Müller", "SÃO", "Âge"], sample_values=sample_values)
    assert told.odd == Odd(blank=3, padded=3, control=2, mojibake=4)


def test_what_rests_on_a_sample_says_so_and_what_might_be_a_key_is_counted(connection):  # C1, C3
    connection.execute(
        "CREATE TABLE raw.big AS SELECT range AS id, 'C' || range % 3000 AS code, range % 2 AS flag FROM range(40000)"
    )
    told = profile(connection, "raw.big", sample_values=500)
    number, code, flag = told.columns
    assert (number.distinct, number.distinct_exact, number.looked_at < 1000) == (40000, True, True)
    assert (code.distinct_exact, 2400 < code.distinct < 3600) == (False, True)
    assert (flag.distinct, flag.distinct_exact, flag.looked_at) == (2, True, 40000)
    assert told.keys == (("id",),)
    assert profile(connection, "raw.big", sample_values=500) == told


def test_keys_are_single_columns_or_else_pairs(connection):  # R1, R2
    connection.execute(
        "CREATE TABLE raw.lines AS SELECT a AS doc, b AS no, 1 AS one, a AS twin FROM range(20) x(a), range(5) y(b)"
    )
    assert profile(connection, "raw.lines").keys == (("doc", "no"), ("no", "twin"))
    connection.execute("ALTER TABLE raw.lines ADD COLUMN id INTEGER; UPDATE raw.lines SET id = rowid")
    assert profile(connection, "raw.lines").keys == (("id",),)
    connection.execute("UPDATE raw.lines SET id = NULL, no = NULL WHERE rowid = 7")
    assert profile(connection, "raw.lines").keys == ()
    connection.execute("UPDATE raw.lines SET no = 0")
    assert profile(connection, "raw.lines").keys == ()


def test_a_column_that_tells_another_is_found_with_its_exceptions(connection):  # R3
    connection.execute(
        "CREATE TABLE raw.places AS SELECT 1000 + n % 200 AS zip, 'City ' || n % 200 // 2 AS city, hash(n) % 7 AS x"
        " FROM range(4000) t(n)"
    )
    connection.execute("UPDATE raw.places SET city = 'Gent' WHERE rowid = 3")
    told = profile(connection, "raw.places").dependencies
    assert told == (Dependency("zip", "city", 200, 1),)


def test_references_that_lead_nowhere_are_counted_with_examples(connection):
    connection.execute("CREATE TABLE raw.items AS SELECT 'A' AS code; CREATE TABLE raw.lines (item VARCHAR)")
    connection.execute("INSERT INTO raw.lines VALUES ('A'), ('Z'), ('Z'), ('Y'), (NULL)")
    reference = Reference("item", "raw.items", "code")
    assert profile(connection, "raw.lines", references=[reference]).orphans == (Orphans(reference, 3, 2, ("Z", "Y")),)


def test_nothing_of_the_work_is_left_behind(connection):
    column(connection, ["a"])
    assert connection.execute("SELECT table_name FROM duckdb_tables() WHERE temporary").fetchall() == []


def test_a_table_that_is_not_there_is_named(connection):
    with pytest.raises(UsageError) as refused:
        profile(connection, "raw.nothing")
    assert refused.value.lines() == ("There is no table raw.nothing.", "Stage it first, or correct its name.")
