"""What do several playbooks say together? One methodology: parts first, then each playbook in the order named.

C1  What a later folder declares under a key that is known replaces it, except a stage: its deliverables and
    capabilities are added, and what it says of itself replaces what was said.
C2  References are checked over all of them together; each fault is a finding where it stands.
C3  Gates are merged by the rules of gates: of two that disagree the stricter one holds. Here only what they ask is
    checked.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from lockgate.kernel.capability import capabilities
from lockgate.kernel.finding import Finding
from lockgate.workspace.frame.people import Workstream
from lockgate.workspace.models.model import Census, Definition
from lockgate.workspace.models.parsing import examine, parse
from lockgate.workspace.playbook import definition as files
from lockgate.workspace.playbook.asking import Known, faults, gates_in
from lockgate.workspace.playbook.catalogue import catalogue
from lockgate.workspace.playbook.fitting import misfits
from lockgate.workspace.playbook.folders import document, folders
from lockgate.workspace.registers import Registers, shipped
from lockgate.workspace.registers import compose as compose_registers
from lockgate.workspace.text.document import Document

File = TypeVar("File", bound=Definition)
Keyed = TypeVar("Keyed", bound=Definition)


@dataclass(frozen=True)
class Playbook:
    """One or more playbooks put together."""

    names: tuple[str, ...]
    folders: tuple[str, ...]
    workstreams: Mapping[str, Workstream]
    stages: Mapping[str, files.StageFile]
    roles: Mapping[str, files.ServingRole]
    raci: Mapping[str, files.ServingResponsibility]
    decision_rights: Mapping[str, files.ServingRight]
    escalations: Mapping[str, files.ServingEscalation]
    risks: Mapping[str, files.RiskFile]
    questions: Mapping[str, tuple[files.QuestionFile, ...]]
    """By workstream."""
    kpis: Mapping[str, files.KpiFile]
    kpi_sets: Mapping[str, files.KpiSetFile]
    duties: Mapping[str, files.DutyFile]
    jobs: Mapping[str, files.JobFile]
    conflicts: Mapping[str, files.ConflictFile]
    sign_offs: Mapping[str, files.SignOffFile]
    probes: Mapping[str, files.ServingProbe]
    registers: Registers
    gates: tuple[Document, ...]
    """The files of gates, in the order in which they are merged."""
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class _Read:
    document: Document
    model: type[Definition]
    census: Census
    said: Definition | None


@cache
def compose(*playbooks: str) -> Playbook:
    """Return what the playbooks say together, with all that is wrong in them."""
    places = folders(*playbooks)
    read = [_read(found, model) for folder in places for found, model in _files(folder)]
    registers = compose_registers(shipped(*places))
    gates = tuple(found for folder in places if (found := document(folder, "gates.yaml")))
    known = _known(read, registers, gates)
    named = Known.of(known, registers.by_key, catalogue().kinds)
    findings = [*registers.findings]
    findings += [each for file in read for each in parse(file.document, file.model, known=known)[1]]
    findings += [each for found in gates for each in faults(found, named)]
    findings += [each for file in read for each in misfits(file.document, registers.by_key)]
    said = [file.said for file in read if file.said]
    access, people, kpis = _of(said, files.AccessFile), _of(said, files.PlaybookPeopleFile), _of(said, files.KpisFile)
    return Playbook(
        playbooks,
        places,
        _by_key(each for file in _of(said, files.PlaybookFile) for each in file.workstreams),
        _stages(each for file in _of(said, files.StagesFile) for each in file.stages),
        _by_key(each for file in people for each in file.roles),
        _by_key(each for file in people for each in file.raci),
        _by_key(each for file in people for each in file.decision_rights),
        _by_key(each for file in people for each in file.escalations),
        _by_key(each for file in _of(said, files.RisksFile) for each in file.risks),
        _questions(each for file in _of(said, files.QuestionsFile) for each in file.sets),
        _by_key(each for file in kpis for each in file.kpis),
        _by_key(each for file in kpis for each in file.sets),
        _by_key(each for file in access for each in file.duties),
        _by_key(each for file in access for each in file.jobs),
        _by_key(each for file in access for each in file.conflicts),
        _by_key(each for file in _of(said, files.SignOffsFile) for each in file.sign_offs),
        _by_key(each for file in _of(said, files.PlaybookProbesFile) for each in file.probes),
        registers,
        gates,
        tuple(sorted(findings)),
    )


def _files(folder: str) -> Iterable[tuple[Document, type[Definition]]]:
    for name, model in files.FILES.items():
        found = document(folder, name)
        if found is not None:
            yield found, model


def _read(found: Document, model: type[Definition]) -> _Read:
    census = Census(found.path)
    said, _ = examine(found, model, census=census)
    return _Read(found, model, census, said)


def _known(read: Iterable[_Read], registers: Registers, gates: Iterable[Document]) -> dict[str, set[str]]:
    """Return, by dimension, every key that can be referred to (C2)."""
    known: dict[str, set[str]] = {
        "capability": {each.name for each in capabilities()},
        "evidence": {*catalogue().kinds},
        "dimension": {*catalogue().dimensions},
        "register": {*registers.by_key},
        "signal": {each.key for each in registers.signals},
        "gate": {key for found in gates for key in gates_in(found)},
    }
    for file in read:
        for dimension, key in file.census.declared:
            known.setdefault(dimension, set()).add(key)
    return known


def _of(said: Iterable[Definition], model: type[File]) -> list[File]:
    return [each for each in said if isinstance(each, model)]


def _by_key(said: Iterable[Keyed]) -> dict[str, Keyed]:
    return {str(getattr(each, "key")): each for each in said}  # noqa: B009 - all of these have one


def _stages(said: Iterable[files.StageFile]) -> dict[str, files.StageFile]:
    found: dict[str, files.StageFile] = {}
    for stage in said:
        before = found.get(stage.key)
        found[stage.key] = stage if before is None else _added(before, stage)
    return found


def _added(before: files.StageFile, after: files.StageFile) -> files.StageFile:
    """Return a stage with what a later folder says of it (C1)."""
    deliverables = _by_key((*before.deliverables, *after.deliverables))
    return after.model_copy(
        update={
            "capabilities": tuple(dict.fromkeys((*before.capabilities, *after.capabilities))),
            "deliverables": tuple(deliverables.values()),
            "checkpoint": after.checkpoint or before.checkpoint,
            "serves": tuple(dict.fromkeys((*before.serves, *after.serves))),
        }
    )


def _questions(said: Iterable[files.QuestionSetFile]) -> dict[str, tuple[files.QuestionFile, ...]]:
    found: dict[str, dict[str, files.QuestionFile]] = {}
    for each in said:
        found.setdefault(each.workstream, {}).update(_by_key(each.questions))
    return {workstream: tuple(questions.values()) for workstream, questions in found.items()}
