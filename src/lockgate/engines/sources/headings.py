"""Are the columns of an extract those that were declared? Names have to be there, once each, exactly as declared.

H1  Every declared column is there. One that is gone is told with the names that are like it.
H2  A name stands once. The database that the rows are staged in knows no capitals, so `Name` and `NAME` are the same.
H3  Every column with values has a name. One without name and without any value is left out.
H4  `_row` is the name of the column that holds the line.
H5  There are no more columns than a table can have.
"""

from collections import Counter
from collections.abc import Sequence
from difflib import get_close_matches

from lockgate.engines.sources.extract import Column, Extract
from lockgate.engines.sources.refusal import Refusal, Refused, refuse

ROW = "_row"
MOST_COLUMNS = 2_000
"""More take DuckDB minutes, and no database of a legacy system has a table of that kind."""


def checked(headings: Sequence[str], extract: Extract, *, place: str) -> tuple[str, ...]:
    """Return the names of all columns, or refuse them with everything that is wrong."""
    if len(headings) > MOST_COLUMNS:
        what = f"There are {len(headings):,} columns; {MOST_COLUMNS:,} is the most."
        raise refuse(place, "wide", what, "Leave out what is not needed, or turn columns into rows.")  # H5
    refusals = [*_twice(headings, place), *_gone(headings, extract.columns, place)]
    if ROW in (name.casefold() for name in headings):
        what = f"A column is called {ROW}."  # H4
        refusals.append(Refusal(place, "reserved-name", what, "Rename it in the file, or name columns in a query."))
    if not any(name.strip() for name in headings):
        refusals.append(Refusal(place, "no-columns", "There is no column with a name.", "Declare `header`."))
    if refusals:
        raise Refused(*refusals)
    return tuple(headings)


def _twice(headings: Sequence[str], place: str) -> list[Refusal]:
    counted = Counter(name.casefold() for name in headings if name.strip())
    refusals = []
    for folded in (name for name, count in counted.items() if count > 1):
        alike = [(number, name) for number, name in enumerate(headings, start=1) if name.casefold() == folded]
        told = " and ".join(f"{name!r} (column {number})" for number, name in alike)
        refusals.append(Refusal(place, "doubled-name", f"A name stands twice: {told}.", "Rename one of them."))  # H2
    return refusals


def _gone(headings: Sequence[str], columns: Sequence[Column], place: str) -> list[Refusal]:
    there = set(headings)
    free = [name for name in headings if name.strip() and name not in {one.name for one in columns}]
    return [_like(one.name, free, place) for one in columns if one.name not in there]  # H1


def _like(name: str, free: Sequence[str], place: str) -> Refusal:
    folded = {other.strip().casefold(): other for other in reversed(free)}
    near = get_close_matches(name.strip().casefold(), list(folded), n=1, cutoff=0.6)
    what = f"The declared column {name!r} is not there."
    if near:
        return Refusal(place, "missing-column", what, f"Did you mean {folded[near[0]]!r}? Declare it under that name.")
    named = ", ".join(repr(other) for other in free[:10]) or "none"
    return Refusal(place, "missing-column", what, f"Not declared are: {named}{', …' if len(free) > 10 else ''}.")  # noqa: PLR2004 - enough to find one's way


def unnamed(headings: Sequence[str]) -> list[int]:
    """Return where columns without a name stand, from 0 (H3)."""
    return [number for number, name in enumerate(headings) if not name.strip()]
