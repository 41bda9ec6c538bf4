"""How are many records cut into pages? By their ids, so that nobody who writes meanwhile shifts them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lockgate.odoo.catalogue import Field

_CELLS = 200_000
"""How much a page has at most: a second or two of Odoo's time, some ten MB of its memory."""
_MOST_ROWS = 20_000
_MOST_IN_ROWS = 5_000
"""Records that Odoo makes, one by one, and perhaps computes, take longer than columns."""
_AS_MUCH_AS: Mapping[str, int] = {"binary": 2_000, "html": 20, "text": 20, "many2many": 5, "one2many": 5}
"""How many plain cells one of this type is counted for."""


@dataclass(frozen=True)
class IdRange:
    """The ids above `after`, up to and with `upto` (None: to the end)."""

    after: int
    upto: int | None

    def domain(self, name: str = "id") -> list[Any]:
        """Return the terms that keep a search within the range."""
        above = [[name, ">", self.after]]
        return above if self.upto is None else [*above, [name, "<=", self.upto]]


def rows_of_page(fields: Sequence[Field], *, in_columns: bool) -> int:
    """Return how many records with these fields make a page."""
    cells = sum(_AS_MUCH_AS.get(field.type, 1) for field in fields)
    return max(min(_CELLS // cells, _MOST_ROWS if in_columns else _MOST_IN_ROWS), 1)


def ranges(last_of_page: Callable[[IdRange], int | None]) -> Iterator[IdRange]:
    """Yield disjoint ranges from the lowest id to the end; `last_of_page` tells where a full page of a range ends."""
    rest = IdRange(0, None)
    while (last := last_of_page(rest)) is not None:
        yield IdRange(rest.after, last)
        rest = IdRange(last, None)
    yield rest
