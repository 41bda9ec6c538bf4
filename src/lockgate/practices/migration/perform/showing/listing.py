"""How is a long list of rows of a round shown? Narrowed, ordered and cut by the store itself, a page at a time.

L1  What is looked for is bound, never written into the query; by what a list can be ordered is known beforehand.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from typing_extensions import TypedDict

from lockgate.practices.migration.decide import sql
from lockgate.practices.migration.perform.showing.opened import RoundShown

Row = dict[str, str | int | None]


@dataclass(frozen=True)
class Wanted:
    """What the address asks for."""

    q: str = ""
    sort: str = ""
    dataset: str = ""
    rule: str = ""
    of: str = ""
    field: str = ""
    kind: str = ""
    open: str = ""
    """Not empty for what nobody explains, alone."""


class RowsAnswer(TypedDict):
    """A part of a list."""

    count: int
    """How many rows the whole list has."""
    rows: list[Row]


@dataclass(frozen=True)
class Listing:
    """A list of rows."""

    shown: RoundShown
    query: str
    values: tuple[object, ...]
    columns: tuple[str, ...]
    order: str

    def count(self) -> int:
        """Return how many rows it has."""
        return int(self.shown.one(f"select count(*) from ({self.query})", self.values))

    def rows(self, limit: int | None = None, offset: int = 0) -> list[Row]:
        """Return some of its rows."""
        cut = "" if limit is None else f" limit {limit:d} offset {offset:d}"
        found = self.shown.rows(f"{self.query} order by {self.order}{cut}", self.values)
        return [dict(zip(self.columns, row, strict=True)) for row in found]

    def part(self, limit: int, offset: int) -> RowsAnswer:
        """Return a part of it, and how many rows the whole has."""
        return {"count": self.count(), "rows": self.rows(limit, offset)}


def listing(
    shown: RoundShown,
    select: Mapping[str, str],
    source: str,
    conditions: Sequence[tuple[str, str]],
    wanted: Wanted,
    *,
    words: str,
    first: str,
) -> Listing:
    """Return the list of some columns of a source: where each condition equals what is said, if anything is."""
    said = [(column, value) for column, value in conditions if value]
    where = [f"{column} = ?" for column, _ in said]
    values: list[object] = [value for _, value in said]
    for word in wanted.q.split():
        where.append(f"contains(lower({words}), lower(?))")
        values.append(word)
    chosen = "".join(f" and {one}" for one in where)
    columns = ", ".join(f"{expression} as {sql.name(name)}" for name, expression in select.items())
    query = f"select {columns} from {source}{chosen}"
    return Listing(shown, query, tuple(values), tuple(select), _order(wanted.sort, select, first))


def _order(sort: str, select: Mapping[str, str], first: str) -> str:
    name = sort.removeprefix("-")
    if name not in select:
        return first
    return f"{sql.name(name)} {'desc' if sort.startswith('-') else 'asc'} nulls last, {first}"
