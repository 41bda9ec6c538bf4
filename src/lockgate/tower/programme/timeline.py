"""When does what go live? The waves on a line of months, with today on it.

T1  The line reaches from the month of the first day to the end of the month of the last, today included.
T2  Names that would run into each other stand on different rows.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from operator import itemgetter

from django.utils.dateformat import format as in_form

from lockgate.faces.web.reading import day as written
from lockgate.workspace import Workspace

ROW_HEIGHT = 34
TOP = 30
_WIDE_ENOUGH = 24.0
"""How many hundredths of the line a name takes."""


@dataclass(frozen=True)
class Mark:
    """A wave, or a month, at its place in hundredths of the line."""

    at: float
    name: str
    says: str = ""
    row: int = 0
    key: str = ""
    late: bool = False

    @property
    def top(self) -> int:
        """Where its row begins, in pixels."""
        return TOP + self.row * ROW_HEIGHT

    @property
    def leans(self) -> str:
        """To which side its name is written, so that it stays on the line."""
        return "end" if self.at > 100 - _WIDE_ENOUGH else "start"


@dataclass(frozen=True)
class Timeline:
    """What is drawn."""

    months: tuple[Mark, ...]
    waves: tuple[Mark, ...]
    today: float
    undated: tuple[str, ...]

    @property
    def height(self) -> int:
        """How high the picture is, in pixels."""
        rows = 1 + max((mark.row for mark in self.waves), default=0)
        return TOP + rows * ROW_HEIGHT + 16


def timeline(workspace: Workspace, today: date, open_waves: Iterable[str] = ()) -> Timeline | None:
    """Return the line of the waves, None when no wave has a day; `open_waves` have gone live."""
    dated = sorted(((wave.go_live, wave) for wave in workspace.waves.values() if wave.go_live), key=itemgetter(0))
    undated = tuple(wave.name for wave in workspace.waves.values() if not wave.go_live)
    if not dated:
        return None
    live = set(open_waves)
    first = min(dated[0][0], today).replace(day=1)
    last = _next_month(max(dated[-1][0], today))
    days = (last - first).days

    def at(day: date) -> float:
        return round(100 * (day - first).days / days, 2)

    waves: list[Mark] = []
    for day, wave in dated:
        row = _free_row(waves, at(day))
        late = day < today and wave.key not in live
        waves.append(Mark(at(day), wave.name, written(day), row, wave.key, late))
    months, month = [], first
    while month < last:
        months.append(Mark(at(month), in_form(month, "M" if month.month > 1 else "M Y")))
        month = _next_month(month)
    return Timeline(tuple(months), tuple(waves), at(today), undated)


def _free_row(marks: Iterable[Mark], at: float) -> int:
    taken = {mark.row for mark in marks if abs(mark.at - at) < _WIDE_ENOUGH}
    return next(row for row in range(len(taken) + 1) if row not in taken)


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)
