"""Which way reads an extract? One for each kind; all leave the same table."""

import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from lockgate.engines.sources.csv import reading as csv_file
from lockgate.engines.sources.extract import Extract, Kind
from lockgate.engines.sources.opening import digest_of_bytes, opened
from lockgate.engines.sources.raw import Progress, Raw, quiet
from lockgate.engines.sources.refusal import Refused
from lockgate.engines.sources.tables import handed, parquet
from lockgate.engines.sources.workbook import reading as workbook
from lockgate.kernel.errors import UsageError


@dataclass(frozen=True)
class Where:
    """Where sources are looked for, and who is told."""

    folder: Path
    environment: Mapping[str, str]
    progress: Progress = quiet
    hand: handed.Hand | None = None
    """Hands over the rows of a source that the caller reads."""


def read(connection: duckdb.DuckDBPyConnection, table: str, extract: Extract, where: Where, *, scratch: Path) -> Raw:
    """Make a table of an extract, named as SQL has it; return what came into it."""
    if extract.kind is Kind.CSV:
        file = opened(extract.path, where.folder)
        return csv_file.read(connection, table, extract, file, scratch=scratch, progress=where.progress)
    if extract.kind is Kind.SQLITE:
        from lockgate.engines.sources.tables import sqlite  # noqa: PLC0415 - its driver brings half a second of imports

        return sqlite.read(connection, table, extract, opened(extract.path, where.folder), progress=where.progress)
    if extract.kind is Kind.PARQUET:
        file = opened(extract.path, where.folder)
        return parquet.read(connection, table, extract, file, scratch=scratch, progress=where.progress)
    if extract.kind is Kind.WORKBOOK:
        return workbook.read(connection, table, extract, opened(extract.path, where.folder), progress=where.progress)
    if where.hand is not None:
        return handed.read(connection, table, extract, where.hand(), progress=where.progress)
    from lockgate.engines.sources.tables import database  # noqa: PLC0415 - so does theirs

    return database.read(connection, table, extract, where.environment, progress=where.progress)


def digest(
    extract: Extract, *, folder: Path, environment: Mapping[str, str] = os.environ, hand: handed.Hand | None = None
) -> str:
    """Return the digest of what `stage` would read: of a file's bytes, or of a table's rows in whatever order.

    A source whose digest is no longer what it was has changed. What can't be read has none: that raises.
    """
    try:
        if extract.kind in {Kind.CSV, Kind.WORKBOOK, Kind.PARQUET}:
            return digest_of_bytes(opened(extract.path, folder))
        with duckdb.connect() as connection, tempfile.TemporaryDirectory() as scratch:
            return read(
                connection, "rows", extract, Where(folder, environment, hand=hand), scratch=Path(scratch)
            ).digest
    except Refused as refused:
        first = refused.refusals[0]
        raise UsageError(
            f"{extract.place} can't be read.", why=f"{first.place}: {first.message}", do=first.hint
        ) from None
