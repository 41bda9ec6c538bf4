"""Can what is written be read as it is described, without a value in doubt?"""

import re

import duckdb
import pytest

from documents import DOCS, sections
from lockgate.engines.sources import Column, Extract, Kind, Notation, stage
from support.extracts import dump, table

PAGE = sections(DOCS / "reference" / "meridian-extracts.md")
GERMAN = Notation(decimal=",", thousands=".", date="%d.%m.%Y")
TYPES = {"number": "decimal", "whole number": "integer", "date": "date", "integer": "integer"}
DUMPS = sorted(name for name in PAGE if name.endswith(".CSV"))
TABLES = ("customer", "supplier", "item", "stock", "open_item", "balance")


def columns(name):
    """Return the columns of a file as the page describes them."""
    rows = re.findall(r"^\| `(\w{2,})` \| .*? \| ([^|]+) \|$", PAGE[name], re.MULTILINE)
    return tuple(Column(column, TYPES.get(re.sub(" with .*", "", notation), "text")) for column, notation in rows)


@pytest.fixture
def connection():
    with duckdb.connect() as opened:
        yield opened


@pytest.mark.parametrize("name", DUMPS)
def test_a_dump_is_read_as_it_is_described(written, connection, name):
    extract = Extract(
        Kind.CSV,
        f"erp/{name}",
        encoding="cp1252",
        encoding_sure=True,
        separator=";",
        header=1,
        notation=GERMAN,
        columns=columns(name),
    )
    staged = stage(connection, "it", extract, folder=written.folder)
    assert (staged.refusals, staged.unparsed, staged.rows) == ((), 0, written.rows[name])
    names = ", ".join(staged.columns)
    read = connection.execute(f"SELECT {names} FROM raw.it ORDER BY _row").fetchall()
    assert [tuple(value or "" for value in row) for row in read] == [tuple(row.values()) for row in dump(written, name)]


@pytest.mark.parametrize("name", TABLES)
def test_a_table_of_the_acquired_firm_is_read_as_it_is_described(written, connection, name):
    extract = Extract(Kind.SQLITE, "acquired/kempen.db", table=name, columns=columns(name))
    staged = stage(connection, "it", extract, folder=written.folder)
    assert (staged.refusals, staged.unparsed, staged.rows) == ((), 0, len(table(written, name)))
