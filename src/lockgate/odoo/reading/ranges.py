"""How are many records cut into pages? By their ids, so that nobody who writes meanwhile shifts them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class IdRange:
    """The ids above `after`, up to and with `upto` (None: to the end)."""

    after: int
    upto: int | None

    def domain(self, name: str = "id") -> list[Any]:
        """Return the terms that keep a search within the range."""
        above = [[name, ">", self.after]]
        return above if self.upto is None else [*above, [name, "<=", self.upto]]


def ranges(last_of_page: Callable[[IdRange], int | None]) -> Iterator[IdRange]:
    """Yield disjoint ranges from the lowest id to the end; `last_of_page` tells where a full page of a range ends."""
    rest = IdRange(0, None)
    while (last := last_of_page(rest)) is not None:
        yield IdRange(rest.after, last)
        rest = IdRange(last, None)
    yield rest
