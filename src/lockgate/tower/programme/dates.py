"""Which dates does the programme have in some days? Periods, holidays, go-lives, and what is due.

K1  What is told of sites that the viewer does not see is left out: of a period or a holiday the sites that they see.
K2  What is due at midnight is due on the day before. Days are those of the programme.
K3  A condition is due until it is fulfilled, a waiver ends while it counts, a record is due while it is open.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from urllib.parse import quote
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from lockgate.faces.web.viewer import Viewer
from lockgate.gates.asking.evaluating import GateState
from lockgate.gates.asking.outcome import Status
from lockgate.gates.facts.history import Choice, Condition
from lockgate.kernel.scope import Level, Scope
from lockgate.tower.programme.overview import name_of
from lockgate.tower.registers.finding import left
from lockgate.tower.seeing.sight import Sight
from lockgate.workspace import Workspace
from lockgate.workspace.frame.periods import Span


class Kind(StrEnum):
    """What a date is about."""

    GO_LIVE = "go-live"
    CONDITION = "condition"
    WAIVER = "waiver"
    RECORD = "record"
    BLACKOUT = "blackout"
    CLOSE = "close"
    PEAK = "peak"
    HOLIDAY = "holiday"


@dataclass(frozen=True)
class Dated:
    """Something that is on some days."""

    first: date
    last: date
    kind: Kind
    title: str
    where: str
    """The sites that it is about, as people call them."""
    url: str = ""
    people: tuple[str, ...] = ()
    """Whose it is, where it is somebody's."""
    late: bool = False
    key: str = ""
    """What tells it from all others, where it is due."""


def dates(within: Span, workspace: Workspace, viewer: Viewer) -> list[Dated]:
    """Return the periods, holidays and go-lives of some days (K1)."""
    seen = [key for key in workspace.sites if viewer.sees_sites([key])]
    return [
        *_go_lives(within, workspace, viewer),
        *_periods(within, workspace, seen),
        *_days_off(within, workspace, seen),
    ]


def due(states: Iterable[GateState], sight: Sight, within: Span | None = None) -> Iterator[Dated]:
    """Yield what is due, in some days or whenever that is (K2, K3)."""
    zone, workspace = ZoneInfo(sight.desk.workspace.programme.time_zone), sight.desk.workspace
    for state in states:
        said = state.history
        if (said.decision is not None or said.waivers) and sight.viewer.sees(state.scope):
            found = _of_gate(state, workspace, zone)
            yield from (one for one in found if within is None or one.first in within)
    for register in sight.known.registers.values():
        there = left(register, sight.known)
        begin, end = _reach(there.dues, within, zone)
        for entry, at in zip(there.entries[begin:end], there.dues[begin:end], strict=True):
            day = day_of(at, zone)
            title = f"{entry.id} {entry.values.get('title', '')}".strip()
            url, owner = f"/register/{register.key}/{entry.id}/", (entry.owner,) if entry.owner else ()
            late = at <= sight.desk.moment
            yield Dated(day, day, Kind.RECORD, title, register.title, url, owner, late, entry.id)


def _reach(dues: Sequence[datetime], within: Span | None, zone: ZoneInfo) -> tuple[int, int]:
    """Return from which to which of these moments some days reach: from just after their first midnight (K2)."""
    if within is None:
        return 0, len(dues)
    first, after = (datetime.combine(day, time(), zone) for day in (within.first, within.last + timedelta(days=1)))
    return bisect_right(dues, first), bisect_right(dues, after)


@lru_cache(maxsize=10_000)  # hundreds are due at the end of the same day
def day_of(moment: datetime, zone: ZoneInfo) -> date:
    """Return the day on which something is due (K2)."""
    return (moment.astimezone(zone) - timedelta(microseconds=1)).date()


def _of_gate(state: GateState, workspace: Workspace, zone: ZoneInfo) -> Iterator[Dated]:
    url, where = f"/gate/{quote(state.gate.key)}/{quote(str(state.scope), safe=':')}/", name_of(state.scope, workspace)
    about = f"{state.gate.key} {state.scope}"
    for one in _owed(state):
        day, title = day_of(one.due, zone), f"{state.gate.title}: {one.text}"
        late = one.due <= state.moment
        yield Dated(day, day, Kind.CONDITION, title, where, url, (one.owner,), late, f"{about} {one.key}")
    for criterion in state.criteria:
        waiver = criterion.waiver
        if waiver is not None:
            day, title = (
                day_of(waiver.until, zone),
                _("The waiver of {criterion} ends").format(criterion=criterion.criterion.title),
            )
            people = tuple(sorted({waiver.by, waiver.owner}))
            yield Dated(day, day, Kind.WAIVER, title, where, url, people, key=f"{about} waiver {waiver.number}")


def _owed(state: GateState) -> Iterator[Condition]:
    decision = state.history.decision
    if decision is None or decision.choice is not Choice.CONDITIONAL:
        return
    met = {one.criterion.key for one in state.criteria if one.found.status is Status.MET}
    yield from (one for one in decision.conditions if not one.fulfilled and one.criterion not in met)


def _go_lives(within: Span, workspace: Workspace, viewer: Viewer) -> Iterator[Dated]:
    for key, wave in workspace.waves.items():
        scope = Scope(Level.WAVE, key)
        if wave.go_live and wave.go_live in within and viewer.sees(scope):
            sites = [workspace.sites[one.site].name for one in wave.sites if viewer.sees_sites([one.site])]
            yield Dated(wave.go_live, wave.go_live, Kind.GO_LIVE, wave.name, ", ".join(sites), f"/gate/?scope={scope}")


def _periods(within: Span, workspace: Workspace, seen: list[str]) -> Iterator[Dated]:
    found: dict[tuple[Span, Kind, str], set[str]] = {}
    for key in seen:
        for period in workspace.sites[key].periods:
            for span in period.spans(within):
                found.setdefault((span, Kind(period.kind), period.name), set()).add(key)
    for (span, kind, name), sites in found.items():
        yield Dated(span.first, span.last, kind, name, _names(sites, seen, workspace))


def _days_off(within: Span, workspace: Workspace, seen: list[str]) -> Iterator[Dated]:
    found: dict[tuple[date, str], set[str]] = {}
    days = [within.first + timedelta(days=number) for number in range((within.last - within.first).days + 1)]
    for key in seen:
        calendar = workspace.calendars.get(workspace.sites[key].calendar or workspace.programme.calendar or "")
        for day in days if calendar else ():
            name = calendar.holiday(day) if calendar else None
            if name:
                found.setdefault((day, name), set()).add(key)
    for (day, name), sites in found.items():
        yield Dated(day, day, Kind.HOLIDAY, name, _names(sites, seen, workspace))


def _names(sites: set[str], seen: list[str], workspace: Workspace) -> str:
    """Return what the sites are called, the topmost only; nothing where it is all that the viewer sees."""
    if len(sites) == len(seen):
        return ""
    return ", ".join(
        workspace.sites[key].name for key in seen if key in sites and workspace.sites[key].above not in sites
    )
