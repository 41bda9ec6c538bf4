"""How is a SQLite file read? Read-only, each value as what it is: SQLite keeps a type with every value, not a column.

Q1  Integers, texts and nothing come as they are. A binary number comes with as few digits as tell it from all others.
Q2  A BLOB is no text: refused with the column. It can be left out by a query.
Q3  Numbers are written with the sign for decimals that is declared, since texts in the same column are, too.
"""

from contextlib import closing
from dataclasses import replace
from typing import Final
from urllib.parse import quote

import adbc_driver_sqlite.dbapi as adbc
import duckdb

from lockgate.engines.quoting import quoted
from lockgate.engines.quoting import table as quoted_table
from lockgate.engines.sources.extract import Extract
from lockgate.engines.sources.headings import checked
from lockgate.engines.sources.opening import Opened
from lockgate.engines.sources.raw import Progress, Raw
from lockgate.engines.sources.refusal import Refusal, Refused, refuse
from lockgate.engines.sources.tables.digest import digest_of
from lockgate.engines.sources.tables.rows import filled
from lockgate.engines.sources.values.blanks import literal

_HEAD: Final = b"SQLite format 3\0"


def read(
    connection: duckdb.DuckDBPyConnection, table: str, extract: Extract, opened: Opened, *, progress: Progress
) -> Raw:
    """Make a table of a table or query of a SQLite file; return what came into it."""
    with opened.path.open("rb") as file:
        if file.read(len(_HEAD)) != _HEAD:
            raise refuse(opened.name, "no-database", "The file is no SQLite database.")
    place = f"{opened.name} {extract.table or 'query'}"
    source = quoted_table(extract.table) if extract.table else f"({(extract.query or '').rstrip().rstrip(';')})"
    try:
        with closing(adbc.connect(f"file:{quote(str(opened.path))}?mode=ro")) as database, database.cursor() as cursor:
            names = checked(_names(cursor, source), extract, place=place)
            _no_blobs(cursor, source, names, place)
            values = ", ".join(f"{_text(name, extract)} AS {quoted(name)}" for name in names)
            cursor.execute(f"SELECT {values} FROM {source}")  # noqa: S608 - the query is the declared one; the file is read-only
            rows = filled(connection, table, names, cursor.fetch_record_batch(), place=place, progress=progress)
    except adbc.Error as error:
        raise _refusal(error, place) from None
    notations = {name: extract.notation_of(extract.declared(name)) for name in names}
    native = {name: replace(notation, scientific=True) for name, notation in notations.items()}
    return Raw(names, rows, digest_of(connection, table, names), native)


def _names(cursor: adbc.Cursor, source: str) -> tuple[str, ...]:
    cursor.execute(f"SELECT * FROM {source} LIMIT 0")  # noqa: S608 - the query is the declared one; the file is read-only
    return tuple(column[0] for column in cursor.description or ())


def _text(name: str, extract: Extract) -> str:
    """Return SQLite's expression of a value as text (Q1, Q3)."""
    column = quoted(name)
    number = f"printf('%!.17g', {column})"
    for digits in (16, 15):
        shorter = f"printf('%!.{digits}g', {column})"
        number = f"CASE WHEN CAST({shorter} AS REAL) = {column} THEN {shorter} ELSE {number} END"
    point = extract.notation_of(extract.declared(name)).decimal
    if point != ".":
        number = f"replace({number}, '.', {literal(point)})"
    return f"CASE typeof({column}) WHEN 'real' THEN {number} ELSE CAST({column} AS TEXT) END"


def _no_blobs(cursor: adbc.Cursor, source: str, names: tuple[str, ...], place: str) -> None:
    """Refuse columns with values that are no text (Q2)."""
    asked = ", ".join(f"max(typeof({quoted(name)}) = 'blob')" for name in names)
    cursor.execute(f"SELECT {asked} FROM {source}")  # noqa: S608 - the query is the declared one; the file is read-only
    found = cursor.fetchone() or ()
    refusals = [
        Refusal(place, "binary", f"The column {name!r} holds binary values.", "Leave it out by a `query`.")
        for name, blob in zip(names, found, strict=True)
        if blob
    ]
    if refusals:
        raise Refused(*refusals)


def _refusal(error: Exception, place: str) -> Refused:
    told = str(error).splitlines()[0]
    return refuse(place, "query", f"SQLite refuses: {told}", "Look at `table` and `query`.")
