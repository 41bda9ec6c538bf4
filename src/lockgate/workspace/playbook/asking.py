"""Do the gates of a playbook ask for what there can be? Their references, told with the place where each stands.

How a gate is written is checked where gates are read; this looks at what it names.

A1  Stages, roles, registers and kinds of evidence are declared.
A2  A comparison names what a kind of evidence measures or is about, or a field of the register.
A3  Evidence is asked for where it is taken: that of a site by a site, or `each: [site]` by what is wider; that of a
    wave or of the programme by a site with `at`.
A4  `each` names a dimension that the evidence is about.
A5  A comparison with a KPI names one that the playbook defines.
A6  Every criterion says whom it serves, why it matters, and who acts.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Self

from lockgate.kernel.comparison import Name, parse_comparison
from lockgate.kernel.finding import Finding
from lockgate.kernel.register import OF_EVERY_RECORD, Register
from lockgate.kernel.scope import Level
from lockgate.workspace.playbook.catalogue import PLACES, KindFile
from lockgate.workspace.text.document import Document, Steps
from lockgate.workspace.words import advice

_COUNTS = frozenset({"count", "total"})
_WIDTH = {Level.PROGRAMME: 0, Level.WAVE: 1, Level.SITE: 2}
_NEEDED = ("title", "why", "owner", "serves")


@dataclass(frozen=True)
class Known:
    """What gates may name."""

    stages: Collection[str]
    roles: Collection[str] | None
    """None while they are in doubt: then none is missed."""
    kpis: Collection[str]
    registers: Mapping[str, Register]
    kinds: Mapping[str, KindFile]

    @classmethod
    def of(
        cls,
        known: Mapping[str, Collection[str] | None],
        registers: Mapping[str, Register],
        kinds: Mapping[str, KindFile],
    ) -> Self:
        """Return it from the keys by dimension."""
        stages, kpis = known.get("stage") or (), known.get("kpi") or ()
        return cls(stages, known.get("role", ()), kpis, registers, kinds)


def gates_in(document: Document) -> list[str]:
    """Return the keys of the gates in a file."""
    return [str(gate.get("key")) for _, gate in _rows(document.data, "gates")]


def faults(document: Document, known: Known) -> Iterator[Finding]:
    """Yield every reference that leads nowhere."""
    for number, gate in _rows(document.data, "gates"):
        look = _Look(document, known, gate.get("scope"))
        at: Steps = ("gates", number)
        yield from look.named(gate.get("stage"), known.stages, (*at, "stage"), "stage")
        decides = gate.get("decides")
        if isinstance(decides, dict):
            yield from look.named(decides.get("role"), known.roles, (*at, "decides", "role"), "role")
        for place, criterion in _rows(gate, "criteria"):
            yield from look.criterion(criterion, (*at, "criteria", place))


@dataclass(frozen=True)
class _Look:
    document: Document
    known: Known
    scope: Any

    def criterion(self, criterion: Mapping[str, Any], at: Steps) -> Iterator[Finding]:
        for name in _NEEDED:  # A6
            if not criterion.get(name):
                message = f"`{criterion.get('key')}` does not say its {name}"
                yield self._finding(at, "missing-key", message, "Every criterion of a playbook does.")
        yield from self.named(criterion.get("owner"), self.known.roles, (*at, "owner"), "role")
        yield from self.question(criterion, at)

    def question(self, asked: Mapping[str, Any], at: Steps) -> Iterator[Finding]:
        """Yield what is wrong with one question, and with those inside of it."""
        if isinstance(asked.get("evidence"), dict):
            yield from self.evidence(asked, asked["evidence"], at)
        if "register" in asked:
            yield from self.register(asked, at)
        for group in ("all", "any"):
            for number, part in _rows(asked, group):
                yield from self.question(part, (*at, group, number))

    def evidence(self, asked: Mapping[str, Any], evidence: Mapping[str, Any], at: Steps) -> Iterator[Finding]:
        kind = self.known.kinds.get(str(evidence.get("kind")))
        if kind is None:
            yield from self.named(evidence.get("kind"), self.known.kinds, (*at, "evidence", "kind"), "kind of evidence")
            return
        each = [_dimension(one) for one in asked.get("each") or ()]
        for number, name in enumerate(each):
            if name not in PLACES:
                yield from self.named(name, kind.subject, (*at, "each", number), f"subject of {kind.kind}")  # A4
        kpis = {"kpi": self.known.kpis} if self.known.kpis else None
        yield from self._compared(evidence.get("where"), kind.names, (*at, "evidence", "where"), kpis)  # A5
        yield from self._compared(asked.get("require"), kind.names, (*at, "require"))
        trend = asked.get("trend")
        if isinstance(trend, dict):
            yield from self.named(trend.get("measure"), kind.measures, (*at, "trend", "measure"), "measure")
        yield from self._taken(kind, each, evidence.get("at"), at)

    def _taken(self, kind: KindFile, each: list[str], level: Any, at: Steps) -> Iterator[Finding]:  # A3
        reached = next((place for place in reversed(each) if place in PLACES), None) or level or self.scope
        if reached != str(kind.scope) and reached in set(Level):
            wider = _WIDTH[kind.scope] < _WIDTH[Level(str(reached))]
            hint = f"Say `at: {kind.scope}`." if wider else f"Say `each: [{kind.scope}]`."
            yield self._finding(
                (*at, "evidence"), "wrong-scope", f"{kind.kind} is taken per {kind.scope}, not per {reached}", hint
            )

    def register(self, asked: Mapping[str, Any], at: Steps) -> Iterator[Finding]:
        register = self.known.registers.get(str(asked["register"]))
        if register is None:
            yield from self.named(asked["register"], self.known.registers, (*at, "register"), "register")
            return
        fields = {one.key for one in register.fields} | OF_EVERY_RECORD
        choices = {one.key: set(one.choices) for one in register.fields if one.choices}
        choices["state"] = {one.key for one in register.states}
        for part in ("where", "every"):
            yield from self._compared(asked.get(part), fields, (*at, part), choices)
        yield from self._compared(asked.get("require"), _COUNTS, (*at, "require"))
        for number, one in enumerate(asked.get("each") or ()):
            if _dimension(one) not in PLACES:
                yield from self.named(_dimension(one), fields, (*at, "each", number), "field")

    def named(self, given: Any, known: Collection[str] | None, at: Steps, what: str) -> Iterator[Finding]:
        """Yield a finding when something of that name is not known (A1)."""
        if given is not None and known is not None and given not in known:
            yield self._finding(at, "unknown-reference", f"no {what} `{given}` is declared", advice(str(given), known))

    def _compared(
        self, said: Any, names: Collection[str], at: Steps, choices: Mapping[str, Collection[str]] | None = None
    ) -> Iterator[Finding]:  # A2
        for number, text in enumerate(said or ()):
            try:
                comparison = parse_comparison(str(text))
            except ValueError as error:
                yield self._finding((*at, number), "bad-comparison", str(error), "")
                continue
            given = [comparison.left, *(item.name for item in comparison.right if isinstance(item, Name))]
            for name in given:
                yield from self.named(name, names, (*at, number), "name")
            allowed = (choices or {}).get(comparison.left)
            for value in comparison.right if allowed else ():
                yield from self.named(value, allowed or (), (*at, number), comparison.left)

    def _finding(self, at: Steps, code: str, message: str, hint: str) -> Finding:
        return Finding(self.document.at(at), code, message, hint)


def _dimension(one: Any) -> str:
    return str(one.get("of")) if isinstance(one, dict) else str(one)


def _rows(data: Any, name: str) -> list[tuple[int, dict[str, Any]]]:
    rows = data.get(name) if isinstance(data, dict) else None
    return [(number, row) for number, row in enumerate(rows if isinstance(rows, list) else ()) if isinstance(row, dict)]
