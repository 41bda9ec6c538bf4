"""Which gates does a programme have, and what is known to answer them? Read from its playbooks, workspace and ledger.

L1  Every fault of every file of gates is a finding with its place; a gate that has one is not asked.
L2  The facts end where the ledger ended at the moment that is asked about.
L3  Of each series as many records are read as the questions look at; where filters pass records over, more are read
    until there are enough or no more.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from pydantic import BaseModel

from lockgate.gates.definition import Gate, Measured, questions
from lockgate.gates.facts import Declared, Values
from lockgate.gates.history import KINDS, Histories
from lockgate.gates.measuring import EvidenceValues
from lockgate.gates.merging import Merged, Source, merge
from lockgate.gates.remembered import SEEN, Index, Remembered
from lockgate.gates.values import all_hold
from lockgate.gates.written import GatesFile
from lockgate.kernel.finding import Finding
from lockgate.kernel.practice import FileKind
from lockgate.kernel.scope import PROGRAMME, Level, Scope
from lockgate.ledger import Ledger, Recorded
from lockgate.ledger.evidence import RECORDED, evidence_of
from lockgate.ledger.registers.entry import Entries, Entry
from lockgate.workspace import Document, Workspace, parse
from lockgate.workspace.shapes import declaring

GATES = FileKind("gates", "programme/gates.yaml", "lockgate.gates.written:GatesFile")
MOST = 256
"""How many records of a series are looked up one by one; beyond, all are read in a row."""


def gates_of(
    playbooks: Iterable[Document], workspace: Workspace, decisions: Collection[str]
) -> tuple[tuple[Gate, ...], tuple[Finding, ...]]:
    """Return the gates of a programme and all that is wrong with how they are written (L1)."""
    own = [document for path, document in workspace.documents.items() if path == GATES.pattern]
    documents = {document.path: document for document in (*playbooks, *own)}
    sources: list[Source] = []
    findings: list[Finding] = []
    for path, document in documents.items():
        content, faults = parse(document, GatesFile)
        findings.extend(faults)
        if content is not None:
            sources.append(Source(path, content, playbook=path != GATES.pattern))
    merged = merge(sources, decisions)
    return merged.gates, tuple(sorted([*findings, *_findings(merged, documents)]))


def scopes_of(gate: Gate, workspace: Workspace) -> list[Scope]:
    """Return for whom a gate is asked."""
    if gate.level is Level.PROGRAMME:
        return [PROGRAMME]
    return [Scope(gate.level, key) for key in workspace.keys(str(gate.level))]


def facts_of(gates: Iterable[Gate], ledger: Ledger, known: "Known", entries: Entries, moment: datetime) -> Remembered:
    """Return what there is to know at the number of the ledger at which the registers were read (L2)."""
    upto = entries.number
    asked: dict[str, list[Measured]] = {SEEN: []}
    for gate in gates:
        for criterion in gate.criteria:
            for question in questions(criterion.question):
                if isinstance(question, Measured):
                    asked.setdefault(question.kind, []).append(question)
    index = Index.of(record for kind, about in asked.items() for record in _evidence(ledger, kind, about, upto))
    histories = Histories()
    histories.add(ledger.records(upto=upto, kinds=KINDS))
    rows = {name: [row_of(entry, moment) for entry in entries.of(name)] for name in known.registers}
    return Remembered(index, known, rows, histories)


def row_of(entry: Entry, moment: datetime) -> dict[str, Any]:
    """Return a record of a register as comparisons see it."""
    return {
        **entry.values,
        "id": entry.id,
        "state": entry.state,
        "owner": entry.owner or None,
        "raised_by": entry.raised_by,
        "tags": entry.tags,
        "age_days": (moment - entry.raised_at).days,
        "state_days": (moment - entry.since).days,
        "number": entry.number,
    }


@dataclass(frozen=True)
class Known:
    """What the workspace declares, as gates ask for it."""

    workspace: Workspace
    registers: Collection[str] = ()
    dimensions: Collection[str] = ()
    """Those that practices to come will declare: nothing is declared of them yet."""

    def keys(self, dimension: str, scope: Scope) -> Sequence[Declared] | None:
        """Return what is declared of a dimension in the scope, None when nothing can declare it."""
        keys = self.workspace.keys(dimension, scope)
        there = {*self.workspace.dimensions, *self.workspace.known, *self.dimensions, "role", "person", "instance"}
        if not keys and dimension not in there:
            return None
        return [Declared(key, self._said.get((dimension, key), {})) for key in keys]

    def around(self, scope: Scope, level: Level) -> Sequence[Scope]:
        """Return the scopes of that level that hold this one."""
        if level is Level.PROGRAMME:
            return (PROGRAMME,)
        waves = self.workspace.keys("wave", scope) if level is Level.WAVE and scope.level is Level.SITE else ()
        return tuple(Scope(Level.WAVE, key) for key in waves)

    def digest(self, name: str, scope: Scope) -> str | None:  # noqa: ARG002 - a definition has one digest everywhere
        """Return the digest that an input has now."""
        return self.workspace.digests.get(name)

    def declares(self, name: str) -> bool:
        """Return whether an input of that name is the workspace's: a definition, or a file."""
        dimension = name.partition(":")[0]
        return dimension in {*self.workspace.known, *self.workspace.dimensions, *self.dimensions, "file", "programme"}

    def holders(self, role: str, scope: Scope) -> tuple[str, ...]:
        """Return the people who have the role for the scope."""
        return self.workspace.holders(role, scope)

    def known(self, person: str) -> bool:
        """Return whether somebody of that id is declared."""
        return person in self.workspace.people

    @property
    def delegates(self) -> Mapping[str, str]:
        """The deputy of each person who has named one."""
        return {key: person.deputy for key, person in self.workspace.people.items() if person.deputy}

    @cached_property
    def _said(self) -> Mapping[tuple[str, str], Values]:
        found: dict[tuple[str, str], Values] = {
            ("instance", key): instance.model_dump(mode="json") for key, instance in self.workspace.instances.items()
        }
        for models in self.workspace.models.values():
            for model in models.values():
                found.update(_declared(model))
        return found


