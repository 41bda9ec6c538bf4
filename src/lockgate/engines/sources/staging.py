"""How does an extract come into the database of a round? As `raw` and `typed` rows and findings; all of it or nothing.

G1  An extract that is faulty as a whole leaves nothing; what was staged before stays. All its faults are answered.
G2  A value that can't be read is NULL in `typed`, stays in `raw` and stands in `findings`.
G3  Staging again replaces rows and findings of the same dataset.
G4  Nothing half done is seen by anybody: rows and findings come in one transaction.
"""

import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import duckdb

from lockgate.engines.quoting import quoted
from lockgate.engines.room import lacking
from lockgate.engines.sources import findings, sources
from lockgate.engines.sources.asking import row_of
from lockgate.engines.sources.declared import faults
from lockgate.engines.sources.extract import Column, Extract, Notation
from lockgate.engines.sources.headings import ROW
from lockgate.engines.sources.raw import INCOMING, Progress, Raw, quiet
from lockgate.engines.sources.refusal import Refusal, Refused, first_of
from lockgate.engines.sources.tables.handed import Hand
from lockgate.engines.sources.values.typed import typed
from lockgate.kernel.errors import LockgateError, UsageError


@dataclass(frozen=True)
class Staged:
    """What came of an extract: rows, or the reasons why there are none."""

    dataset: str
    rows: int = 0
    columns: tuple[str, ...] = ()
    """In their order in the source."""
    digest: str = ""
    """Of the content that was read."""
    unparsed: int = 0
    """Values that could not be read as what they are declared as; each stands in `findings`."""
    refusals: tuple[Refusal, ...] = ()
    """Why nothing was staged."""

    @property
    def done(self) -> bool:
        """Whether the rows are there."""
        return not self.refusals


def stage(
    connection: duckdb.DuckDBPyConnection,
    dataset: str,
    extract: Extract,
    *,
    folder: Path,
    progress: Progress = quiet,
    environment: Mapping[str, str] = os.environ,
    hand: Hand | None = None,
) -> Staged:
    """Read an extract into `raw` and `typed`; its files lie below the folder, its addresses in the environment.

    `hand` hands over the rows of what the caller reads itself.
    """
    wrong = faults(extract)
    if wrong:
        return Staged(dataset, refusals=wrong)
    try:
        connection.begin()
    except duckdb.TransactionException:
        raise UsageError(
            "The extract can't be staged now.", why="A transaction is open.", do="End it before."
        ) from None
    try:
        staged = _staged(connection, dataset, extract, sources.Where(folder, environment, progress, hand))
        connection.commit()
    except Refused as refused:
        connection.rollback()
        return Staged(dataset, refusals=refused.refusals)  # G1
    except (duckdb.Error, OSError) as error:
        _undone(connection)
        raise _no_room(error) or error from None
    except BaseException:
        _undone(connection)
        raise
    finally:
        with suppress(duckdb.Error):  # a database that gave up has forgotten it by itself
            connection.unregister(INCOMING)
    return staged


def scratch_of(connection: duckdb.DuckDBPyConnection) -> Path:
    """Return where copies may lie for a moment: beside the database, which has room for the rows as well."""
    found = row_of(connection, "SELECT path FROM duckdb_databases() WHERE database_name = current_database()")
    return Path(found[0]).parent if found and found[0] else Path(tempfile.gettempdir())


def _staged(connection: duckdb.DuckDBPyConnection, dataset: str, extract: Extract, where: "sources.Where") -> Staged:
    raw, values = f"raw.{quoted(dataset)}", f"typed.{quoted(dataset)}"
    for schema, table in (("raw", raw), ("typed", values)):
        connection.execute(f"CREATE SCHEMA IF NOT EXISTS {schema}")
        connection.execute(f"DROP TABLE IF EXISTS {table}")
    came = sources.read(connection, raw, extract, where, scratch=scratch_of(connection))
    _fitting(connection, raw, came, extract)
    columns = [_column(name, came, extract) for name in came.columns]
    where.progress(f"Reading values of {dataset}", 0, came.rows)
    expressions = ", ".join(f"{typed(column, notation)} AS {quoted(column.name)}" for column, notation in columns)
    connection.execute(f"CREATE TABLE {values} AS SELECT {ROW}, {expressions} FROM {raw}")  # noqa: S608 - names are quoted
    findings.table_of_findings(connection)
    findings.forget(connection, dataset)  # G3
    judged = [(column, notation) for column, notation in columns if column.type != "text" or column.required]
    unparsed = findings.found(connection, dataset, judged, raw=raw, typed=values)  # G2
    for name in _with_lost_letters(connection, raw, came):
        findings.lost_letters(connection, dataset, name, raw=raw)
    where.progress(f"Staged {dataset}", came.rows, came.rows)
    return Staged(dataset, came.rows, came.columns, came.digest, unparsed)


def _column(name: str, came: Raw, extract: Extract) -> tuple[Column, Notation]:
    column = extract.declared(name)
    return column, came.native.get(name) or extract.notation_of(column)


def _fitting(connection: duckdb.DuckDBPyConnection, raw: str, came: Raw, extract: Extract) -> None:
    """Refuse values that are longer than a value may be."""
    if came.longest is not None and came.longest <= extract.longest_cell:
        return
    limit = extract.longest_cell
    sizes = ", ".join(f"max(length({quoted(name)}))" for name in came.columns)
    longest = row_of(connection, f"SELECT {sizes} FROM {raw}")  # noqa: S608 - names are quoted
    faults = []
    for name, size in zip(came.columns, longest, strict=True):
        if size is None or size <= limit:
            continue
        query = f"SELECT {ROW}, length({quoted(name)}) FROM {raw} WHERE length({quoted(name)}) > ? ORDER BY 1"  # noqa: S608 - names are quoted
        for row, length in connection.execute(query, [limit]).fetchall():
            what = f"The value of {name!r} has {length:,} letters; {limit:,} is the most."
            hint = "Declare `longest_cell` if values may be that long."
            faults.append(Refusal(f"{extract.place}:{row}", "long-value", what, hint))
    if faults:
        raise first_of(faults, count=len(faults), more="such values")


def _with_lost_letters(connection: duckdb.DuckDBPyConnection, raw: str, came: Raw) -> list[str]:
    counts = ", ".join(f"bool_or(contains({quoted(name)}, chr(65533)))" for name in came.columns)
    found = row_of(connection, f"SELECT {counts} FROM {raw}")  # noqa: S608 - names are quoted
    return [name for name, lost in zip(came.columns, found, strict=True) if lost]


def _undone(connection: duckdb.DuckDBPyConnection) -> None:
    with suppress(duckdb.Error):  # the database may have given up by itself, with all that was not committed
        connection.rollback()


def _no_room(error: Exception) -> LockgateError | None:
    """Return what to raise when the disk or the memory is full."""
    first = lacking(error)
    if first:
        return UsageError(
            "The extract was not staged: there is no room.",
            why=f"{first} Nothing of it was kept.",
            do="Free space on the disk of the round, or give the round more memory, and stage it again.",
        )
    return None
