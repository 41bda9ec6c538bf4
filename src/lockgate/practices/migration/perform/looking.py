"""What does a file that somebody points at seem to be? Read where it is, without a workspace; nothing is kept."""

import sqlite3
from contextlib import closing
from pathlib import Path

from typing_extensions import TypedDict

from lockgate.engines.sources import Extract, Kind
from lockgate.engines.sources.looking import kind_of
from lockgate.engines.sources.looking import look as look_at
from lockgate.kernel.errors import UsageError
from lockgate.practices.migration.perform.answers import RefusalAnswer


class ColumnSeenAnswer(TypedDict):
    """A column, and what it seems to hold."""

    name: str
    seems: str
    filled: int
    distinct: int
    examples: list[str]


class LookAnswer(TypedDict):
    """The answer of `lockgate migrate look`."""

    ok: bool
    kind: str
    rows: int
    encoding: str
    because: str
    separator: str
    header: int
    columns: list[ColumnSeenAnswer]
    refusals: list[RefusalAnswer]


def looked(
    file: Path,
    *,
    encoding: str | None = None,
    encoding_sure: bool = False,
    separator: str | None = None,
    header: int | None = None,
    sheet: str | None = None,
    table: str | None = None,
) -> LookAnswer:
    """Return what a file seems to be, read as it is said to be written."""
    if not file.is_file():
        raise UsageError(f"There is no file {file}.", do="Name a CSV file, workbook, Parquet file or SQLite database.")
    kind = kind_of(file)
    if kind is Kind.SQLITE and table is None:
        do = f"Say which with `--table`: {', '.join(_tables(file))}."
        raise UsageError(f"{file} is a database, and no table is named.", do=do)
    extract = Extract(
        kind,
        path=file.name,
        encoding=encoding,
        encoding_sure=encoding_sure,
        separator=separator,
        header=header,
        sheet=sheet,
        table=table,
    )
    found = look_at(extract, folder=file.parent)
    return {
        "ok": not found.refusals,
        "kind": str(found.kind),
        "rows": found.rows,
        "encoding": found.encoding,
        "because": found.because,
        "separator": found.separator,
        "header": found.header,
        "columns": [
            {
                "name": one.name,
                "seems": one.seems,
                "filled": one.filled,
                "distinct": one.distinct,
                "examples": list(one.examples),
            }
            for one in found.columns
        ],
        "refusals": [{"at": one.place, "what": one.message, "do": one.hint} for one in found.refusals],
    }


def _tables(file: Path) -> list[str]:
    """Return the names of the tables of a database."""
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as database:
            named = "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') ORDER BY name"
            return [str(row[0]) for row in database.execute(named)]
    except sqlite3.Error as error:
        raise UsageError(f"{file} can't be read.", why=f"SQLite says: {error}.", do="Ask for it again.") from None
