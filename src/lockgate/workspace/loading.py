"""What does a whole workspace declare, and what is wrong in it? Every file read and parsed, then all of them together.

L1  Every finding of every file is told at once.
L2  References are checked against what all files declare. Where a file can't be read, what it might declare is not
    known, and references to that are not checked.
L3  What only the whole can tell is checked once every file is right.
L4  What the playbooks of the programme bring (roles, rights, stages …) can be referred to like what the files declare.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from lockgate.kernel.capability import capabilities
from lockgate.kernel.finding import Finding
from lockgate.kernel.practice import Dimension, FileKind
from lockgate.workspace.checks import CHECKS
from lockgate.workspace.document import Document
from lockgate.workspace.files import Claimed, files_of
from lockgate.workspace.frame import FRAME
from lockgate.workspace.frame.programme import ProgrammeFile
from lockgate.workspace.model import Census
from lockgate.workspace.parsing import examine
from lockgate.workspace.playbook.composing import compose
from lockgate.workspace.playbooks import playbooks
from lockgate.workspace.reading import read
from lockgate.workspace.shapes import dimensions_of
from lockgate.workspace.workspace import Workspace


@dataclass(frozen=True)
class _Read:
    """One file, and what came of it."""

    claimed: Claimed
    document: Document
    model: BaseModel | None
    findings: tuple[Finding, ...]
    census: Census


def load(root: Path, kinds: Iterable[FileKind] = (), dimensions: Iterable[Dimension] = ()) -> Workspace:
    """Return the workspace in a folder; `kinds` and `dimensions` are those of practices."""
    claimed, findings = files_of(root, (*FRAME, *kinds))
    first = [_read(root, each) for each in claimed]
    known, declared_first = _known(first)
    if _missed(first, known):
        known |= _brought(first, known)  # L4
    files = [_checked(each, known, declared_first) for each in first]
    models: dict[str, dict[str, BaseModel]] = {}
    for each in files:
        findings.extend(each.findings)
        if each.model is not None:
            models.setdefault(each.claimed.kind.name, {})[each.claimed.path] = each.model
    workspace = Workspace(
        root=root,
        findings=tuple(sorted(findings)),
        documents={each.claimed.path: each.document for each in files},
        models=models,
        known=known,
        compose=compose,
        dimensions={each.name: target_of(each.target) for each in dimensions},
    )
    return workspace if findings else _whole(workspace)


@cache
def target_of(target: str) -> Any:
    """Return what stands behind `package.module:attribute`."""
    module, _, attribute = target.partition(":")
    return getattr(import_module(module), attribute)


def _read(root: Path, claimed: Claimed) -> _Read:
    document = read(root / claimed.path, path=claimed.path)
    census = Census(claimed.path)
    model, findings = examine(document, target_of(claimed.kind.target), census=census)
    return _Read(claimed, document, model, findings, census)


def _known(files: Iterable[_Read]) -> tuple[dict[str, frozenset[str]], dict[tuple[str, str], str]]:
    """Return what is declared, by dimension, and the file that declares each first."""
    first: dict[tuple[str, str], str] = {}
    unsure: set[str] = set()
    dimensions: dict[str, set[str]] = {"capability": {each.name for each in capabilities()}}
    if playbooks():
        dimensions["playbook"] = {*playbooks()}
    for kind in FRAME:
        dimensions |= {name: set() for name in dimensions_of(target_of(kind.target))}
    for file in files:
        dimensions |= {name: set() for name in dimensions_of(target_of(file.claimed.kind.target)) - dimensions.keys()}
        if not file.document.readable:
            unsure |= dimensions_of(target_of(file.claimed.kind.target))  # L2
        for dimension, key in file.census.declared:
            first.setdefault((dimension, key), file.document.path)
            dimensions[dimension].add(key)
    return {name: frozenset(keys) for name, keys in dimensions.items() if name not in unsure}, first


def _missed(files: Iterable[_Read], known: Mapping[str, frozenset[str]]) -> bool:
    """Return True when a file refers to what no file declares."""
    return any(name in known and key not in known[name] for file in files for name, key in file.census.referred)


def _brought(files: Iterable[_Read], known: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """Return what can be referred to once the playbooks of the programme are counted in."""
    programmes = (file.model.programme for file in files if isinstance(file.model, ProgrammeFile))
    names = [name for programme in programmes for name in programme.playbooks if name in playbooks()]
    method = compose(*names)
    brought: Mapping[str, Mapping[str, object]] = {
        "role": method.roles,
        "activity": method.raci,
        "decision-right": method.decision_rights,
        "escalation": method.escalations,
        "stage": method.stages,
    }
    return {name: known.get(name, frozenset()) | frozenset(keys) for name, keys in brought.items() if name in known}


def _checked(file: _Read, known: Mapping[str, frozenset[str]], first: Mapping[tuple[str, str], str]) -> _Read:
    """Return the file with what the others say about its references and keys; most have nothing to tell."""
    census = file.census
    again = any(count > 1 or first[each] != census.path for each, count in census.declared.items())
    if not (again or _missed([file], known)):
        return file
    strict = Census(census.path, known=known, first=first)
    model, findings = examine(file.document, target_of(file.claimed.kind.target), census=strict)
    return _Read(file.claimed, file.document, model, findings, strict)


def _whole(workspace: Workspace) -> Workspace:
    findings = tuple(sorted(finding for check in CHECKS for finding in check(workspace)))  # L3
    return workspace.with_findings(findings) if findings else workspace
