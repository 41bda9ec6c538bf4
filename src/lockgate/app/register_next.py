"""How is it told what can be done with a record next, and what happened to it? As keys of `--json`, and as lines."""

from collections.abc import Iterable, Sequence
from typing import Any, TypedDict

from lockgate.app.register_answer import RefusedAnswer, refused
from lockgate.faces.output import View
from lockgate.kernel.clock import stamp
from lockgate.kernel.register import Register
from lockgate.ledger.registers.action import Refusal
from lockgate.ledger.registers.plain import plain
from lockgate.ledger.registers.showing.history import Happening
from lockgate.ledger.registers.showing.offer import Ballot, Offer, Offered


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


def next_views(found: Offer, state: str) -> list[View]:
    """Return what a person may do, and why not the rest, for a person."""
    there = [one for one in found.steps if state in one.step.source]
    lines = [_offered(one) for one in there if one.may] or ["  no step"]
    lines += ["  edit"] if not found.why_not_edit else []
    said = [f"{found.id}, version {found.version}, lets you take:", *lines]
    for one in there:
        said += _reasons(f"Not {one.step.key}:", one.why_not)
    return ["\n".join([*said, *_reasons("Not edit:", found.why_not_edit)])]


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


def history_views(happened: Sequence[Happening], record: str, register: Register) -> list[View]:
    """Return what happened for a person, each change on a line of its own."""
    lines = []
    for one in happened:
        about = "" if one.id == record else f" by {one.id}"
        words = [str(one.said[key]) for key in ("text", "relation", "to", "reason") if one.said.get(key)]
        words += [", ".join(one.said.get("tags", ()))]
        told = " ".join(word for word in words if word)
        lines.append(
            f"{one.at:%Y-%m-%d %H:%M} {one.by}: {one.happened}{about}{_vote(one)}{f': {told}' if told else ''}"
        )
        for diff in one.diffs:
            field = register.field(diff.field)
            lines.append(f"  {field.title if field else diff.field}: {_shown(diff.old)} → {_shown(diff.new)}")
    return ["\n".join(lines)]


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


def _offered(one: Offered) -> str:
    asks = [*(field.key for field in one.asks), *(["a reason"] if one.step.reason else [])]
    words = [f"  {one.step.key}"]
    words += [f"with {', '.join(asks)}"] if asks else []
    words += [f"({one.ballot.lacking} of {one.ballot.needed} votes are lacking)"] if one.ballot else []
    return " ".join(words)


def _reasons(title: str, refusals: Iterable[Refusal]) -> list[str]:
    lines = [f"  {one.what} {one.do}" for one in refusals]
    return ["", title, *lines] if lines else []


def _vote(one: Happening) -> str:
    return {True: " yes", False: " no"}.get(one.said.get("yes", ""), "")


def _shown(value: Any) -> str:
    if value is None:
        return "nothing"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
