"""Who must hear of what, why, and since when? Of what is overdue, of what has escalated, and of votes that wait.

N1  Its owner hears of an overdue record, whoever raised it where it has no owner.
N2  Whoever holds a role that an overdue record has escalated to, for the sites of the record, hears of it too.
N3  A role that nobody holds there is told with no person: that nobody hears of it must not go unheard.
N4  Where some have voted, all hear of it who may vote and have not.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache

from lockgate.kernel.register import Register
from lockgate.ledger.registers.action import Actor
from lockgate.ledger.registers.due import Overdue, overdue
from lockgate.ledger.registers.engine.rights import holds_role
from lockgate.ledger.registers.entry import Entry
from lockgate.ledger.registers.known import Known
from lockgate.ledger.registers.showing.offer import offer
from lockgate.ledger.registers.values import sites_of

_Holding = Callable[[str, tuple[str, ...]], tuple[str, ...]]
"""Who holds a role for some sites."""


class Why(StrEnum):
    """For what reason somebody hears of a record."""

    OVERDUE = "overdue"
    ESCALATED = "escalated"
    VOTE = "vote"


@dataclass(frozen=True)
class Notice:
    """That somebody must hear of a record."""

    person: str
    """The id of who hears of it; empty where nobody holds the role."""
    id: str
    why: Why
    since: datetime
    about: str
    """The role that it has escalated to, or the step that is voted on; empty for an owner."""


def notices(known: Known, actors: Iterable[Actor], moment: datetime) -> tuple[Notice, ...]:
    """Return all that somebody must hear of at a moment, what is oldest first."""
    people = tuple(actors)
    found: list[Notice] = []

    @cache  # hundreds that are late have escalated to the same few roles at the same few sites
    def held(role: str, sites: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(one.person for one in people if holds_role(one, role, sites, known))

    for register in known.registers.values():
        entries = list(known.entries.of(register.key))
        for late in overdue(entries, known, moment):
            found += _late(late, held, register)
        for entry in entries:
            found += _votes(entry, people, known, moment)
    return tuple(sorted(set(found), key=lambda one: (one.since, one.id, one.why, one.about, one.person)))


def holders(role: str, entry: Entry, known: Known, actors: Iterable[Actor]) -> tuple[str, ...]:
    """Return who holds a role for the sites of a record (N2)."""
    sites = sites_of(entry.values, known.registers[entry.register])
    return tuple(one.person for one in actors if holds_role(one, role, sites, known))


def _late(late: Overdue, held: _Holding, register: Register) -> Iterator[Notice]:
    entry = late.entry
    yield Notice(entry.owner or entry.raised_by, entry.id, Why.OVERDUE, late.due, "")  # N1
    sites = sites_of(entry.values, register)
    for one in late.escalated:
        for person in held(one.role, sites) or ("",):  # N2, N3
            yield Notice(person, entry.id, Why.ESCALATED, one.since, one.role)


def _votes(entry: Entry, actors: Iterable[Actor], known: Known, moment: datetime) -> Iterator[Notice]:
    """Yield whose votes are waited for (N4)."""
    if not entry.votes:
        return
    for actor in actors:
        for one in offer(entry, actor, known, moment).steps:
            cast = one.ballot.votes if one.ballot else ()
            if cast and one.may and actor.person not in {vote.by for vote in cast}:
                yield Notice(actor.person, entry.id, Why.VOTE, min(vote.at for vote in cast), one.step.key)
