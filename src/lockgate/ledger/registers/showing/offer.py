"""What may this person do with this record now, and why not the rest?

O1  It is asked of the engine itself: each step is tried on the record as it stands. What is offered is refused later
    only for what was given with it, or because somebody was faster.
O2  What a form can still bring is asked for and stands against nothing: a reason, and the values of a step that one
    person takes. Votes are on the record as it is, so what it lacks for them stands against the step.
O3  A step that takes several tells who said what, and how many must still say yes.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from lockgate.kernel.register import Field, Register, Transition
from lockgate.ledger.registers.action import Actor, Edit, Move, Refusal
from lockgate.ledger.registers.engine import perform
from lockgate.ledger.registers.engine.rights import missing_right
from lockgate.ledger.registers.entry import Entry, Vote
from lockgate.ledger.registers.known import Known


@dataclass(frozen=True)
class Ballot:
    """How a step that takes several people stands."""

    needed: int
    votes: tuple[Vote, ...]
    """Those that stand, dissent too."""

    @property
    def lacking(self) -> int:
        """How many must still say yes."""
        return max(0, self.needed - sum(vote.yes for vote in self.votes))


@dataclass(frozen=True)
class Offered:
    """One step, and whether this person may take it now."""

    step: Transition
    why_not: tuple[Refusal, ...]
    """Every reason against it that a form can't remove."""
    asks: tuple[Field, ...]
    """The fields that it needs and that can be given with it."""
    ballot: Ballot | None = None
    """None where one person decides."""
    why_not_against: tuple[Refusal, ...] = ()
    """Every reason why this person can't vote against it."""

    @property
    def may(self) -> bool:
        """True when this person may take it, or vote for it."""
        return not self.why_not

    @property
    def may_vote_against(self) -> bool:
        """True when this person may vote against it."""
        return self.ballot is not None and not self.why_not_against


@dataclass(frozen=True)
class Offer:
    """All that one person may do with one record."""

    id: str
    version: int
    """Handed back with whatever is done, so that nobody overwrites what they have not read."""
    why_not_edit: tuple[Refusal, ...]
    steps: tuple[Offered, ...]
    """All steps of the register, in the order of their declaration."""


def offer(entry: Entry, actor: Actor, known: Known, moment: datetime) -> Offer:
    """Return what this person may do with the record, and why not the rest (O1)."""
    register = known.registers[entry.register]
    steps = tuple(offered(step, entry, actor, known, moment) for step in register.transitions)
    return Offer(entry.id, entry.version, why_not_edit(entry, actor, known, moment), steps)


def why_not_edit(entry: Entry, actor: Actor, known: Known, moment: datetime) -> tuple[Refusal, ...]:
    """Return every reason why this person can't edit the record, nothing when they may (O1)."""
    return perform(Edit(entry.id, entry.version, {}), actor=actor, known=known, moment=moment).refusals


def why_not_raise(register: Register, actor: Actor, known: Known) -> Refusal | None:
    """Return why this person can't raise any record here, None when there is one that they may.

    Whether it may be for a certain site is only known once the form says which.
    """
    if "owner" in register.raised_by or any(grant.role in register.raised_by for grant in actor.grants):
        return None
    doing = f"raise a {register.key}"
    return missing_right(register.raised_by, actor, {}, register=register, raiser="", known=known, doing=doing)


def ballots(entry: Entry, register: Register) -> dict[str, Ballot]:
    """Return how votes stand, by the key of each step that takes several and can be taken now (O3)."""
    steps = (step for step in register.transitions if step.votes > 1 and entry.state in step.source)
    return {step.key: _ballot(step, entry) for step in steps}


def offered(step: Transition, entry: Entry, actor: Actor, known: Known, moment: datetime) -> Offered:
    """Return whether this person may take one step (O1)."""
    register = known.registers[entry.register]
    several = step.votes > 1
    asks = () if several else tuple(one for one in register.fields if one.key in step.needs)

    def tried(*, yes: bool) -> Iterable[Refusal]:
        return perform(Move(entry.id, step.key, yes=yes), actor=actor, known=known, moment=moment).refusals

    return Offered(
        step,
        tuple(one for one in tried(yes=True) if not _to_be_given(one, step, asks)),
        asks,
        _ballot(step, entry) if several else None,
        tuple(one for one in tried(yes=False) if one.code != "no-reason") if several else (),
    )


def _to_be_given(refusal: Refusal, step: Transition, asks: Iterable[Field]) -> bool:
    """Return whether a form can still bring what is missing (O2)."""
    if refusal.code == "no-reason":
        return True
    given = {one.key for one in asks}
    if refusal.code == "missing-value":
        return refusal.field in given
    guards = (one for one in step.guards if one.left == refusal.field)
    return refusal.code == "guard" and any(not given.isdisjoint(one.names) for one in guards)


def _ballot(step: Transition, entry: Entry) -> Ballot:
    return Ballot(step.votes, tuple(vote for vote in entry.votes if vote.transition == step.key))
