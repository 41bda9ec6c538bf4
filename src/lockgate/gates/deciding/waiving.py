"""May this person accept that a criterion is not met? Pure: an event, or all refusals at once.

W1  A waiver has a reason, an end that is to come, and a declared owner who carries the risk.
W2  Only who may decide the gate may waive.
W3  Who produced evidence of the criterion, or owns it, can't waive it.
W4  A criterion that is met has nothing to waive.
W5  It says by which role it was granted, and which record gave the role where it is not declared.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from lockgate.gates.asking.evaluating import CriterionState, GateState
from lockgate.gates.asking.outcome import Status
from lockgate.gates.deciding.answer import Answer, Electorate, Happening, No, had_a_hand, refused, right_of
from lockgate.gates.facts.history import WAIVED
from lockgate.kernel.clock import stamp


@dataclass(frozen=True)
class Plea:
    """What a person wants to be accepted."""

    criterion: str
    by: str
    owner: str
    reason: str
    until: datetime | None


def waive(state: GateState, plea: Plea, who: Electorate) -> Answer:
    """Return the waiver's event, or why not."""
    found = state.of(plea.criterion)
    refusals = tuple(_refusals(state, found, plea, who))
    if refusals or found is None or plea.until is None:
        return refused(state, plea.by, f"waive {plea.criterion}", refusals)
    payload = {
        "gate": state.gate.key,
        "scope": str(state.scope),
        "criterion": plea.criterion,
        "by": plea.by,
        "owner": plea.owner,
        "reason": plea.reason.strip(),
        "until": stamp(plea.until),
        "status": str(found.found.status),
        "evidence": list(found.found.evidence),
        **right_of(state, plea.by, who.people),  # W5
    }
    return Answer((Happening(WAIVED, payload),))


def _refusals(state: GateState, found: CriterionState | None, plea: Plea, who: Electorate) -> Iterable[No]:
    if not plea.reason.strip():
        yield No("W1", "A waiver needs a reason.", "Say why it can be accepted: `--reason '…'`.")
    if plea.until is None:
        yield No("W1", "A waiver needs an end.", "Say until when it holds: `--until 2026-05-31`.")
    elif plea.until <= state.moment:
        yield No("W1", "It would have ended already.", "Name an end that is to come.")
    if not who.people.known(plea.owner):
        said = f"{plea.owner} is not declared." if plea.owner else "Nobody carries the risk."
        yield No("W1", said, "Name an owner of programme/people.yaml: `--owner …`.")
    holders = sorted(who.people.holders(state.gate.decides.role, state.scope))
    if plea.by not in holders:
        said = f"{plea.by} is not {state.gate.decides.role} for {state.scope}."
        yield No("W2", said, f"Those who are: {', '.join(holders) or 'nobody'}.")
    if found is None:
        names = ", ".join(one.criterion.key for one in state.criteria) or "none"
        yield No("W4", f"The gate has no criterion {plea.criterion}.", f"It has: {names}.")
        return
    if found.found.status is Status.MET:
        yield No("W4", f"{plea.criterion} is met.", "There is nothing to waive.")
    if had_a_hand(state, [found], who, plea.by):
        free = [one for one in holders if one != plea.by and not had_a_hand(state, [found], who, one)]
        said = f"{plea.by} owns {plea.criterion} or produced evidence for it."
        yield No("W3", said, f"Somebody else has to: {', '.join(free) or 'nobody can today'}.")
