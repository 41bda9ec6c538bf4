"""How did the measures of a series go? A small line for each measure that is a number, as points in a box."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, MARGIN = 240, 56, 6


@dataclass(frozen=True)
class Point:
    """One record on a line."""

    number: int
    value: float
    x: float
    y: float
    here: bool
    """True for the record that is shown."""


@dataclass(frozen=True)
class Line:
    """One measure over the records of a series."""

    measure: str
    points: tuple[Point, ...]
    least: float
    most: float

    @property
    def path(self) -> str:
        """What a polyline takes."""
        return " ".join(f"{point.x},{point.y}" for point in self.points)

    @property
    def last(self) -> float:
        """The newest value."""
        return self.points[-1].value


def lines(series: Sequence[tuple[int, Mapping[str, object]]], here: int) -> list[Line]:
    """Return a line for each measure that is a number in at least two records."""
    names = dict.fromkeys(name for _, measures in series for name in measures)
    found = ((name, [(number, _numeric(measures.get(name))) for number, measures in series]) for name in names)
    told = ((name, [(number, value) for number, value in values if value is not None]) for name, values in found)
    return [_line(name, values, here) for name, values in told if len(values) > 1]


def _numeric(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _line(name: str, values: Sequence[tuple[int, float]], here: int) -> Line:
    least, most = min(value for _, value in values), max(value for _, value in values)
    step = (WIDTH - 2 * MARGIN) / (len(values) - 1)
    tall = HEIGHT - 2 * MARGIN
    points = (
        Point(
            number=number,
            value=value,
            x=round(MARGIN + place * step, 1),
            y=round(MARGIN + tall * ((most - value) / (most - least) if most > least else 0.5), 1),
            here=number == here,
        )
        for place, (number, value) in enumerate(values)
    )
    return Line(name, tuple(points), least, most)
