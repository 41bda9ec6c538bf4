"""What does a search find, and in which order? Every word somewhere in the text of a thing, the nearest hits first.

F1  A mark at the beginning narrows: `/` places, `@` people, `#` records and evidence, `?` help.
F2  All words have to be there, in any order, whatever their case.
F3  A thing that is called just so comes first, then those whose title begins so, then those whose title holds it.
F4  What the viewer may not see is not found, and not counted.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Final

from lockgate.faces.web.viewer import Viewer

MARKS: Final = {"/": "place", "@": "person", "#": "record", "?": "help"}


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that can be found."""

    mark: str
    """Which of `MARKS` finds it; empty for none."""
    group: str
    title: str
    about: str
    url: str
    icon: str
    text: str
    """All words by which it is found, in small letters."""
    seen_by: Callable[[Viewer], bool]
    name: str
    """Its title in small letters."""


@dataclass(frozen=True)
class Query:
    """What somebody looks for."""

    mark: str
    words: tuple[str, ...]


def query_of(said: str) -> Query:
    """Return what a text asks (F1)."""
    said = said.strip()
    mark = MARKS.get(said[:1], "")
    rest = said[1:] if mark else said
    return Query(mark, tuple(rest.casefold().split()))


def find(items: Sequence[Item], query: Query, viewer: Viewer, most: int) -> list[Item]:
    """Return what is found, the nearest first; of equals in the order in which they are given."""
    hits = [item for item in items if item.mark == query.mark] if query.mark else items
    for word in sorted(query.words, key=len, reverse=True):  # F2; a long word leaves fewer to look through
        hits = [item for item in hits if word in item.text]
    asked = " ".join(query.words)
    named = sorted((item for item in hits if asked in item.name), key=lambda item: _far(item.name, asked))
    others = (item for item in hits if asked not in item.name)
    return list(islice((item for item in chain(named, others) if item.seen_by(viewer)), most))  # F4


def _far(name: str, asked: str) -> int:
    """Return how far a name is from what was asked (F3)."""
    if not name.startswith(asked):
        return 2
    return 0 if name == asked or name[len(asked)] == " " else 1
