"""How do all gates stand, and what does one more record change? Only what looked at its kind and scope is asked again.

B1  After any record the board says what asking everything anew would say.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from lockgate.gates.asking.evaluating import GateState, ask, judge
from lockgate.gates.asking.outcome import Part
from lockgate.gates.criteria.definition import Gate
from lockgate.gates.facts.history import History
from lockgate.gates.facts.wanted import Declared, Facts, Series, Values
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

    def seen(self, kind: str, scope: Scope) -> tuple[GateState, ...]:
        """Return the gates that stand anew now that evidence of a kind and scope was added to the facts (B1)."""
        touched: dict[tuple[str, Scope], None] = {}
        for key, where, criterion in tuple(self._watched.readers.get((kind, scope), ())):
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
    """Facts that note who looks at which evidence."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self.reader: Question
        self.readers: dict[tuple[str, Scope], dict[Question, None]] = {}

    def series(self, kind: str, scope: Scope) -> Sequence[Series]:
        self.readers.setdefault((kind, scope), {})[self.reader] = None
        return self._facts.series(kind, scope)

    def rows(self, register: str, scope: Scope) -> Sequence[Values] | None:
        return self._facts.rows(register, scope)

    def keys(self, dimension: str, scope: Scope) -> Sequence[Declared] | None:
        return self._facts.keys(dimension, scope)

    def around(self, scope: Scope, level: Level) -> Sequence[Scope]:
        return self._facts.around(scope, level)

    def digest(self, name: str, scope: Scope) -> str | None:
        return self._facts.digest(name, scope)

    def history(self, gate: str, scope: Scope) -> History:
        return self._facts.history(gate, scope)
