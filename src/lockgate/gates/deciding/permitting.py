"""May somebody write to production now? Only through an open gate, or on an emergency permit.

E1  Every gate that guards the instance's role has to be open. When none guards it, or one of them is asked for nobody
    here, nobody may: nothing asked is not everything met.
E2  An emergency permit takes the signatures of two different people who may decide the gate, each with a reason. Who
    may no longer decide it has not signed.
E3  It ends when the first of the two signatures does, after three days at the latest, and can't be prolonged, only
    given anew.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from lockgate.gates.asking.evaluating import GateState, GateVerdict
from lockgate.gates.criteria.definition import Gate
from lockgate.gates.deciding.answer import Answer, Happening, No, refused, right_of
from lockgate.gates.facts.history import EMERGENCY, Signature
from lockgate.gates.facts.wanted import People
from lockgate.kernel.clock import stamp

LONGEST = timedelta(days=3)
"""How long an emergency can last; what takes longer is a decision."""


@dataclass(frozen=True)
class Permission:
    """An emergency permit in force."""

    by: tuple[str, str]
    until: datetime
    numbers: tuple[int, int]


def permission(guards: Sequence[Gate], asked: Sequence[GateState], people: People) -> No | None:
    """Return None when production may be written to, else why not and what to do (E1).

    `guards` are the gates that guard it, `asked` how they stand for all that has to do with the instance.
    """
    if not guards:
        return No("E1", "No gate guards production.", "Declare one in programme/gates.yaml: `guards: [production]`.")
    answered = {state.gate.key for state in asked}
    for gate in guards:
        if gate.key not in answered:
            said = f"The gate {gate.key} guards production, and it is asked for no {gate.level} of this instance."
            return No("E1", said, f"Declare the {gate.level} that the sites of the instance belong to.")
    for state in asked:
        if state.verdict is GateVerdict.OPEN or emergency(state, people):
            continue
        return No(
            "E1", _why(state), f"See what is lacking: `lockgate gate explain {state.gate.key} --scope {state.scope}`."
        )
    return None


def emergency(state: GateState, people: People) -> Permission | None:
    """Return the emergency permit that is in force (E2, E3)."""
    valid = {one.by: one for one in _signatures(state, people)}
    newest = sorted(valid.values(), key=lambda one: one.number)[-2:]
    if len(newest) < 2:  # noqa: PLR2004 - two people
        return None
    first, second = newest
    return Permission((first.by, second.by), min(first.until, second.until), (first.number, second.number))


def sign(state: GateState, actor: str, reason: str, until: datetime, people: People) -> Answer:
    """Return the event of one signature, or why not."""
    refusals = tuple(_refusals(state, actor, reason, until, people))
    if refusals:
        return refused(state, actor, "sign an emergency permit", refusals)
    payload = {
        "gate": state.gate.key,
        "scope": str(state.scope),
        "by": actor,
        "reason": reason.strip(),
        "until": stamp(until),
        **right_of(state, actor, people),
    }
    others = {one.by for one in _signatures(state, people)} - {actor}
    return Answer((Happening(EMERGENCY, payload),), lacking=0 if others else 1)


def _signatures(state: GateState, people: People) -> list[Signature]:
    """Return the signatures that count: not yet ended, by people who may decide the gate."""
    holders = set(people.holders(state.gate.decides.role, state.scope))
    return [one for one in state.history.signatures if one.until > state.moment and one.by in holders]


def _refusals(state: GateState, actor: str, reason: str, until: datetime, people: People) -> Iterable[No]:
    holders = sorted(people.holders(state.gate.decides.role, state.scope))
    if actor not in holders:
        said = f"{actor} is not {state.gate.decides.role} for {state.scope}."
        yield No("E2", said, f"Those who are: {', '.join(holders) or 'nobody'}.")
    if not reason.strip():
        yield No("E2", "An emergency needs a reason.", "Say what happened: `--reason '…'`.")
    if until <= state.moment:
        yield No("E3", "It would have ended already.", "Name an end that is to come.")
    if until - state.moment > LONGEST:
        yield No("E3", f"An emergency lasts {LONGEST.days} days at most.", "Name an earlier end, or decide the gate.")
    if any(one.by == actor and one.until > state.moment for one in state.history.signatures):
        yield No("E2", f"{actor} has signed already.", "A second person has to sign.")


def _why(state: GateState) -> str:
    lacking = [f"{one.criterion.key} is {one.status}" for one in state.unsettled]
    lacking += [f"the condition {one.key} is overdue" for one in state.overdue]
    if not state.criteria:
        lacking = ["it has no criteria"]
    decision = state.history.decision
    if not lacking:
        lacking = [f"the decision #{decision.number} is a {decision.choice}" if decision else "nobody has decided yet"]
    return f"The gate {state.gate.key} for {state.scope} is {state.verdict}: {', '.join(lacking)}."
