"""What can be done with a record next, and what happened to it? As the keys of `register next` and `history`."""

from collections.abc import Iterable
from typing import Any

from typing_extensions import TypedDict

from lockgate.kernel.clock import stamp
from lockgate.ledger.registers.plain import plain
from lockgate.ledger.registers.showing.history import Happening
from lockgate.ledger.registers.showing.offer import Ballot, Offer, Offered
from lockgate.ledger.registers.telling.changes import RefusedAnswer, refused


class BallotAnswer(TypedDict):
    """How a step that takes several people stands."""

    needed: int
    yes: list[str]
    no: list[str]
    lacking: int


class StepAnswer(TypedDict):
    """One step, and whether this person may take it now."""

    step: str
    title: str
    to: str
    may: bool
    why_not: list[RefusedAnswer]
    asks: list[str]
    reason: bool
    votes: BallotAnswer | None
    may_vote_against: bool


class NextAnswer(TypedDict):
    """The keys of `lockgate register next --json`."""

    id: str
    state: str
    version: int
    may_edit: bool
    why_not_edit: list[RefusedAnswer]
    steps: list[StepAnswer]


class DiffAnswer(TypedDict):
    """What one field held before and after."""

    field: str
    old: Any
    new: Any


class HappeningAnswer(TypedDict):
    """One thing that happened to a record."""

    number: int
    at: str
    by: str
    id: str
    happened: str
    version: int
    changes: list[DiffAnswer]
    said: dict[str, Any]


def next_answer(found: Offer, state: str) -> NextAnswer:
    """Return what a person may do in the words of the contract."""
    return NextAnswer(
        id=found.id,
        state=state,
        version=found.version,
        may_edit=not found.why_not_edit,
        why_not_edit=[refused(one) for one in found.why_not_edit],
        steps=[_step_answer(one) for one in found.steps],
    )


def history_answer(happened: Iterable[Happening]) -> list[HappeningAnswer]:
    """Return what happened in the words of the contract."""
    return [
        HappeningAnswer(
            number=one.number,
            at=stamp(one.at),
            by=one.by,
            id=one.id,
            happened=one.happened,
            version=one.version,
            changes=[DiffAnswer(field=diff.field, old=diff.old, new=diff.new) for diff in one.diffs],
            said=plain(one.said),
        )
        for one in happened
    ]


def _step_answer(one: Offered) -> StepAnswer:
    return StepAnswer(
        step=one.step.key,
        title=one.step.title,
        to=one.step.target,
        may=one.may,
        why_not=[refused(each) for each in one.why_not],
        asks=[field.key for field in one.asks],
        reason=one.step.reason,
        votes=_ballot_answer(one.ballot) if one.ballot else None,
        may_vote_against=one.may_vote_against,
    )


def _ballot_answer(ballot: Ballot) -> BallotAnswer:
    return BallotAnswer(
        needed=ballot.needed,
        yes=[vote.by for vote in ballot.votes if vote.yes],
        no=[vote.by for vote in ballot.votes if not vote.yes],
        lacking=ballot.lacking,
    )
