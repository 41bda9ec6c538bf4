"""Why does the gate stand so? A tree down to the evidence numbers, as plain data that is shown, kept and compared."""

from collections.abc import Iterable
from typing import Any

from typing_extensions import TypedDict

from lockgate.gates.asking.evaluating import CriterionState, GateState, GateVerdict
from lockgate.gates.asking.outcome import Part, Status
from lockgate.gates.deciding.voting import saw
from lockgate.gates.facts.history import Condition, Vote
from lockgate.gates.facts.wanted import People
from lockgate.gates.showing.filling import commands
from lockgate.kernel.clock import stamp


class PartTree(TypedDict):
    """One thing that a criterion asks about."""

    about: str
    status: str
    because: str
    evidence: list[int]
    parts: list["PartTree"]


class CriterionTree(TypedDict):
    """One criterion."""

    id: str
    title: str
    status: str
    because: str
    evidence: list[int]
    do: str
    commands: list[str]
    owner: str
    act: list[str]
    why: str
    serves: list[str]
    waiver: dict[str, Any] | None
    conditions: list[dict[str, Any]]
    parts: list[PartTree]


class Change(TypedDict):
    """What stands otherwise than when the gate was decided."""

    criterion: str
    then: str | None
    now: str | None
    evidence_then: list[int]
    evidence_now: list[int]


class GateTree(TypedDict):
    """The keys of `gate explain --json`."""

    gate: str
    title: str
    stage: str
    scope: str
    verdict: str
    because: str
    as_of: str
    decides: dict[str, Any]
    decision: dict[str, Any] | None
    votes: list[dict[str, Any]]
    changed: list[Change]
    overdue: list[dict[str, Any]]
    criteria: list[CriterionTree]


def explain(state: GateState, people: People) -> GateTree:
    """Return the tree of a gate."""
    decides = state.gate.decides
    return GateTree(
        gate=state.gate.key,
        title=state.gate.title,
        stage=state.gate.stage,
        scope=str(state.scope),
        verdict=str(state.verdict),
        because=because(state),
        as_of=stamp(state.moment),
        decides={
            "role": decides.role,
            "quorum": decides.quorum,
            "people": sorted(people.holders(decides.role, state.scope)),
            "given": dict(sorted(people.given(decides.role, state.scope).items())),
        },
        decision=_decision(state),
        votes=[_vote(vote) for vote in state.history.votes if vote.standing == state.standing],
        changed=changed(state),
        overdue=[condition.as_dict() for condition in state.overdue],
        criteria=[_criterion(state, found, people) for found in state.criteria],
    )


def because(state: GateState) -> str:
    """Say in a line why the gate stands so."""
    if not state.criteria:
        return "It has no criteria: nothing asked is not everything met."
    if state.overdue:
        return f"Overdue: {'; '.join(_condition(condition) for condition in state.overdue)}."
    if state.unsettled:
        names = ", ".join(f"{found.criterion.key} ({found.status})" for found in state.unsettled)
        return f"{len(state.unsettled)} of {len(state.criteria)} criteria are lacking: {names}."
    if state.history.decision is None:
        return f"Nothing stands in its way; {state.gate.decides.role} has not decided yet."
    choice = "no-go" if state.verdict is GateVerdict.CLOSED else str(state.history.decision.choice)
    return f"The decision #{state.history.decision.number} stands: {choice}."


def criterion_because(found: CriterionState) -> str:
    """Say in a line why a criterion stands so."""
    said = _met(found.found) if found.found.status is Status.MET else found.found.because
    if found.waiver:
        waiver = found.waiver
        said = f"{waiver.by} waived it until {stamp(waiver.until)[:10]}: {waiver.reason} ({found.found.status}: {said})"
    return "; ".join([said, *(f"condition {_condition(condition)}" for condition in found.conditions)])


def changed(state: GateState) -> list[Change]:
    """Return what stands otherwise than when the gate was last decided."""
    if state.history.decision is None:
        return []
    then, now = state.history.decision.saw, saw(state)
    return [
        Change(
            criterion=key,
            then=then.get(key, {}).get("status"),
            now=now.get(key, {}).get("status"),
            evidence_then=list(then.get(key, {}).get("evidence", ())),
            evidence_now=now.get(key, {}).get("evidence", []),
        )
        for key in dict.fromkeys([*now, *then])
        if then.get(key) != now.get(key)
    ]


def _criterion(state: GateState, found: CriterionState, people: People) -> CriterionTree:
    criterion, helps = found.criterion, commands(state, found)
    owner = criterion.owner or state.gate.decides.role
    acting = sorted(people.holders(owner, state.scope)) if not found.settled else []
    return CriterionTree(
        id=criterion.key,
        title=criterion.title,
        status=str(found.status),
        because=criterion_because(found),
        evidence=list(found.found.evidence),
        do=helps[0] if helps else "",
        commands=list(helps),
        owner=owner,
        act=acting,
        why=criterion.why,
        serves=list(criterion.serves),
        waiver=_waiver(found),
        conditions=[condition.as_dict() for condition in found.conditions],
        parts=_parts(found.found.parts),
    )


def _parts(parts: Iterable[Part]) -> list[PartTree]:
    return [
        PartTree(
            about=part.name,
            status=str(part.status),
            because=_met(part) if part.status is Status.MET else part.because,
            evidence=list(part.evidence),
            parts=_parts(part.parts),
        )
        for part in parts
    ]


def _met(part: Part) -> str:
    if part.parts:
        return f"{len(part.parts)} of {len(part.parts)} hold"
    return f"so says {', '.join(f'#{number}' for number in part.evidence)}" if part.evidence else "it holds"


def _decision(state: GateState) -> dict[str, Any] | None:
    decision = state.history.decision
    if decision is None:
        return None
    return {
        "number": decision.number,
        "choice": str(decision.choice),
        "votes": [_vote(vote) for vote in decision.votes],
        "dissent": [vote.by for vote in decision.dissent],
        "conditions": [{**one.as_dict(), "fulfilled": _fulfilled(state, one)} for one in decision.conditions],
        "basis": dict(decision.basis),
    }


def _fulfilled(state: GateState, condition: Condition) -> bool:
    about = state.of(condition.criterion)
    met = about is not None and about.found.status is Status.MET
    return condition.fulfilled or met


def _vote(vote: Vote) -> dict[str, Any]:
    return {
        "by": vote.by,
        "choice": str(vote.choice),
        "reason": vote.reason,
        "for": vote.behalf,
        "role": vote.role,
        "given": vote.given,
        "lent": vote.lent,
    }


def _waiver(found: CriterionState) -> dict[str, Any] | None:
    waiver = found.waiver
    if waiver is None:
        return None
    return {
        "number": waiver.number,
        "by": waiver.by,
        "owner": waiver.owner,
        "reason": waiver.reason,
        "until": stamp(waiver.until),
        "waived_when": waiver.status,
        "without": str(found.found.status),
    }


def _condition(condition: Condition) -> str:
    return f"{condition.key} ({condition.owner}, due {stamp(condition.due)[:10]}): {condition.text}"
