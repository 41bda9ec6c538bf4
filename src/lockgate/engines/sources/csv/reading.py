"""How does a CSV file become a table? DuckDB reads it with settings that leave nothing open, after every byte was seen.

T1  Every value is text, exactly as it stands between its separators, without the quotes around it.
T2  Every record has as many values as there are names; the lines of those that have not are told.
T3  `_row` is the line of the file in which a record begins.
T4  DuckDB reads the file itself when it is UTF-8, has line ends of one kind and begins with the names; else a copy of
    its records in that form, which is removed afterwards.
T5  DuckDB has to find as many records as were seen before.
"""

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb

from lockgate.engines.quoting import quoted
from lockgate.engines.sources.asking import row_of
from lockgate.engines.sources.csv.seeing import Seen, seen
from lockgate.engines.sources.csv.text import Text, text_of
from lockgate.engines.sources.csv.uneven import uneven
from lockgate.engines.sources.extract import Extract
from lockgate.engines.sources.headings import ROW, checked, unnamed
from lockgate.engines.sources.opening import Opened
from lockgate.engines.sources.raw import INCOMING, Progress, Raw
from lockgate.engines.sources.refusal import refuse

_NEW_LINE: Final = r"new_line='\n', "
_USUAL_LINE: Final = 2_000_000
"""DuckDB takes lines of this size without being told."""


@dataclass(frozen=True)
class Copy:
    """What DuckDB is given."""

    path: Path
    """A copy of the records, or a link to the file."""
    text: Text
    names: tuple[str, ...]
    header: bool
    """Whether the names stand in it."""


def read(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    extract: Extract,
    opened: Opened,
    *,
    scratch: Path,
    progress: Progress,
) -> Raw:
    """Make a table of a file, named as SQL has it; return what came into it."""
    with opened.path.open("rb") as file, tempfile.TemporaryDirectory(dir=scratch, prefix="extract-") as folder:
        text = text_of(file, extract, opened)
        names = checked(text.header.names, extract, place=f"{opened.name}:{max(text.header.line, 1)}")
        records = Path(folder) / "records.csv"
        found = seen(file, text, extract, opened, copy=None, progress=progress) if _plain(text) else None
        as_it_is = found is not None and found.fits(len(names))
        if found is None or not as_it_is:
            with records.open("wb") as copy:
                found = seen(file, text, extract, opened, copy=copy, progress=progress)
        else:
            records.symlink_to(opened.path)  # DuckDB would take a star in the name of a file for a pattern
        progress(f"Staging {opened.name}", 0, found.rows)
        has_header = as_it_is and text.header.record == 1
        _create(connection, table, Copy(records, text, names, has_header), found)
        _leave_out(connection, table, names, opened)
    opened.same()
    return Raw(tuple(name for name in names if name.strip()), found.rows, found.digest, longest=found.longest)


def _plain(text: Text) -> bool:
    """Return whether DuckDB sees by itself how lines end: it looks at the first, which must not be in quotes."""
    names = "".join(text.header.names)
    return text.encoding.utf8 and text.header.line == 1 and "\n" not in names and "\r" not in names


def _create(connection: duckdb.DuckDBPyConnection, table: str, copy: Copy, found: Seen) -> None:
    """Read the records beside the lines that they stand in (T1, T3)."""
    columns = {f"c{number}": "VARCHAR" for number in range(len(copy.names))}
    values = ", ".join(f"f.c{number} AS {_called(name, number)}" for number, name in enumerate(copy.names))
    if not found.even(len(copy.names)):
        _refuse_uneven(copy, found)  # T2
    connection.register(INCOMING, found.table())
    try:
        connection.execute(
            f"CREATE TABLE {table} AS SELECT l.{ROW}, {values} FROM {quoted(INCOMING)} l POSITIONAL JOIN read_csv("  # noqa: S608 - names are quoted
            f"$path, columns={columns}, header={copy.header}, delim=$separator, force_not_null={list(columns)}, "
            f"max_line_size={max(found.longest + 1024, _USUAL_LINE)}, parallel={not found.inner_quotes}, "
            f"""{"" if copy.header else _NEW_LINE}quote='"', escape='"', nullstr='', """
            "auto_detect=false, strict_mode=true, compression='none') f",
            {"path": str(copy.path), "separator": copy.text.separator},
        )
    except duckdb.InvalidInputException as error:
        _refuse_uneven(copy, found)
        raise _other(error, found) from None
    first = _called(copy.names[0], 0)
    staged = row_of(connection, f"SELECT count(*), count({ROW}), count({first}) FROM {table}")  # noqa: S608 - names are quoted
    if staged != (found.rows, found.rows, found.rows):
        raise AssertionError(f"{found.place}: {found.rows} records were seen, DuckDB found {staged}")  # T5


def _refuse_uneven(copy: Copy, found: Seen) -> None:
    fault = uneven(copy.path, copy.text, found, len(copy.names), header=copy.header)
    if fault:
        raise fault


def _called(name: str, number: int) -> str:
    return quoted(name if name.strip() else _spare(number))


def _spare(number: int) -> str:
    return f"_unnamed {number + 1}"


def _leave_out(connection: duckdb.DuckDBPyConnection, table: str, names: tuple[str, ...], opened: Opened) -> None:
    """Drop the columns without a name, which must have no values (headings H3)."""
    for number in unnamed(names):
        column = quoted(_spare(number))
        where = f"FROM {table} WHERE {column} <> '' ORDER BY {ROW} LIMIT 1"
        filled = row_of(connection, f"SELECT {ROW}, {column} {where}")
        if filled:
            what = f"Column {number + 1} has no name, and here the value {filled[1][:40]!r}."
            raise refuse(f"{opened.name}:{filled[0]}", "no-name", what, "Name the column in the file.")
        connection.execute(f"ALTER TABLE {table} DROP COLUMN {column}")


def _other(error: duckdb.Error, found: Seen) -> Exception:
    """Return what to raise for what DuckDB alone finds wrong."""
    told = next((line for line in str(error).splitlines() if line.strip()), "")
    return refuse(found.place, "csv", f"The file can't be read as CSV. {told}", "Declare `separator` and `encoding`.")
