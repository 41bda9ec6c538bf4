"""May this person decide this gate, and what follows from it? Pure: events, or all refusals at once.

D1  Only who holds the deciding role for the scope votes, or whom such a person has named as their delegate or lent the
    role to. A delegate can't delegate on; a person counts once, in whatever capacity.
D2  A go needs every criterion settled: met or waived. A conditional go needs a condition for each other one, with a
    declared owner and a due date to come.
D3  A vote counts for the state that it was cast on: when the criteria stand otherwise, it has to be cast again.
D4  A choice is taken when as many different people as the quorum asks for made it, and still hold the role.
D5  Who produced evidence that the gate rests on, or owns one of its criteria, can't decide alone: a go takes somebody
    who did neither, or two people of whom one produced nothing of it. Who votes for another is as bound as that one.
D6  A no-go and a conditional go say why. So does whoever votes for somebody else.
D7  A decision keeps the workspace commit, the ledger's head and the artifact with all that was seen.
D8  A vote says by which role it was cast, and which record gave or lent the role where it is not declared.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from lockgate.gates.asking.evaluating import CriterionState, GateState
from lockgate.gates.asking.outcome import Status
from lockgate.gates.deciding.answer import (
    Answer,
    Electorate,
    Happening,
    No,
    event_of,
    had_a_hand,
    no_right,
    produced,
    refused,
    right_of,
)
from lockgate.gates.facts.history import DECIDED, VOTED, Choice, Condition, Vote


@dataclass(frozen=True)
class Basis:
    """What a decision was taken from (D7)."""

    commit: str
    head: str
    artifact: str

    def as_dict(self) -> dict[str, str]:
        """Return what stands in the ledger."""
        return {"commit": self.commit, "head": self.head, "artifact": self.artifact}


@dataclass(frozen=True)
class Ballot:
    """What a person wants to say of a gate."""

    by: str
    choice: Choice
    reason: str = ""
    conditions: tuple[Condition, ...] = ()
    behalf: str = ""
    """For whom, when they are somebody's delegate."""


def decide(state: GateState, ballot: Ballot, who: Electorate, basis: Basis) -> Answer:
    """Return the vote and, when it was the last one needed, the decision; or why not."""
    refusals = tuple(_refusals(state, ballot, who))
    if refusals:
        return refused(state, ballot.by, f"vote {ballot.choice}", refusals)
    vote = Vote(
        ballot.by,
        ballot.choice,
        ballot.reason,
        state.standing,
        behalf=ballot.behalf,
        conditions=ballot.conditions,
        lent=who.lent.get((ballot.behalf, ballot.by), 0),
        **right_of(state, ballot.behalf or ballot.by, who.people),  # D8
    )
    votes = _counting(state, who, vote)
    cast = event_of(VOTED, state, {"vote": vote.as_dict()})
    carrying = [one for one in votes if one.choice is ballot.choice]
    lacking = state.gate.decides.quorum - len(carrying)
    if lacking > 0:
        return Answer((cast,), lacking=lacking)
    if ballot.choice is not Choice.NO_GO and _alone(state, who, carrying):
        if _others(state, who, carrying):
            return Answer((cast,), lacking=1)
        return refused(state, ballot.by, f"vote {ballot.choice}", (_nobody_else(state),))
    return Answer((cast, _decision(state, ballot.choice, votes, basis)), choice=ballot.choice)


def _refusals(state: GateState, ballot: Ballot, who: Electorate) -> Iterable[No]:
    holders = set(who.people.holders(state.gate.decides.role, state.scope))
    if ballot.behalf:
        yield from _delegation(ballot, holders, who)
    elif ballot.by not in holders:
        yield no_right(state, ballot.by, who.people)  # D1
    if not state.gate.criteria:
        yield No("G1", "The gate has no criteria.", "Declare what it asks in programme/gates.yaml.")
    if (ballot.choice is not Choice.GO or ballot.behalf) and not ballot.reason.strip():
        yield No("D6", "It needs a reason.", "Say why: `--reason '…'`.")
    if ballot.conditions and ballot.choice is not Choice.CONDITIONAL:
        yield No("D2", f"A {ballot.choice} has no conditions.", "Vote `conditional`, or leave them out.")
    if ballot.choice is Choice.GO:
        yield from (_unsettled(found) for found in state.criteria if not _holds(found))
    if ballot.choice is Choice.CONDITIONAL:
        yield from _conditions(state, ballot, who)


def _delegation(ballot: Ballot, holders: set[str], who: Electorate) -> Iterable[No]:
    if ballot.behalf not in holders:
        yield No("D1", f"{ballot.behalf} may not decide this gate either.", "Ask somebody who may.")
    if not who.stands_for(ballot.by, ballot.behalf):
        said = f"{ballot.behalf} has not named {ballot.by} as delegate, nor lent the role."
        do = f"Let {ballot.behalf} vote, lend the role in the tower, or name the delegate in programme/people.yaml."
        yield No("D1", said, do)
    if ballot.behalf == ballot.by:
        yield No("D1", "Nobody is their own delegate.", "Leave out `--for`.")


