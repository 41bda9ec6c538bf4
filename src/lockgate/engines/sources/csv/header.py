"""Which line of a CSV text has the names of its columns? Declared, or certain from the first lines.

N1  Declared is a line of the file; 0 says that there is none, and that the declared columns are all, in their order.
N2  Without a declaration, and with declared columns, it is the first record that has all of their names.
N3  Without either it is the first record, when each of its values looks like a name: none is empty but the last ones,
    none is a number or a date, none stands twice. Otherwise it has to be declared.
"""

import csv
import io
import re
from dataclasses import dataclass
from typing import Final

from lockgate.engines.sources.extract import Extract
from lockgate.engines.sources.refusal import refuse

_FAR: Final = 50
"""How many records may stand before the names."""
_NO_NAME: Final = re.compile(r"[\s\d.,:/()+'$€£%-]*\d[\s\d.,:/()+'$€£%-]*")


@dataclass(frozen=True)
class Header:
    """The names as they stand in the file."""

    line: int
    """In which line of the file they begin; 0 for a file without."""
    names: tuple[str, ...]
    record: int
    """How many records stand up to them, themselves included."""
    separators: int = 0
    """How many separators these records have."""


def settled(sample: str, separator: str, extract: Extract, *, place: str) -> Header:
    """Return the header of a text from its beginning."""
    if extract.header == 0:
        if not extract.columns:
            what = "The file has no names, and no columns are declared."
            raise refuse(place, "header", what, "Declare all `columns`, in their order.")
        return Header(0, tuple(one.name for one in extract.columns), 0)
    records = _records(sample, separator)
    if not records:
        raise refuse(f"{place}:1:1", "empty", "The file is empty.", "Ask for it again; a table without rows has names.")
    if extract.header is not None:
        found = next((number for number, (line, _) in enumerate(records) if line == extract.header), None)
        if found is None:
            raise refuse(
                f"{place}:{extract.header}:1", "header", "No record begins in the declared line.", "Declare another."
            )
        return _header(records, found)
    declared = {one.name for one in extract.columns}
    for number, (_, values) in enumerate(records[:_FAR]):
        if declared and declared <= set(values):
            return _header(records, number)  # N2
    line, values = records[0]
    like_names(values, place=f"{place}:{line}:1")
    return _header(records, 0)


def _header(records: list[tuple[int, list[str]]], number: int) -> Header:
    line, values = records[number]
    return Header(line, tuple(values), number + 1, sum(len(one) - 1 for _, one in records[: number + 1]))


def _records(sample: str, separator: str) -> list[tuple[int, list[str]]]:
    """Return the first records, each with the line that it begins in."""
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=separator)
    found: list[tuple[int, list[str]]] = []
    before = 0
    for values in reader:
        if values:
            found.append((before + 1, values))
        before = reader.line_num
        if before > 10 * _FAR and len(found) > _FAR:
            break
    return found


def like_names(values: list[str], *, place: str) -> None:
    """Refuse a first record that may not be the header (N3)."""
    given = [value for value in values if value.strip()]
    gap = next((n for n, value in enumerate(values) if not value.strip() and any(v.strip() for v in values[n:])), None)
    number = next((value for value in given if _NO_NAME.fullmatch(value)), None)
    if gap is not None:
        what = f"The first line has no name for column {gap + 1}."
    elif number is not None:
        what = f"The first line has {number!r}, which is no name of a column."
    elif not given:
        what = "The first line has no names."
    else:
        return
    hint = "Declare the `header`: the line that has the names, or 0 when none has."
    raise refuse(place, "header", what, hint)
