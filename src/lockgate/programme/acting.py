"""What does somebody do at a gate? They vote, waive, fulfil a condition or sign an emergency permit.

Command, page and API call these functions; each returns in a sentence what came of it, or stops.

A1  Who acts has looked at one head of the ledger. When it has moved on since, nothing is asked and nothing is written.
A2  A decision keeps all that was seen as an artifact, beside the commit and the head that it was taken on.
A3  A refusal by the rules is on record. What can't be read, or comes too late, is not.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from lockgate.gates.asking.evaluating import GateState
from lockgate.gates.deciding import fulfilling, permitting, voting, waiving
from lockgate.gates.deciding.answer import Answer
from lockgate.gates.facts.history import Choice, Condition
from lockgate.gates.showing.explaining import explain
from lockgate.kernel import canonical
from lockgate.kernel.errors import UsageError
from lockgate.ledger import Record
from lockgate.ledger.refusals import LedgerMoved
from lockgate.programme.room import Room

_TOLD: Final = 5
"""How many of the records that came meanwhile are told one by one."""


@dataclass(frozen=True)
class Demand:
    """A condition as somebody writes it."""

    criterion: str
    """Empty when no criterion measures it."""
    text: str
    owner: str
    due: str


def vote(
    here: Room,
    state: GateState,
    *,
    by: str,
    choice: Choice,
    reason: str = "",
    conditions: Sequence[Demand] = (),
    behalf: str = "",
) -> str:
    """Vote on a gate; the vote that reaches the quorum decides it (A2)."""
    ballot = voting.Ballot(by, choice, reason, tuple(_condition(here, one) for one in conditions), behalf)
    seen = canonical.encode(explain(state, here.people))
    basis = voting.Basis(here.commit, here.head.hash, here.place.artifacts.digest_of(seen))
    answer = voting.decide(state, ballot, here.electorate(state.gate.key, state.scope), basis)
    here.write(answer, by=by, seen=seen)
    return _taken(answer)


def waive(
    here: Room, state: GateState, *, by: str, criterion: str, owner: str = "", reason: str = "", until: str = ""
) -> str:
    """Accept for a time that a criterion is not met."""
    plea = waiving.Plea(criterion, by, owner, reason, here.until(until) if until else None)
    here.write(waiving.waive(state, plea, here.electorate(state.gate.key, state.scope)), by=by)
    return f"{criterion} is waived."


def fulfil(here: Room, state: GateState, *, by: str, condition: str) -> str:
    """Say that a condition which no criterion measures is fulfilled."""
    here.write(fulfilling.fulfil(state, condition, by, here.people), by=by)
    return f"{condition} is fulfilled."


def sign_emergency(here: Room, state: GateState, *, by: str, until: str, reason: str = "") -> str:
    """Sign an emergency permit: with a second person's signature, production may be written to."""
    answer = permitting.sign(state, by, reason, here.until(until), here.people)
    here.write(answer, by=by)
    return "A second person has to sign." if answer.lacking else f"Production may be written to until {until}."


def unmoved(here: Room, seen: int | None, tells: Callable[[Record], bool] = lambda _: True) -> None:
    """Stop when the ledger has moved on since its record `seen`, and say by whom and what, as far as is told (A1)."""
    if seen is None or seen == here.head.number:
        return
    since = here.head.number - seen
    if seen < 0 or since < 0:
        raise UsageError(f"There is no record {seen}.", do="Load the page again.")
    newest = here.place.ledger.latest(min(since, _TOLD), upto=here.head.number)
    told = [f"{one.by} recorded {one.kind} (#{one.number})" for one in newest if tells(one)]
    more = [f"{since - len(told)} more"] if since > len(told) else []
    raise LedgerMoved(
        f"The ledger has moved on since #{seen}; nothing was recorded.",
        why=f"{', '.join([*told, *more])}.",
        do="Look at what stands now, then say it again.",
    )


def _condition(here: Room, said: Demand) -> Condition:
    key = f"{said.criterion or 'also'}-{canonical.digest([said.text, said.owner])[:4]}"
    return Condition(key, said.text, said.owner, here.until(said.due), said.criterion)


def _taken(answer: Answer) -> str:
    if answer.choice is not None:
        return f"Decided: {answer.choice}."
    votes = "one more vote" if answer.lacking == 1 else f"{answer.lacking} more votes"
    return f"The vote counts; it takes {votes}, of which one by somebody who had no hand in the evidence."