def _holds(found: CriterionState) -> bool:
    """Return whether a criterion is settled without any condition."""
    return found.status in {Status.MET, Status.WAIVED}


def _unsettled(found: CriterionState) -> No:
    said = f"{found.criterion.key} is {found.status}: {found.found.because}."
    return No("D2", said, "Meet it, have it waived, or vote `conditional` with a condition for it.")


def _conditions(state: GateState, ballot: Ballot, who: Electorate) -> Iterable[No]:
    conditions = _all_conditions([*_cast_here(state), *ballot.conditions])
    covered = {condition.criterion for condition in conditions}
    for found in state.criteria:
        if not _holds(found) and found.criterion.key not in covered:
            said = f"{found.criterion.key} is {found.status}, and no condition is about it."
            yield No("D2", said, f"Add one: `--condition '{found.criterion.key}; what; who; until when'`.")
    if not conditions:
        yield No("D2", "A conditional go without a condition is a go.", "Name a condition, or vote `go`.")
    for condition in ballot.conditions:
        if condition.criterion and state.of(condition.criterion) is None:
            yield No("D2", f"The gate has no criterion {condition.criterion}.", "See `lockgate gate show`.")
        if not who.people.known(condition.owner):
            yield No("D2", f"{condition.owner or 'Nobody'} is not declared.", "Name an owner of programme/people.yaml.")
        if condition.due <= state.moment:
            yield No("D2", f"{condition.key} is due in the past.", "Name a due date to come.")


def _cast_here(state: GateState) -> list[Condition]:
    """Return the conditions that others attached to their votes on this very state."""
    return [one for vote in state.history.votes if vote.standing == state.standing for one in vote.conditions]


def _all_conditions(conditions: Iterable[Condition]) -> tuple[Condition, ...]:
    """Return each condition once; of two with one key the one that is due earlier."""
    found: dict[str, Condition] = {}
    for condition in conditions:
        other = found.get(condition.key)
        if other is None or condition.due < other.due:
            found[condition.key] = condition
    return tuple(found.values())


def _counting(state: GateState, who: Electorate, new: Vote) -> list[Vote]:
    """Return the votes that count: on this state, by people who still may, one for each person (D1, D3, D4)."""
    holders = set(who.people.holders(state.gate.decides.role, state.scope))
    counting: list[Vote] = []
    used: set[str] = set()
    for vote in (new, *reversed(state.history.votes)):
        persons = {vote.by, vote.behalf or vote.by}
        still = vote.behalf in holders and who.stands_for(vote.by, vote.behalf) if vote.behalf else (vote.by in holders)
        if still and vote.standing == state.standing and not persons & used:
            counting.append(vote)
            used |= persons
    return counting


def _alone(state: GateState, who: Electorate, carrying: Sequence[Vote]) -> bool:
    """Return whether those who carry a choice are, in effect, one who had a hand in it (D5)."""
    persons = [{vote.by, vote.behalf or vote.by} for vote in carrying]
    if any(not any(had_a_hand(state, state.criteria, who, one) for one in same) for same in persons):
        return False
    return len(carrying) == 1 or not _unbiased(state, who, carrying)


def _unbiased(state: GateState, who: Electorate, votes: Sequence[Vote]) -> bool:
    """Return whether somebody among them produced nothing of the evidence."""
    return any(
        not any(produced(state.criteria, who, one) for one in {vote.by, vote.behalf or vote.by}) for vote in votes
    )


def _others(state: GateState, who: Electorate, carrying: Sequence[Vote]) -> list[str]:
    """Return who else could make it more than the word of one who had a hand in it."""
    voted = {person for vote in carrying for person in (vote.by, vote.behalf)}
    left = [one for one in who.people.holders(state.gate.decides.role, state.scope) if one not in voted]
    return left if _unbiased(state, who, carrying) else [one for one in left if not produced(state.criteria, who, one)]


def _nobody_else(state: GateState) -> No:
    return No(
        "D5",
        "Those who had a hand in it can't decide it alone, and nobody else may decide it.",
        f"Give the role {state.gate.decides.role} to somebody who took none of the evidence: programme/people.yaml.",
    )


def _decision(state: GateState, choice: Choice, votes: Sequence[Vote], basis: Basis) -> Happening:
    agreed = [vote for vote in votes if vote.choice is choice]
    conditions = _all_conditions(condition for vote in agreed for condition in vote.conditions)
    return event_of(
        DECIDED,
        state,
        {
            "choice": str(choice),
            "votes": [replace(vote, conditions=()).as_dict() for vote in votes],
            "conditions": [condition.as_dict() for condition in conditions],
            "basis": basis.as_dict(),
            "saw": saw(state),
        },
    )


def saw(state: GateState) -> dict[str, dict[str, Any]]:
    """Return what a decision keeps of how the criteria stood."""
    return {
        found.criterion.key: {"status": str(found.status), "evidence": list(found.found.evidence)}
        for found in state.criteria
    }
