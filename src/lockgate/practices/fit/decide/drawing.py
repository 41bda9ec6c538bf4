"""How far have requirements come, as a picture? A bar for each stage, as long as what has come there.

D1  The first bar is the whole; where there is nothing, all bars are empty.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

WIDTH: Final = 420
_LABEL: Final = 96
_NUMBER: Final = 34
_BAR: Final = 22
_STEP: Final = 34


@dataclass(frozen=True)
class Bar:
    """One stage."""

    name: str
    count: int
    y: int
    width: int
    """As long as what has come here."""


@dataclass(frozen=True)
class Picture:
    """The stages, one below the other."""

    bars: tuple[Bar, ...]
    height: int
    left: int = _LABEL
    whole: int = WIDTH - _LABEL - _NUMBER
    bar: int = _BAR
    width: int = WIDTH


def funnel(stages: Sequence[tuple[str, int]]) -> Picture:
    """Return the picture of stages (D1)."""
    whole = stages[0][1] if stages else 0
    long = WIDTH - _LABEL - _NUMBER
    bars = [
        Bar(name, count, number * _STEP, round(long * count / whole) if whole else 0)
        for number, (name, count) in enumerate(stages)
    ]
    return Picture(tuple(bars), max(0, len(bars) * _STEP - (_STEP - _BAR)))
