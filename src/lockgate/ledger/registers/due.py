"""What must be done by when, and who hears of it when it is not? Computed from records and a moment, never stored.

T1  A record in an open state is due at the end of its own due date, UTC, else `due_days` after it came into its state.
T2  It is overdue once that moment has passed. A record in a closed state never is.
T3  Who hears of an overdue record is the role that its state escalates to.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from lockgate.kernel.clock import stamp
from lockgate.kernel.register import Register
from lockgate.ledger.registers.entry import Entry

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Overdue:
    """A record that is late, and who should hear of it."""

    entry: Entry
    due: datetime
    days: int
    """How many days it is late, begun ones counted."""
    owner: str
    escalates_to: str
    """A role, empty for none."""


def is_open(entry: Entry, register: Register) -> bool:
    """Return whether something is left to be done; a state that is no longer declared counts as open."""
    state = register.state(entry.state)
    return state is None or state.open


def due_at(entry: Entry, register: Register) -> datetime | None:
    """Return by when it must move on (T1), None for never."""
    state = register.state(entry.state)
    if state is not None and not state.open:
        return None  # T2
    own = entry.values.get("due")
    if own:
        return datetime.combine(date.fromisoformat(own), time(), UTC) + DAY
    return entry.since + state.due_days * DAY if state and state.due_days is not None else None


def overdue(entries: Iterable[Entry], register: Register, moment: datetime) -> tuple[Overdue, ...]:
    """Return the late ones, the latest first."""
    late = []
    for entry in entries:
        due = due_at(entry, register)
        if due is not None and due < moment:
            state = register.state(entry.state)
            days = -(-(moment - due) // DAY)
            late.append(Overdue(entry, due, days, entry.owner, state.escalates_to if state else ""))
    return tuple(sorted(late, key=lambda one: (one.due, one.entry.id)))


def view(entry: Entry, register: Register, moment: datetime) -> dict[str, Any]:
    """Return everything that a comparison may ask of a record at a moment."""
    due = due_at(entry, register)
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
        "today": moment.astimezone(UTC).date().isoformat(),
        "tags": list(entry.tags),
        "links": [link.to for link in (*entry.links, *entry.linked_from)],
        "comments": len(entry.comments),
    }
