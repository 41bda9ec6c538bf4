"""Is each value of a SQLite file read as what it is, whatever its column is called to hold?"""

import sqlite3
from contextlib import closing
from decimal import Decimal

import pytest

from lockgate.engines.sources import Column, Extract, Kind, Notation, digest
from lockgate.kernel.errors import UsageError
from support.staging import told


def write(round_, *rows, name="old.db", columns="code, price"):
    (round_.folder / name).unlink(missing_ok=True)
    with closing(sqlite3.connect(round_.folder / name)) as database:
        database.execute(f"CREATE TABLE items ({columns})")
        marks = ", ".join("?" for _ in columns.split(","))
        database.executemany(f"INSERT INTO items VALUES ({marks})", rows)
        database.commit()


def extract(**declared) -> Extract:
    declared = {"table": "items"} | declared
    return Extract(Kind.SQLITE, path="old.db", **declared)


def test_values_of_all_kinds_in_one_column_keep_what_they_are(round_):
    write(round_, ("00123", 1), (123, 0.1 + 0.2), (None, 1e16), ("Zoë", 1e-7), (2**62 + 1, "1.50"), ("", -3.0))
    assert told(round_.stage(extract(columns=(Column("price", "decimal"),)))) == []
    assert round_.raw == [
        (1, "00123", "1"),
        (2, "123", "0.30000000000000004"),
        (3, None, "1.0e+16"),
        (4, "Zoë", "1.0e-07"),
        (5, "4611686018427387905", "1.50"),
        (6, "", "-3.0"),
    ]
    assert [row[2] for row in round_.typed] == [
        Decimal(1),
        Decimal("0.3"),
        Decimal(10**16),
        Decimal("0.0000001"),
        Decimal("1.5"),
        Decimal(-3),
    ]
    assert round_.findings == []


def test_numbers_and_texts_of_a_column_are_read_by_one_notation(round_):
    write(round_, ("a", 1234.5), ("b", "1.234,5"), ("c", 1e20), ("d", "12.345"))
    notation = Notation(decimal=",", thousands=".")
    round_.stage(extract(columns=(Column("price", "decimal"),), notation=notation))
    assert [row[2] for row in round_.raw] == ["1234,5", "1.234,5", "1,0e+20", "12.345"]
    assert [row[2] for row in round_.typed] == [Decimal("1234.5"), Decimal("1234.5"), Decimal(10**20), Decimal(12345)]


def test_a_query_is_answered_by_the_database(round_):
    write(round_, ("a", 1), ("b", 2), ("c", 3))
    staged = round_.stage(extract(table=None, query="SELECT code AS name FROM items WHERE price > 1 ORDER BY code;"))
    assert (staged.columns, round_.raw) == (("name",), [(1, "b"), (2, "c")])


def test_more_rows_than_a_batch_has_come_whole(round_):
    write(round_, *((number, number if number < 1500 else f"x{number}") for number in range(5000)))
    assert round_.stage(extract()).rows == 5000
    assert round_.rows("SELECT _row, price FROM raw.items WHERE _row IN (1500, 5000)") == [
        (1500, "1499"),
        (5000, "x4999"),
    ]


def test_the_digest_is_that_of_the_rows_in_whatever_order(round_):
    write(round_, ("a", 1), ("b", None), ("b", None))
    first = round_.stage(extract()).digest
    assert digest(extract(), folder=round_.folder) == first
    write(round_, ("b", None), ("a", 1), ("b", None))
    assert digest(extract(), folder=round_.folder) == first
    for others in (
        [("a", 1), ("b", None)],
        [("a", 1), ("b", ""), ("b", None)],
        [("a", 1), ("b", None), ("b", None), ("b", None)],
    ):
        write(round_, *others)
        assert digest(extract(), folder=round_.folder) != first
    write(round_, ("a", 1), ("b", None), ("b", None), columns="code, cost")
    assert digest(extract(), folder=round_.folder) != first


def test_binary_values_are_refused_with_their_column(round_):
    write(round_, ("a", b"\x89PNG"))
    assert told(round_.stage(extract())) == [
        "old.db items: The column 'price' holds binary values. Leave it out by a `query`."
    ]


def test_a_text_that_is_no_utf_8_is_refused(round_):
    write(round_, ("a", 1))
    with closing(sqlite3.connect(round_.folder / "old.db")) as database:
        database.execute("UPDATE items SET code = CAST(x'4de96c' AS TEXT)")
        database.commit()
    (refusal,) = round_.stage(extract()).refusals
    assert (refusal.place, refusal.code) == ("old.db items", "encoding")


def test_nothing_is_written(round_):
    write(round_, ("a", 1))
    before = (round_.folder / "old.db").read_bytes()
    (refusal,) = round_.stage(extract(table=None, query="DELETE FROM items RETURNING code")).refusals
    assert refusal.code == "query"
    assert (round_.folder / "old.db").read_bytes() == before
    assert [path.name for path in round_.folder.iterdir()] == ["old.db"]


def test_a_table_that_is_not_there_is_told(round_):
    write(round_, ("a", 1))
    (refusal,) = round_.stage(extract(table="orders")).refusals
    assert "no such table: orders" in refusal.message


def test_a_file_of_another_kind_is_told(round_):
    (round_.folder / "old.db").write_bytes(b"id,name\n")
    assert told(round_.stage(extract())) == ["old.db: The file is no SQLite database."]


def test_what_can_not_be_read_has_no_digest(round_):
    with pytest.raises(UsageError, match=r"gone\.db can't be read\.") as error:
        digest(Extract(Kind.SQLITE, path="gone.db", table="items"), folder=round_.folder)
    assert error.value.why == "gone.db: The file can't be found: No such file or directory."
