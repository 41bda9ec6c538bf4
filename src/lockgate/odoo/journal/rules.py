"""Who may work on a run now, and how may a batch move on? The rules of the journal, without the journal.

L1  A run is free when nobody holds it, when its lease has ended, or when its holder is known to be dead.
L2  Every claim raises the fence by one. Only the newest fence may write: who lost the lease learns it at the next
    write.
L3  A batch only moves forward: planned, sent (as often as needed), then confirmed or rejected for good.
L4  A run is for one thing: another model, target, set of columns or content under its name is refused.
"""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How far a batch has come."""

    PLANNED = "planned"
    SENT = "sent"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    """Settled, and not one of its records was saved."""


_NEXT = {
    State.PLANNED: {State.SENT},
    State.SENT: {State.SENT, State.CONFIRMED, State.REJECTED},
    State.CONFIRMED: set[State](),
    State.REJECTED: set[State](),
}


def may_move(now: State, to: State) -> bool:
    """Return True when a batch in one state may come to the other (L3)."""
    return to in _NEXT[now]


@dataclass(frozen=True)
class Holder:
    """A process that works on a run."""

    user: str
    host: str
    pid: int
    life: str
    """Tells this process from a later one with the same number: the boot it runs in and when it began."""

    def __str__(self) -> str:
        return f"{self.user} on {self.host}, process {self.pid}"


@dataclass(frozen=True)
class Lease:
    """A holder's claim to a run, in seconds of the system's clock."""

    holder: Holder
    fence: int
    since: float
    until: float


def is_free(held: Lease | None, *, now: float, dead: bool) -> bool:
    """Return True when the run may be claimed (L1); `dead` says that its holder is known to be gone."""
    return held is None or dead or held.until <= now


def claim(me: Holder, *, last_fence: int, now: float, seconds: float) -> Lease:
    """Return my lease on a free run (L2)."""
    return Lease(me, last_fence + 1, now, now + seconds)


def renewed(lease: Lease, *, now: float, seconds: float) -> Lease:
    """Return the lease, good for so many seconds from now."""
    return Lease(lease.holder, lease.fence, lease.since, now + seconds)
