"""How do all gates stand, and what does one more record change? Only what looked at such evidence is asked again.

B1  After any record the board says what asking everything anew would say.
B2  So it does when time went by: of each answer it is known until when it holds, and once that is over it is asked
    again. The moment of a state is the one at which it was last asked.
B3  So it does when records of registers changed: what looked at rows that are others now is asked again.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from lockgate.gates.asking.evaluating import GateState, ask, judge
from lockgate.gates.asking.lasting import Lasting, of_day, of_evidence, said_until
from lockgate.gates.asking.outcome import Part
from lockgate.gates.criteria.definition import Gate, Kept, Measured, questions
from lockgate.gates.facts.history import History
from lockgate.gates.facts.remembered import RECORDS
from lockgate.gates.facts.wanted import Declared, Facts, Series, Values
from lockgate.kernel.evidence import Evidence
from lockgate.kernel.scope import PROGRAMME, Level, Scope

Question = tuple[str, Scope, str]
"""A gate, for whom, and one of its criteria; without one, what people said of the gate."""
_Place = tuple[str, Scope]


@dataclass(frozen=True)
class News:
    """What came since the gates were last asked."""

    evidence: Sequence[Evidence] = ()
    gates: Iterable[_Place] = ()
    """Those that people said something of."""


class Board:
    """The states of many gates; whoever shares it between threads locks it."""

    def __init__(self, gates: Iterable[tuple[Gate, Scope]], facts: Facts, moment: datetime) -> None:
        """Ask all gates."""
        self._watched = _Watched(facts)
        self._moment = moment
        self._gates = {(gate.key, scope): gate for gate, scope in gates}
        self._found: dict[_Place, dict[str, Part]] = {}
        self._lasting = Lasting[Question]()
        self.states: dict[_Place, GateState] = {}
        for gate, scope in self._gates:
            self.again(gate, scope)

    def again(self, key: str, scope: Scope) -> GateState:
        """Ask one gate anew, as after a decision about it or a change in a register."""
        gate = self._gates[key, scope]
        self._found[key, scope] = {criterion.key: self._ask(gate, scope, criterion.key) for criterion in gate.criteria}
        return self._judged(key, scope)

    def seen(self, evidence: Evidence, facts: Facts | None = None) -> tuple[GateState, ...]:
        """Return the gates that stand anew now that the facts, or newer ones, hold one more piece of evidence (B1)."""
        return self.after(News([evidence]), facts or self._watched.facts, self._moment)

    def after(self, news: News, facts: Facts, moment: datetime) -> tuple[GateState, ...]:
        """Return the gates that stand anew at a later moment, with all that came until then (B1, B2, B3)."""
        self._watched.facts, self._moment = facts, moment
        again: dict[Question, None] = {}
        for evidence in news.evidence:
            again |= dict.fromkeys(self._watched.concerned_by(evidence))
        again |= dict.fromkeys(self._watched.reading_other_rows())
        again |= dict.fromkeys(self._lasting.over(moment))
        again |= {(key, scope, ""): None for key, scope in news.gates if (key, scope) in self._gates}
        touched: dict[_Place, None] = {}
        for key, scope, criterion in again:
            if criterion:
                self._found[key, scope][criterion] = self._ask(self._gates[key, scope], scope, criterion)
            touched[key, scope] = None
        return tuple(self._judged(key, scope) for key, scope in touched)

    def _ask(self, gate: Gate, scope: Scope, key: str) -> Part:
        criterion = next(one for one in gate.criteria if one.key == key)
        watched = self._watched
        watched.begin((gate.key, scope, key), [*questions(criterion.question)], self._moment)
        found = ask(criterion.question, scope, watched, self._moment)
        self._lasting.note(watched.reader, watched.until)
        return found

    def _judged(self, key: str, scope: Scope) -> GateState:
        history = self._watched.history(key, scope)
        state = judge(self._gates[key, scope], scope, self._found[key, scope], history, self._moment)
        self._lasting.note((key, scope, ""), said_until(history, self._moment))
        self.states[key, scope] = state
        return state


@dataclass
class _Read:
    """The records of a register that were looked at, and by whom."""

    rows: Sequence[Values] | None
    readers: dict[Question, None] = field(default_factory=dict)


class _Watched:
    """Facts that note who looks at which evidence and records, who was told which digest, and how long that holds."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.reader: Question
        self.until: datetime | None = None
        self._asking: Sequence[Measured | Kept] = ()
        self._moment: datetime
        self._readers: dict[tuple[str, Scope], dict[Question, None]] = {}
        self._told: dict[str, dict[tuple[Scope, str | None], dict[Question, None]]] = {}
        self._rows: dict[tuple[str, Scope], _Read] = {}
        self._whole: dict[str, Sequence[Values] | None] = {}

    def begin(self, reader: Question, asking: Sequence[Measured | Kept], moment: datetime) -> None:
        """Note who asks from now on."""
        self.reader, self._asking, self._moment, self.until = reader, asking, moment, None

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

    def reading_other_rows(self) -> Iterator[Question]:
        """Yield the questions that looked at records which are others now.

        Where all rows of a register are the very same as before, so are those of each scope.
        """
        whole = {register: self.facts.rows(register, PROGRAMME) for register in {key for key, _ in self._rows}}
        others = {key for key, rows in whole.items() if key not in self._whole or rows is not self._whole[key]}
        self._whole = whole
        for (register, scope), read in self._rows.items():
            if register not in others:
                continue
            now = self.facts.rows(register, scope)
            if now is not read.rows and not _same(now, read.rows):
                yield from read.readers
            read.rows = now

    def series(self, kind: str, scope: Scope) -> Sequence[Series]:
        self._readers.setdefault((kind, scope), {})[self.reader] = None
        found = self.facts.series(kind, scope)
        for question in self._asking:
            if isinstance(question, Measured) and question.kind == kind:
                self._holds(of_evidence(question, found, self._moment))
        return found

    def rows(self, register: str, scope: Scope) -> Sequence[Values] | None:
        found = self.facts.rows(register, scope)
        read = self._rows.setdefault((register, scope), _Read(found))
        read.readers[self.reader] = None
        self._holds(of_day(self._moment))
        return found

    def keys(self, dimension: str, scope: Scope) -> Sequence[Declared] | None:
        return self.facts.keys(dimension, scope)

    def around(self, scope: Scope, level: Level) -> Sequence[Scope]:
        return self.facts.around(scope, level)

    def digest(self, name: str, scope: Scope) -> str | None:
        if name.startswith(RECORDS):
            self.rows(name.removeprefix(RECORDS), PROGRAMME)  # another digest comes with other rows
        found = self.facts.digest(name, scope)
        self._told.setdefault(name, {}).setdefault((scope, found), {})[self.reader] = None
        return found

    def history(self, gate: str, scope: Scope) -> History:
        return self.facts.history(gate, scope)

    def _holds(self, until: datetime | None) -> None:
        if until is not None and (self.until is None or until < self.until):
            self.until = until


def _same(one: Sequence[Values] | None, other: Sequence[Values] | None) -> bool:
    """Return whether these are the very same rows: a record that changed has a row of its own."""
    if one is None or other is None or len(one) != len(other):
        return False
    return all(left is right for left, right in zip(one, other, strict=True))