def _declared(value: Any) -> Iterator[tuple[tuple[str, str], Values]]:
    """Yield what is said of everything that has a key, wherever it stands in a file."""
    if isinstance(value, BaseModel):
        found = declaring(type(value))
        if found is not None:
            said = value.model_dump(mode="json", by_alias=True)
            yield (found[1], str(getattr(value, found[0]))), said
        yield from _declared([getattr(value, name) for name in type(value).model_fields])
    elif isinstance(value, Mapping):
        yield from _declared(list(value.values()))
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _declared(inner)


def _findings(merged: Merged, documents: Mapping[str, Document]) -> Iterator[Finding]:
    for problem in merged.problems:
        at = documents[problem.file].at(problem.keys)
        yield Finding(at, problem.code, problem.message, problem.hint)


def _evidence(ledger: Ledger, kind: str, about: Sequence[Measured], upto: int) -> list[Recorded]:
    """Return the newest records of a kind, as many as the questions look at (L3)."""
    last = max((question.depth for question in about), default=1)
    filtered = [question for question in about if question.where]
    while last <= MOST:
        found = ledger.current_evidence([kind], upto=upto, last=last)
        if all(_enough(question, found, last) for question in filtered):
            return found
        last *= 4
    return [
        Recorded(record.number, evidence_of(record.payload), record.at)
        for record in ledger.records(upto=upto, kinds=(RECORDED,))
        if record.payload["kind"] == kind
    ]


def _enough(question: Measured, found: Iterable[Recorded], last: int) -> bool:
    """Return whether each series that may go on before what was read has as many that match as are looked at."""
    series: dict[tuple[Scope, frozenset[tuple[str, str]]], list[Recorded]] = {}
    for record in found:
        about = (record.evidence.scope, frozenset(record.evidence.subject.items()))
        series.setdefault(about, []).append(record)
    return all(
        len(records) < last
        or sum(all_hold(question.where, EvidenceValues(one.evidence)) is not False for one in records) >= question.depth
        for records in series.values()
    )
