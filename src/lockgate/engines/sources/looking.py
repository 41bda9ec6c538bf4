"""What does an extract that nobody has declared yet seem to be? Read as `stage` would, with what is found told.

L1  The kind follows from the first bytes, not from the name.
L2  Nothing is guessed that `stage` would refuse: its refusals, with what to declare, are the answer then.
L3  What a column seems to hold is what all of its values fit. Digits with zeros in front are text. What fits two
    notations is told with both, so that a person decides.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb

from lockgate.engines.quoting import quoted
from lockgate.engines.sources.csv.text import text_of
from lockgate.engines.sources.extract import Extract, Kind
from lockgate.engines.sources.opening import opened
from lockgate.engines.sources.refusal import Refusal, Refused
from lockgate.engines.sources.staging import stage

EXAMPLES: Final = 3
_LONGEST_EXAMPLE: Final = 60
_BEGIN: Final[Mapping[bytes, Kind]] = {
    b"PAR1": Kind.PARQUET,
    b"SQLite format 3\0": Kind.SQLITE,
    b"PK\x03\x04": Kind.WORKBOOK,
    b"\xd0\xcf\x11\xe0": Kind.WORKBOOK,
}
_FORMS: Final[Mapping[str, str]] = {
    "integer": r"-?(0|[1-9]\d{0,17})",
    "decimal with a point": r"-?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?",
    "decimal with a comma": r"-?(\d+|\d{1,3}(\.\d{3})+)(,\d+)?",
    "day, %Y-%m-%d": r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])",
    "day, %d.%m.%Y": r"(0?[1-9]|[12]\d|3[01])\.(0?[1-9]|1[0-2])\.\d{4}",
    "day, %d/%m/%Y": r"(0?[1-9]|[12]\d|3[01])/(0?[1-9]|1[0-2])/\d{4}",
    "day, %m/%d/%Y": r"(0?[1-9]|1[0-2])/(0?[1-9]|[12]\d|3[01])/\d{4}",
}
_ZERO_IN_FRONT: Final = r"-?0\d+([.,]\d+)?"


@dataclass(frozen=True)
class ColumnSeen:
    """A column, and what it seems to hold."""

    name: str
    seems: str
    filled: int
    distinct: int
    examples: tuple[str, ...]


@dataclass(frozen=True)
class Looked:
    """What an extract seems to be; or why nothing can be said yet."""

    kind: Kind
    rows: int = 0
    columns: tuple[ColumnSeen, ...] = ()
    encoding: str = ""
    """Of a CSV file, as are separator and header."""
    because: str = ""
    """Why it is that encoding."""
    separator: str = ""
    header: int = 0
    """The line with the names."""
    refusals: tuple[Refusal, ...] = ()


def kind_of(file: Path) -> Kind:
    """Return what a file is, by its first bytes (L1)."""
    with file.open("rb") as content:
        head = content.read(16)
    return next((kind for begin, kind in _BEGIN.items() if head.startswith(begin)), Kind.CSV)


def look(extract: Extract, *, folder: Path) -> Looked:
    """Return what an extract seems to be."""
    with duckdb.connect() as connection:
        came = stage(connection, "seen", extract, folder=folder)
        if not came.done:
            return Looked(extract.kind, refusals=came.refusals)  # L2
        columns = tuple(_column(connection, name) for name in came.columns)
    if extract.kind is not Kind.CSV:
        return Looked(extract.kind, came.rows, columns)
    file = opened(extract.path, folder)
    try:
        with file.path.open("rb") as content:
            text = text_of(content, extract, file)
    except Refused as refused:
        return Looked(extract.kind, refusals=refused.refusals)
    told = text.encoding
    return Looked(extract.kind, came.rows, columns, told.name, told.because, text.separator, text.header.line)


def _column(connection: duckdb.DuckDBPyConnection, name: str) -> ColumnSeen:
    value = f"trim({quoted(name)})"
    fits = ", ".join("count(*) FILTER (regexp_full_match(v, ?))" for _ in (*_FORMS, _ZERO_IN_FRONT))
    counted = connection.execute(
        f"SELECT count(*), count(DISTINCT v), {fits} FROM (SELECT {value} AS v FROM raw.seen) WHERE v <> ''",  # noqa: S608 - names are quoted
        [*_FORMS.values(), _ZERO_IN_FRONT],
    ).fetchall()[0]
    filled, distinct, *fitting, zeros = counted
    rows = connection.execute(
        f"SELECT v FROM (SELECT {value} AS v, min(_row) AS first FROM raw.seen GROUP BY 1) WHERE v <> ''"  # noqa: S608 - names are quoted
        f" ORDER BY first LIMIT {EXAMPLES}"
    ).fetchall()
    names = [form for form, count in zip(_FORMS, fitting, strict=True) if count == filled]
    return ColumnSeen(
        name,
        _seems(names, filled=filled, zeros=zeros),
        filled,
        distinct,
        tuple(row[0][:_LONGEST_EXAMPLE] for row in rows),
    )


def _seems(names: list[str], *, filled: int, zeros: int) -> str:
    """Return what all values fit (L3)."""
    if not filled:
        return "nothing"
    if zeros:
        return "text: digits with zeros in front" if names else "text"
    if "integer" in names:
        return "integer"
    return " or ".join(names) or "text"
