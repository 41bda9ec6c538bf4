"""Which gates does a programme have, and for whom? Read from its playbooks and its workspace.

L1  Every fault of every file of gates is a finding with its place; a gate that has one is not asked.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping

from lockgate.gates.criteria.definition import Gate
from lockgate.gates.criteria.merging import Merged, Source, merge
from lockgate.gates.criteria.written import GatesFile
from lockgate.kernel.finding import Finding
from lockgate.kernel.practice import FileKind
from lockgate.kernel.scope import PROGRAMME, Level, Scope
from lockgate.workspace import Document, Workspace, parse

GATES = FileKind("gates", "programme/gates.yaml", "lockgate.gates.criteria.written:GatesFile")


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


def gates_in(playbooks: Iterable[Document]) -> tuple[Gate, ...]:
    """Return the gates that playbooks bring, without what a programme changes in them."""
    read = ((document.path, parse(document, GatesFile)[0]) for document in playbooks)
    return merge([Source(path, content, playbook=True) for path, content in read if content]).gates


def scopes_of(gate: Gate, workspace: Workspace) -> list[Scope]:
    """Return for whom a gate is asked."""
    if gate.level is Level.PROGRAMME:
        return [PROGRAMME]
    return [Scope(gate.level, key) for key in workspace.keys(str(gate.level))]


def _findings(merged: Merged, documents: Mapping[str, Document]) -> Iterator[Finding]:
    for problem in merged.problems:
        at = documents[problem.file].at(problem.keys)
        yield Finding(at, problem.code, problem.message, problem.hint)
