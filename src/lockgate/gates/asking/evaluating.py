"""May the gate open? A pure function of the gate, the facts and the moment.

G1  A gate without criteria is undecidable: nothing asked is not everything met.
G2  A criterion counts as settled when it is met, waived, or covered by a condition that is not overdue.
G3  A condition that is overdue closes the gate. One that names a criterion is fulfilled when that is met.
G4  Open takes a standing go and everything settled; everything settled without a decision is ready; a no-go closes.
G5  When all that is not settled could not be looked at, the gate is undecidable; one sure no closes it.
G6  A waiver of what was not known does not cover a sure no: who accepts that a test is missing has not accepted that it
    failed.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import cached_property

from lockgate.gates.asking.keeping import ask_register
from lockgate.gates.asking.measuring import ask_evidence
from lockgate.gates.asking.outcome import NEAREST, SEVEREST, Part, Status, together
from lockgate.gates.criteria.definition import Criterion, Either, Every, Gate, Kept, Measured, Question
from lockgate.gates.facts.history import Choice, Condition, History, Waiver
from lockgate.gates.facts.wanted import Facts
from lockgate.kernel.canonical import digest
from lockgate.kernel.scope import Scope


class GateVerdict(StrEnum):
    """Whether the stage may be left."""

    OPEN = "open"
    READY = "ready"
    """Nothing stands in the way, but nobody has decided yet."""
    CLOSED = "closed"
    UNDECIDABLE = "undecidable"


@dataclass(frozen=True, slots=True)
class CriterionState:
    """How one criterion stands, and what people said to it."""

    criterion: Criterion
    found: Part
    waiver: Waiver | None = None
    conditions: tuple[Condition, ...] = ()
    """Of the standing decision, not yet fulfilled."""

    @property
    def status(self) -> Status:
        """Return the status with the waiver counted."""
        return Status.WAIVED if self.waiver else self.found.status

    @property
    def settled(self) -> bool:
        """True when it does not keep the gate closed; overdue conditions are the gate's business (G2)."""
        return self.status in {Status.MET, Status.WAIVED} or bool(self.conditions)


@dataclass(frozen=True)
class GateState:
    """A gate for one scope at one moment; what follows from it is worked out once, since it is asked for often."""

    gate: Gate
    scope: Scope
    moment: datetime
    verdict: GateVerdict
    criteria: tuple[CriterionState, ...]
    history: History
    overdue: tuple[Condition, ...] = ()

    @property
    def standing(self) -> str:
        """Return a digest of what is asked and how it stands: votes are cast on it."""
        return digest({one.criterion.key: [str(one.status), repr(one.criterion.question)] for one in self.criteria})

    @cached_property
    def unsettled(self) -> tuple[CriterionState, ...]:
        """Return the criteria that keep the gate closed."""
        return tuple(state for state in self.criteria if not state.settled)

    def count(self, status: Status) -> int:
        """Return how many criteria stand so."""
        return self._counts[status]

    def of(self, key: str) -> CriterionState | None:
        """Return how the criterion of that key stands."""
        return next((state for state in self.criteria if state.criterion.key == key), None)

    @cached_property
    def _counts(self) -> Counter[Status]:
        return Counter(state.status for state in self.criteria)


def evaluate(gate: Gate, scope: Scope, facts: Facts, moment: datetime) -> GateState:
    """Return how the gate stands."""
    found = {criterion.key: ask(criterion.question, scope, facts, moment) for criterion in gate.criteria}
    return judge(gate, scope, found, facts.history(gate.key, scope), moment)


def ask(question: Question, scope: Scope, facts: Facts, moment: datetime) -> Part:
    """Return what the facts say to a question."""
    if isinstance(question, Measured):
        return ask_evidence(question, scope, facts, moment)
    if isinstance(question, Kept):
        return ask_register(question, scope, facts, moment)
    return _group(question, scope, facts, moment)


def judge(gate: Gate, scope: Scope, found: Mapping[str, Part], history: History, moment: datetime) -> GateState:
    """Return how the gate stands when its criteria have been asked."""
    pending = _pending(found, history)
    criteria = tuple(
        CriterionState(
            criterion,
            found[criterion.key],
            _waiver(found[criterion.key], criterion.key, history, moment),
            tuple(condition for condition in pending if condition.criterion == criterion.key),
        )
        for criterion in gate.criteria
    )
    overdue = tuple(condition for condition in pending if condition.due <= moment)
    verdict = _verdict(criteria, history, overdue)
    return GateState(gate, scope, moment, verdict, criteria, history, overdue)


def _group(question: Every | Either, scope: Scope, facts: Facts, moment: datetime) -> Part:
    if not question.parts:
        return Part(Status.UNDECIDABLE, "the group asks nothing")
    parts = [replace(ask(part.question, scope, facts, moment), title=part.title) for part in question.parts]
    return together(parts, NEAREST if isinstance(question, Either) else SEVEREST)


def _waiver(found: Part, key: str, history: History, moment: datetime) -> Waiver | None:
    """Return the waiver that covers the criterion as it is now (G6)."""
    waiver = None if found.status is Status.MET else history.waiver(key, moment)
    worse = waiver is not None and found.status is Status.UNMET and waiver.status != Status.UNMET
    return None if worse else waiver


def _pending(found: Mapping[str, Part], history: History) -> tuple[Condition, ...]:
    """Return the conditions of the standing decision that are not fulfilled (G3)."""
    if history.decision is None or history.decision.choice is not Choice.CONDITIONAL:
        return ()
    met = {key for key, part in found.items() if part.status is Status.MET}
    return tuple(
        condition
        for condition in history.decision.conditions
        if not condition.fulfilled and condition.criterion not in met
    )


def _verdict(criteria: tuple[CriterionState, ...], history: History, overdue: tuple[Condition, ...]) -> GateVerdict:
    if not criteria:
        return GateVerdict.UNDECIDABLE  # G1
    unsettled = [state for state in criteria if not state.settled]
    if overdue or any(state.status is not Status.UNDECIDABLE for state in unsettled):
        return GateVerdict.CLOSED  # G3, G5
    if unsettled:
        return GateVerdict.UNDECIDABLE  # G5
    if history.decision is None:
        return GateVerdict.READY  # G4
    return GateVerdict.CLOSED if history.decision.choice is Choice.NO_GO else GateVerdict.OPEN
