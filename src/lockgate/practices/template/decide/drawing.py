"""How is the order of building drawn? A column for each turn, a box for each model in it, a line for what needs what.

D1  Resources of one model that are built in one turn share a box, so that a large template can be looked at too.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from lockgate.practices.template.decide.browsing import Book

BOX_WIDTH: Final = 190
BOX_HEIGHT: Final = 44
_GAP_X: Final = 60
_GAP_Y: Final = 14
_TOP: Final = 36
_MARGIN: Final = 12
_LETTERS: Final = 26
"""How many letters fit into a box."""


@dataclass(frozen=True)
class Box:
    """The resources of one model that are built in one turn (D1)."""

    turn: int
    model: str
    keys: tuple[str, ...]
    x: int
    y: int

    @property
    def title(self) -> str:
        """Its model, as far as it fits."""
        return _short(self.model)

    @property
    def says(self) -> str:
        """Its resource, or how many there are."""
        return _short(self.keys[0] if len(self.keys) == 1 else f"{self.keys[0]} +{len(self.keys) - 1}")


@dataclass(frozen=True)
class Line:
    """Something in the box at its end needs something in the box at its beginning."""

    path: str


@dataclass(frozen=True)
class Picture:
    """What is drawn."""

    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    turns: tuple[tuple[int, int], ...]
    """The number of each turn, and where its column begins."""
    width: int
    height: int


def picture(book: Book) -> Picture:
    """Return the order of building as boxes and lines."""
    boxes = [box for turn, keys in enumerate(book.levels, start=1) for box in _column(turn, keys, book)]
    of_key = {key: box for box in boxes for key in box.keys}
    pairs = {(of_key[need], of_key[key]): None for key in of_key for need in book.needs[key]}
    tallest = max((box.y for box in boxes), default=0)
    return Picture(
        boxes=tuple(boxes),
        lines=tuple(_line(*pair) for pair in pairs),
        turns=tuple((turn, _left(turn)) for turn in range(1, len(book.levels) + 1)),
        width=_left(len(book.levels)) + BOX_WIDTH + _MARGIN if boxes else 0,
        height=tallest + BOX_HEIGHT + _MARGIN,
    )


def _column(turn: int, keys: Sequence[str], book: Book) -> list[Box]:
    by_model: dict[str, list[str]] = {}
    for key in keys:
        by_model.setdefault(book.by_key[key].resource.model, []).append(key)
    return [
        Box(turn, model, tuple(there), _left(turn), _TOP + row * (BOX_HEIGHT + _GAP_Y))
        for row, (model, there) in enumerate(sorted(by_model.items()))
    ]


def _left(turn: int) -> int:
    return _MARGIN + (turn - 1) * (BOX_WIDTH + _GAP_X)


def _line(begin: Box, end: Box) -> Line:
    x1, y1 = begin.x + BOX_WIDTH, begin.y + BOX_HEIGHT // 2
    x2, y2 = end.x, end.y + BOX_HEIGHT // 2
    half = (x1 + x2) // 2
    return Line(f"M{x1} {y1}C{half} {y1} {half} {y2} {x2} {y2}")


def _short(text: str) -> str:
    return text if len(text) <= _LETTERS else f"{text[: _LETTERS - 1]}…"
