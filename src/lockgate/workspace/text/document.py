"""What does one file hold, and where does each value stand? Plain data with the place of every key and value."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from lockgate.kernel.finding import Finding, Position

Data = None | bool | int | float | str | list["Data"] | dict[str, "Data"]
Steps = tuple[str | int, ...]
"""The way to a value: keys of mappings and numbers in lists."""


class Mark(NamedTuple):
    """Where a value begins, and where what is inside of it does; lines and columns count from 1."""

    line: int
    column: int
    inside: "Sequence[Mark] | Mapping[str, Entry] | None" = None


class Entry(NamedTuple):
    """Where a key of a mapping stands, and its value."""

    line: int
    column: int
    value: Mark


def nowhere(text: str) -> Mark:  # noqa: ARG001 - as other locators
    """Return the places in a text that could not be read: there are none."""
    return Mark(1, 1)


@dataclass(frozen=True)
class Document:
    """One file as it was read."""

    path: str
    text: str
    data: Data
    """What it holds; None also when it could not be read, then `readable` is False."""
    findings: tuple[Finding, ...] = ()
    readable: bool = True
    locate: Callable[[str], Mark] = nowhere
    """Looks up the places in the text; most files have no finding and never need it."""

    @cached_property
    def mark(self) -> Mark:
        """Where everything stands."""
        return self.locate(self.text)

    def at(self, steps: Steps = (), *, key: bool = False) -> Position:
        """Return where a value begins, or its key; where that is not there, the nearest that is around it."""
        mark, place = self.mark, (self.mark.line, self.mark.column)
        for step in steps:
            inside = mark.inside
            if isinstance(inside, Mapping) and step in inside:
                entry = inside[str(step)]
                mark, place = entry.value, (entry.line, entry.column)
            elif isinstance(inside, Sequence) and isinstance(step, int) and step < len(inside):
                mark = inside[step]
                place = (mark.line, mark.column)
            else:
                break
        return Position(self.path, *(place if key else (mark.line, mark.column)))
