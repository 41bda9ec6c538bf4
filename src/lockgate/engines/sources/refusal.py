"""Why is an extract not read? Each fault with its place, what is wrong and what to declare or repair; all at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

MOST: Final = 20
"""How many faults of one kind are told with their places; the rest are counted."""


@dataclass(frozen=True, order=True)
class Refusal:
    """One fault for which nothing of an extract is staged."""

    place: str
    """Like `items.csv:7:12` or `items.xlsx Sheet1!C7`."""
    code: str
    """A stable name; the reference explains each."""
    message: str
    hint: str = ""

    def __str__(self) -> str:
        return f"{self.place}: {self.message} {self.hint}".rstrip()


class Refused(Exception):
    """Nothing of an extract can be staged. `stage` and `look` answer with the faults; who hands rows over raises it."""

    def __init__(self, *refusals: Refusal) -> None:
        super().__init__("; ".join(map(str, refusals)))
        self.refusals = refusals


def refuse(place: str, code: str, message: str, hint: str = "") -> Refused:
    """Return what to raise for one fault."""
    return Refused(Refusal(place, code, message, hint))


def first_of(refusals: Iterable[Refusal], *, count: int, more: str) -> Refused:
    """Return what to raise for the first faults of many, with how many there are in all."""
    told = tuple(refusals)[:MOST]
    if count > len(told):
        told += (Refusal(told[0].place.partition(":")[0], told[0].code, f"There are {count:,} {more} in all."),)
    return Refused(*told)
