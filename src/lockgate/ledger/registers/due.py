"""What must be done by when, and who hears of it when it is not? Computed from records and a moment, never stored.

T1  A record in an open state is due at the end of its own due date, else so many days after it came into its state.
T2  It is overdue once that moment has passed. A record in a closed state never is.
T3  Who hears of an overdue record is the role that its state escalates to, at once, or those of the way up that it
    takes, each so long after.
T4  Where a state counts working days, the day on which the record came into it is not one of them, and it is due at the
    end of the last. Which days are worked, and when a day ends, says the calendar of the record's site, else that of
    the nearest site above it that has one, else that of the programme. Of several sites the one rules that gives most
    time. Where there is no calendar, Monday to Friday are worked and days end as in UTC.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from lockgate.kernel.clock import stamp
from lockgate.kernel.register import Register, State
from lockgate.ledger.registers.entry import Entry
from lockgate.ledger.registers.known import Known
from lockgate.ledger.registers.values import sites_of
from lockgate.ledger.registers.working_time import DAY, WorkingTime


@dataclass(frozen=True)
class Escalated:
    """That a role hears of an overdue record."""

    role: str
    since: datetime


@dataclass(frozen=True)
class Overdue:
    """A record that is late, and who should hear of it."""

    entry: Entry
    due: datetime
    days: int
    """How many days it is late, begun ones counted."""
    owner: str
    escalated: tuple[Escalated, ...] = ()
    """Who hears of it by now, the first one first."""

    @property
    def escalates_to(self) -> str:
        """The last role that heard of it, empty for none."""
        return self.escalated[-1].role if self.escalated else ""


def is_open(entry: Entry, register: Register) -> bool:
    """Return whether something is left to be done; a state that is no longer declared counts as open."""
    state = register.state(entry.state)
    return state is None or state.open


def due_at(entry: Entry, known: Known) -> datetime | None:
    """Return by when it must move on (T1, T4), None for never."""
    kept = known.due.get(entry.id)
    if kept is None or kept[0] is not entry:
        kept = known.due[entry.id] = (entry, _due_at(entry, known))
    return kept[1]


def _due_at(entry: Entry, known: Known) -> datetime | None:
    register = known.registers[entry.register]
    state = register.state(entry.state)
    if state is not None and not state.open:
        return None  # T2
    own = entry.values.get("due")
    if own:
        return max(place.end_of(date.fromisoformat(own)) for place in _places(entry, register, known))
    if state is None or state.due_days is None:
        return None
    if state.working_days:
        return max(place.after(entry.since, state.due_days) for place in _places(entry, register, known))
    return entry.since + state.due_days * DAY


def overdue(entries: Iterable[Entry], known: Known, moment: datetime) -> tuple[Overdue, ...]:
    """Return the late ones, the latest first."""
    late = []
    for entry in entries:
        due = due_at(entry, known)
        if due is not None and due < moment:
            state = known.registers[entry.register].state(entry.state)
            days = -(-(moment - due) // DAY)
            escalated = _escalated(state, due, known, moment) if state else ()
            late.append(Overdue(entry, due, days, entry.owner, escalated))
    return tuple(sorted(late, key=lambda one: (one.due, one.entry.id)))


def _escalated(state: State, due: datetime, known: Known, moment: datetime) -> tuple[Escalated, ...]:
    """Return who hears of it by now (T3)."""
    at_once = [Escalated(state.escalates_to, due)] if state.escalates_to else []
    way = [Escalated(role, due + after) for role, after in known.ways.get(state.escalates_by, ())]
    return tuple(one for one in (*at_once, *way) if one.since <= moment)


def _places(entry: Entry, register: Register, known: Known) -> list[WorkingTime]:
    return [known.calendar(site) for site in sites_of(entry.values, register)]


def same_until(entry: Entry, known: Known, moment: datetime) -> datetime:
    """Return until when `view` says the same of a record that nobody touches: a day older, a day on, or overdue."""
    ends = [since + ((moment - since) // DAY + 1) * DAY for since in (entry.raised_at, entry.since)]
    place = _places(entry, known.registers[entry.register], known)[0]
    ends.append(place.end_of(place.day_of(moment)))
    due = due_at(entry, known)
    return min([*ends, due + timedelta.resolution] if due is not None and due >= moment else ends)


def view(entry: Entry, known: Known, moment: datetime) -> dict[str, Any]:
    """Return everything that a comparison may ask of a record at a moment."""
    register = known.registers[entry.register]
    due = due_at(entry, known)
    return {
        **entry.values,
        "id": entry.id,
        "register": entry.register,
        "state": entry.state,
        "version": entry.version,
        "open": is_open(entry, register),
        "raised_by": entry.raised_by,
        "raised_at": stamp(entry.raised_at),
        "changed_by": entry.changed_by,
        "changed_at": stamp(entry.changed_at),
        "since": stamp(entry.since),
        "age_days": (moment - entry.raised_at) // DAY,
        "days_in_state": (moment - entry.since) // DAY,
        "overdue": due is not None and due < moment,
        "today": _places(entry, register, known)[0].day_of(moment).isoformat(),
        "tags": list(entry.tags),
        "links": [link.to for link in (*entry.links, *entry.linked_from)],
        "comments": len(entry.comments),
        "last_event": entry.numbers[-1],
    }
