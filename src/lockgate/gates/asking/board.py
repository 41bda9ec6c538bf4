"""How do all gates stand, and what does one more record change? Only what looked at such evidence is asked again.

B1  After any record the board says what asking everything anew would say.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from lockgate.gates.asking.evaluating import GateState, ask, judge
from lockgate.gates.asking.outcome import Part
from lockgate.gates.criteria.definition import Gate
from lockgate.gates.facts.history import History
from lockgate.gates.facts.wanted import Declared, Facts, Series, Values
from lockgate.kernel.evidence import Evidence
from lockgate.kernel.scope import Level, Scope

Question = tuple[str, Scope, str]
"""A gate, for whom, and one of its criteria."""


class Board:
    """The states of many gates at one moment."""

    def __init__(self, gates: Iterable[tuple[Gate, Scope]], facts: Facts, moment: datetime) -> None:
        """Ask all gates."""
        self._watched = _Watched(facts)
        self._moment = moment
        self._gates = {(gate.key, scope): gate for gate, scope in gates}
        self._found: dict[tuple[str, Scope], dict[str, Part]] = {}
        self.states: dict[tuple[str, Scope], GateState] = {}
        for gate, scope in self._gates:
            self.again(gate, scope)

    def again(self, key: str, scope: Scope) -> GateState:
        """Ask one gate anew, as after a decision about it or a change in a register."""
        gate = self._gates[key, scope]
        self._found[key, scope] = {criterion.key: self._ask(gate, scope, criterion.key) for criterion in gate.criteria}
        return self._judged(key, scope)

    def seen(self, evidence: Evidence, facts: Facts | None = None) -> tuple[GateState, ...]:
        """Return the gates that stand anew now that the facts, or newer ones, hold one more piece of evidence (B1)."""
        self._watched.facts = facts or self._watched.facts
        touched: dict[tuple[str, Scope], None] = {}
        for key, where, criterion in self._watched.concerned_by(evidence):
            self._found[key, where][criterion] = self._ask(self._gates[key, where], where, criterion)
            touched[key, where] = None
        return tuple(self._judged(key, where) for key, where in touched)

    def _ask(self, gate: Gate, scope: Scope, key: str) -> Part:
        criterion = next(one for one in gate.criteria if one.key == key)
        self._watched.reader = (gate.key, scope, key)
        return ask(criterion.question, scope, self._watched, self._moment)

    def _judged(self, key: str, scope: Scope) -> GateState:
        history = self._watched.history(key, scope)
        state = judge(self._gates[key, scope], scope, self._found[key, scope], history, self._moment)
        self.states[key, scope] = state
        return state


class _Watched:
    """Facts that note who looks at which evidence, and who was told which digest."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.reader: Question
        self._readers: dict[tuple[str, Scope], dict[Question, None]] = {}
        self._told: dict[str, dict[tuple[Scope, str | None], dict[Question, None]]] = {}

    def concerned_by(self, evidence: Evidence) -> tuple[Question, ...]:
        """Return the questions that looked at such evidence, or were told a digest that it has changed."""
        found = dict(self._readers.get((evidence.kind, evidence.scope), {}))
        names = [*evidence.inputs]
        if evidence.instance is not None:
            names.append(f"database:{evidence.instance.name}")
        for name in names:
            told = self._told.get(name, {})
            for scope, digest in [one for one in told if self.facts.digest(name, one[0]) != one[1]]:
                found |= told.pop((scope, digest))
        return tuple(found)

    def series(self, kind: str, scope: Scope) -> Sequence[Series]:
        self._readers.setdefault((kind, scope), {})[self.reader] = None
        return self.facts.series(kind, scope)

    def rows(self, register: str, scope: Scope) -> Sequence[Values] | None:
        return self.facts.rows(register, scope)

    def keys(self, dimension: str, scope: Scope) -> Sequence[Declared] | None:
        return self.facts.keys(dimension, scope)

    def around(self, scope: Scope, level: Level) -> Sequence[Scope]:
        return self.facts.around(scope, level)

    def digest(self, name: str, scope: Scope) -> str | None:
        found = self.facts.digest(name, scope)
        self._told.setdefault(name, {}).setdefault((scope, found), {})[self.reader] = None
        return found

    def history(self, gate: str, scope: Scope) -> History:
        return self.facts.history(gate, scope)
