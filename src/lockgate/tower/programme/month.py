"""How is a month drawn? As weeks of days, each with what is on it, and as a list."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from typing_extensions import TypedDict

from lockgate.faces.web.viewer import Viewer
from lockgate.kernel.errors import UsageError
from lockgate.tower.programme.dates import Dated, Kind, dates, due
from lockgate.tower.seeing.sight import sight
from lockgate.tower.server import as_of, live
from lockgate.workspace.frame.periods import Span

SHOWN = 4
"""How many things a day of the picture names."""
_ORDER = {kind: place for place, kind in enumerate(Kind)}


class DateAnswer(TypedDict):
    """The keys of a date for programs."""

    first: str
    last: str
    kind: str
    title: str
    where: str
    url: str
    people: list[str]
    late: bool


@dataclass(frozen=True)
class Day:
    """One day of the picture."""

    day: date
    inside: bool
    """True when it is of the month that is asked for."""
    today: bool
    found: tuple[Dated, ...]

    @property
    def shown(self) -> tuple[Dated, ...]:
        """The first few."""
        return self.found[:SHOWN]

    @property
    def more(self) -> int:
        """How many are not shown."""
        return len(self.found) - len(self.shown)


@dataclass(frozen=True)
class Month:
    """A month with all that is on it."""

    first: date
    today: date
    found: tuple[Dated, ...]

    @property
    def before(self) -> date:
        """The month before."""
        return (self.first - timedelta(days=1)).replace(day=1)

    @property
    def after(self) -> date:
        """The month after."""
        return (self.first + timedelta(days=32)).replace(day=1)

    @cached_property
    def weeks(self) -> list[list[Day]]:
        """The weeks, from Monday to Sunday, that the month touches."""
        monday = self.first - timedelta(days=self.first.weekday())
        count = -(-(self.after - monday).days // 7)
        days = [monday + timedelta(days=number) for number in range(7 * count)]
        on = self._by_day
        drawn = [Day(day, day.month == self.first.month, day == self.today, tuple(on.get(day, ()))) for day in days]
        return [drawn[start : start + 7] for start in range(0, len(drawn), 7)]

    def narrowed(self, kind: str, person: str) -> "Month":
        """Return the month with what is of a kind, and somebody's; everything where neither is said."""
        kept = (one for one in self.found if kind in {"", one.kind} and (not person or person in one.people))
        return replace(self, found=tuple(kept))

    @property
    def _by_day(self) -> dict[date, list[Dated]]:
        """What is on each day of the month."""
        found: dict[date, list[Dated]] = {}
        last = self.after - timedelta(days=1)
        for one in self.found:
            first = max(one.first, self.first)
            for number in range((min(one.last, last) - first).days + 1):
                found.setdefault(first + timedelta(days=number), []).append(one)
        return found


def month(viewer: Viewer, said: str = "", when: str = "") -> Month:
    """Return a month with what the viewer sees of it: `2026-11`, or that of the moment."""
    states, room = live().states(as_of(when))
    today = room.moment.astimezone(ZoneInfo(room.workspace.programme.time_zone)).date()
    first = first_of(said) if said else today.replace(day=1)
    within = Span(first, (first + timedelta(days=32)).replace(day=1) - timedelta(days=1))
    owed = due(states, sight(viewer, when), within)
    return Month(first, today, in_order([*dates(within, room.workspace, viewer), *owed]))


def first_of(said: str) -> date:
    """Return the first day of a month that is said like `2026-11`."""
    try:
        return date.fromisoformat(f"{said}-01")
    except ValueError:
        raise UsageError(_("{said!r} is no month.").format(said=said), do=_("Write it like 2026-11.")) from None


def mine(viewer: Viewer) -> tuple[Dated, ...]:
    """Return all that is due for the viewer now, whenever that is."""
    states, _ = live().states()
    return in_order(one for one in due(states, sight(viewer)) if viewer.person in one.people)


def in_order(found: Iterable[Dated]) -> tuple[Dated, ...]:
    """Return dates by their days, what matters most first."""
    return tuple(sorted(found, key=lambda one: (one.first, _ORDER[one.kind], one.title, one.where)))


def told(one: Dated) -> DateAnswer:
    """Return a date as programs read it."""
    return DateAnswer(
        first=one.first.isoformat(),
        last=one.last.isoformat(),
        kind=str(one.kind),
        title=one.title,
        where=one.where,
        url=one.url,
        people=list(one.people),
        late=one.late,
    )
