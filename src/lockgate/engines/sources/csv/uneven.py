"""Which records have more or fewer values than there are names? Looked up only when DuckDB refused a file."""

import csv
from collections.abc import Iterator
from pathlib import Path

from lockgate.engines.sources.csv.seeing import Seen
from lockgate.engines.sources.csv.text import Text
from lockgate.engines.sources.refusal import MOST, Refusal, Refused, first_of


def uneven(records: Path, text: Text, found: Seen, width: int, *, header: bool) -> Refused | None:
    """Return what to raise for the records that do not fit; None when all of them do."""
    faults: list[Refusal] = []
    count = 0
    lines = found.lines
    last = len(lines) - 1
    for number, values in enumerate(_values(records, text, header=header)):
        if len(values) != width and number <= last:
            count += 1
            if len(faults) < MOST:
                faults.append(_fault(found.place, int(lines[number]), len(values), width, last=number == last))
    return first_of(faults, count=count, more="such lines") if faults else None


def _values(records: Path, text: Text, *, header: bool) -> Iterator[list[str]]:
    with records.open(encoding="utf-8-sig", newline="") as file:
        passed = not header
        for values in csv.reader(file, delimiter=text.separator):
            if values and passed:
                yield values
            passed = passed or bool(values)


def _fault(place: str, line: int, values: int, width: int, *, last: bool) -> Refusal:
    what = f"The line has {values} values, and there are {width} columns."
    if last and values < width:
        hint = "It is the last one: the file may be cut off. Ask for it again."
    elif values > width:
        hint = "A separator may stand in a value that is not quoted."
    else:
        hint = "A line end may stand in a value that is not quoted."
    return Refusal(f"{place}:{line}", "uneven", what, hint)
