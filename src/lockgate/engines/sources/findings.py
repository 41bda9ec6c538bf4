"""What is wrong with which record? One row for each fault, in the table that all parts of a migration add to."""

from collections.abc import Sequence
from typing import Final

import duckdb

from lockgate.engines.quoting import quoted
from lockgate.engines.sources.asking import row_of
from lockgate.engines.sources.extract import Column, Notation
from lockgate.engines.sources.headings import ROW
from lockgate.engines.sources.values.blanks import blank
from lockgate.engines.sources.values.typed import why_not

UNREADABLE: Final = "unreadable"
MISSING: Final = "missing"
LOST_LETTER: Final = "lost-letter"
_OWN: Final = (UNREADABLE, MISSING, LOST_LETTER)
_INSERT: Final = 'INSERT INTO findings (dataset, "row", rule, severity, "column", value, why)'


def table_of_findings(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the table when it is not there yet."""
    connection.execute(
        'CREATE TABLE IF NOT EXISTS findings (dataset VARCHAR, "row" BIGINT, "key" VARCHAR, rule VARCHAR, '
        'severity VARCHAR, "column" VARCHAR, value VARCHAR, why VARCHAR)'
    )


def forget(connection: duckdb.DuckDBPyConnection, dataset: str) -> None:
    """Take away what was found when a dataset was staged before."""
    connection.execute("DELETE FROM findings WHERE dataset = ? AND list_contains(?, rule)", [dataset, list(_OWN)])


def found(
    connection: duckdb.DuckDBPyConnection,
    dataset: str,
    columns: Sequence[tuple[Column, Notation]],
    *,
    raw: str,
    typed: str,
) -> int:
    """Add what is wrong with the values of a staged dataset; return how many could not be read."""
    unreadable = 0
    if not columns:
        return 0
    counts = _counts(connection, columns, raw=raw, typed=typed)
    for (column, notation), (filled, read, rows) in zip(columns, counts, strict=True):
        if read < filled:
            unreadable += filled - read
            _unreadable(connection, dataset, column, notation, raw=raw, typed=typed)
        if column.required and filled < rows:
            _missing(connection, dataset, column, notation, raw=raw)
    return unreadable


def _counts(
    connection: duckdb.DuckDBPyConnection, columns: Sequence[tuple[Column, Notation]], *, raw: str, typed: str
) -> list[tuple[int, int, int]]:
    """Return for each column how many values stand there, how many were read, and how many rows there are."""
    filled = ", ".join(f"count(*) FILTER (NOT {blank(quoted(one.name), notation)})" for one, notation in columns)
    read = ", ".join(f"count({quoted(one.name)})" for one, _ in columns)
    there = row_of(connection, f"SELECT {filled} FROM {raw}")  # noqa: S608 - names are quoted
    values = row_of(connection, f"SELECT {read}, count(*) FROM {typed}")  # noqa: S608 - names are quoted
    return [(int(given), int(values[number]), int(values[-1])) for number, given in enumerate(there)]


def _unreadable(
    connection: duckdb.DuckDBPyConnection,
    dataset: str,
    column: Column,
    notation: Notation,
    *,
    raw: str,
    typed: str,
) -> None:
    name = quoted(column.name)
    value = f"r.{name}"
    connection.execute(
        f"{_INSERT} SELECT ?, r.{ROW}, ?, 'blocks', ?, {value}, {why_not(column, notation, value)} "  # noqa: S608 - names are quoted
        f"FROM {raw} r JOIN {typed} t USING ({ROW}) "
        f"WHERE t.{name} IS NULL AND NOT {blank(value, notation)} ORDER BY r.{ROW}",
        [dataset, UNREADABLE, column.name],
    )


def _missing(
    connection: duckdb.DuckDBPyConnection, dataset: str, column: Column, notation: Notation, *, raw: str
) -> None:
    name = quoted(column.name)
    connection.execute(
        f"{_INSERT} SELECT ?, {ROW}, ?, 'blocks', ?, {name}, 'It is required, and there is none.' "  # noqa: S608 - names are quoted
        f"FROM {raw} WHERE {blank(name, notation)} ORDER BY {ROW}",
        [dataset, MISSING, column.name],
    )


def lost_letters(connection: duckdb.DuckDBPyConnection, dataset: str, column: str, *, raw: str) -> None:
    """Add the values in which an earlier program has put U+FFFD for letters that it could not read."""
    name = quoted(column)
    why = "A letter was lost before the extract was made: U+FFFD stands in its place."
    connection.execute(
        f"{_INSERT} SELECT ?, {ROW}, ?, 'blocks', ?, {name}, ? FROM {raw} "  # noqa: S608 - names are quoted
        f"WHERE contains({name}, chr(65533)) ORDER BY {ROW}",
        [dataset, LOST_LETTER, column, why],
    )
