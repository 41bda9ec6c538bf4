"""Which gates does a programme have? Those of its playbooks, with what it adds and tightens.

P1  A gate or criterion with a new key is added; one with a known key changes what is given there and keeps the rest.
P2  What the programme loosens needs a recorded decision. Without one it is a problem, and the playbook's stands.
P3  Of two playbooks that disagree the stricter one holds: what the later one would loosen is passed over.
P4  A problem names the file and the path of keys where it stands. A gate with one is left out: better no answer than
    half a question; the problem itself stops whoever asks.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from lockgate.gates.criteria.definition import (
    Ask,
    Criterion,
    Decides,
    Each,
    Either,
    Every,
    Gate,
    Kept,
    Measured,
    Question,
    Trend,
    questions,
)
from lockgate.gates.criteria.placeholders import placeholders
from lockgate.gates.criteria.tightening import gate_loosened, loosened
from lockgate.gates.criteria.written import AskWritten, CriterionWritten, GatesFile, GateWritten, misfit

Keys = tuple[str | int, ...]


@dataclass(frozen=True)
class Problem:
    """A mistake in a file of gates."""

    file: str
    keys: Keys
    code: str
    message: str
    hint: str = ""


@dataclass(frozen=True)
class Source:
    """A file of gates that was read."""

    file: str
    content: GatesFile
    playbook: bool = False


@dataclass(frozen=True)
class Merged:
    """The gates of a programme, and what is wrong with how they are written."""

    gates: tuple[Gate, ...]
    problems: tuple[Problem, ...]


W = TypeVar("W", GateWritten, CriterionWritten)


@dataclass(frozen=True)
class _Place:
    """Where something is written."""

    source: Source
    keys: Keys


@dataclass
class _Standing(Generic[W]):
    """A gate or criterion as far as it is put together."""

    written: W
    place: _Place


@dataclass
class _StandingGate(_Standing[GateWritten]):
    criteria: dict[str, _Standing[CriterionWritten]] = field(default_factory=dict)


def merge(sources: Sequence[Source], decisions: Collection[str] = ()) -> Merged:
    """Return the gates that the files make together; `decisions` are the ids of those that were taken."""
    work = _Merging(decisions)
    for source in sources:
        work.file(source)
    gates = [work.finished(gate) for gate in work.gates.values()]
    return Merged(tuple(gate for gate in gates if gate), tuple(work.problems))


class _Merging:
    def __init__(self, decisions: Collection[str]) -> None:
        self.decisions = decisions
        self.gates: dict[str, _StandingGate] = {}
        self.problems: list[Problem] = []

    def file(self, source: Source) -> None:
        """Take in the gates of one file (P1)."""
        for new, place in self._once(source.content.gates, source, ("gates",)):
            standing = self.gates.get(new.key)
            if standing is not None:
                self._change(standing, new, place, gate_loosened)
            elif self._may_begin(new, place):
                standing = self.gates[new.key] = _StandingGate(new, place)
            if standing is None:
                continue
            self._criteria(standing, new, place)
            if standing.written.drop:
                del self.gates[new.key]

    def _criteria(self, gate: _StandingGate, new: GateWritten, place: _Place) -> None:
        for criterion, where in self._once(new.criteria, place.source, (*place.keys, "criteria")):
            standing = gate.criteria.get(criterion.key)
            if standing is not None:
                self._change(standing, criterion, where, loosened)
                if standing.written.drop:
                    del gate.criteria[criterion.key]
            elif self._may_begin(criterion, where):
                gate.criteria[criterion.key] = _Standing(criterion, where)

    def _once(self, written: Sequence[W], source: Source, keys: Keys) -> Iterator[tuple[W, _Place]]:
        """Yield what is written, each with its place, and pass over a key that was there before."""
        seen: set[str] = set()
        for number, one in enumerate(written):
            place = _Place(source, (*keys, number))
            if one.key in seen:
                said = f"{one.key} is written twice here"
                self._problem(place, "double-key", said, "Rename one, or make one of the two.", keys=("key",))
            else:
                seen.add(one.key)
                yield one, place

    def _may_begin(self, new: GateWritten | CriterionWritten, place: _Place) -> bool:
        if new.drop:
            said = f"no playbook has {new.key}, so it can't be left out"
            self._problem(place, "nothing-to-drop", said, "Remove it, or correct its `key`.", keys=("drop",))
        return not new.drop

    def _change(self, old: _Standing[W], new: W, place: _Place, weigh: Callable[[W, W], list[str]]) -> None:
        """Put the new keys over the old ones, unless that would loosen without a decision (P2, P3)."""
        given = {name: getattr(new, name) for name in new.model_fields_set if name != "criteria"}
        whole = old.written.model_copy(update=given)
        weaker = weigh(old.written, whole)
        if not weaker or new.by_decision in self.decisions:
            old.written, old.place = whole, place
        elif not place.source.playbook:
            self._loosened(new, weaker, place)

    def _loosened(self, new: GateWritten | CriterionWritten, weaker: list[str], place: _Place) -> None:
        said = f"{new.key} asks less than the playbook: {'; '.join(weaker)}"
        if new.by_decision:
            hint = f"{new.by_decision} is not a decision that was taken."
            self._problem(place, "undecided-loosening", said, hint, keys=("by_decision",))
        else:
            hint = "Have it decided, and name the decision: `by_decision: DEC-…`."
            self._problem(place, "undecided-loosening", said, hint)

    def _problem(self, place: _Place, code: str, message: str, hint: str = "", *, keys: Keys = ()) -> None:
        self.problems.append(Problem(place.source.file, (*place.keys, *keys), code, message, hint))

    def finished(self, standing: _StandingGate) -> Gate | None:
        """Return the gate when nothing is lacking in it (P4)."""
        written = standing.written
        before = len(self.problems)
        for name in ("stage", "scope", "decides"):
            if getattr(written, name) is None:
                said = f"the gate {written.key} lacks `{name}`"
                hint = f"No playbook has this gate: add `{name}: …`, or correct its `key`."
                self._problem(standing.place, "lacking-key", said, hint)
        criteria = [self._finished(one, written) for one in standing.criteria.values()]
        if len(self.problems) > before or not (written.stage and written.scope and written.decides):
            return None
        return Gate(
            written.key,
            written.stage,
            written.scope,
            written.title or written.key,
            Decides(written.decides.role, written.decides.quorum),
            tuple(criterion for criterion in criteria if criterion),
            written.objective or "",
            tuple(written.guards or ()),
        )

    def _finished(self, standing: _Standing[CriterionWritten], gate: GateWritten) -> Criterion | None:
        written = standing.written
        faults = list(_faults(written))
        for code, said, hint, key in faults:
            keys = (key,) if key else ()
            self._problem(standing.place, code, f"{written.key}: {said}", hint, keys=keys)
        if faults:
            return None
        question = question_of(written)
        known = {str(gate.scope), "scope", "gate", "criterion"}
        known.update(each.of for asked in questions(question) for each in asked.each)
        for name in placeholders(written.do or ""):
            if name not in known:
                said = f"{written.key}: `do` asks for {{{name}}}, and nothing here says which that is"
                hint = f"Known are {', '.join(sorted(known))}."
                self._problem(standing.place, "unknown-placeholder", said, hint, keys=("do",))
        return Criterion(
            written.key,
            written.title or written.key,
            question,
            written.owner or "",
            written.why or "",
            written.do or "",
            tuple(written.serves or ()),
        )


def question_of(written: AskWritten) -> Question:
    """Return the question of a criterion, or of a part of one, in which nothing is lacking."""
    each = tuple(Each(one.of, tuple(one.where)) for one in written.each or ())
    require = tuple(written.require or ())
    if written.evidence is not None:
        trend = written.trend
        return Measured(
            written.evidence.kind,
            tuple(written.evidence.where),
            written.evidence.at,
            each,
            require,
            written.last or 1,
            written.fresh,
            written.inputs != "any",
            Trend(trend.measure, trend.direction, trend.over) if trend else None,
        )
    if written.register_ is not None:
        return Kept(written.register_, tuple(written.where or ()), each, require, tuple(written.every or ()))
    parts = tuple(Ask(part.title, question_of(part)) for part in written.all_ or written.any_ or ())
    return Every(parts) if written.all_ is not None else Either(parts)


def _faults(written: AskWritten) -> Iterator[tuple[str, str, str, str]]:
    """Yield what is wrong with a criterion that is put together: code, message, hint, key."""
    wrong, instead, key = misfit(written)
    if wrong:
        yield "mixed-question", wrong, instead, key
    elif not written.asks:
        yield "no-question", "it asks nothing", "Give it `evidence`, `register`, `all` or `any`.", ""
    elif written.asks == "register" and not (written.require or written.every):
        hint = "Say `require: [count = 0]`, or `every: […]` for what each record must satisfy."
        yield "no-requirement", f"nothing is required of the register {written.register_}", hint, ""
    for part in (*(written.all_ or ()), *(written.any_ or ())):
        yield from _faults(part)
