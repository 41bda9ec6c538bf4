"""What does a whole workspace declare, and what is wrong in it? Every file read and parsed, then all of them together.

L1  Every finding of every file is told at once.
L2  References are checked against what all files declare. What a file might declare that can't be told, because of what
    is wrong in it or in its name, is in doubt; references to that are not checked.
L3  What only the whole can tell is checked of the files that are right, whatever is wrong in the others.
L4  What the playbooks of the programme bring (roles, rights, jobs …) can be referred to like what the files declare.
    Where it can't be told which playbooks are meant, what they bring is in doubt too.
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
from lockgate.workspace.brought import BROUGHT, part
from lockgate.workspace.checks import CHECKS
from lockgate.workspace.files import Claimed, files_of
from lockgate.workspace.frame import FRAME, PROGRAMME
from lockgate.workspace.models.model import Census
from lockgate.workspace.models.parsing import examine
from lockgate.workspace.models.shapes import dimensions_of
from lockgate.workspace.playbook.composing import compose
from lockgate.workspace.playbooks import playbooks
from lockgate.workspace.text.document import Data, Document
from lockgate.workspace.text.reading import read
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
    every = (*FRAME, *kinds)
    claimed, findings = files_of(root, every)
    first = [_read(root, each) for each in claimed]
    declared, declared_first = _declared(first)
    playbooks_meant = _meant(first)
    doubtful = _doubtful(first, every, findings) | frozenset(BROUGHT if playbooks_meant is None else ())
    known = {name: keys for name, keys in declared.items() if name not in doubtful}
    if playbooks_meant is not None and _missed(first, known):
        method = compose(*playbooks_meant)
        known = {name: keys | frozenset(part(method, name)) for name, keys in known.items()}  # L4
    files = [_checked(each, known, declared_first) for each in first]
    models: dict[str, dict[str, BaseModel]] = {}
    for each in files:
        findings.extend(each.findings)
        if each.model is not None:
            models.setdefault(each.claimed.kind.name, {})[each.claimed.path] = each.model
    workspace = Workspace(
        root=root,
        findings=(),
        documents={each.claimed.path: each.document for each in files},
        models=models,
        known=declared,
        doubtful=doubtful,
        compose=compose,
        playbooks=playbooks_meant,
        dimensions={each.name: target_of(each.target) for each in dimensions},
    )
    findings += [finding for check in CHECKS for finding in check(workspace)]  # L3
    return workspace.with_findings(tuple(sorted(findings)))


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


def _declared(files: Iterable[_Read]) -> tuple[dict[str, frozenset[str]], dict[tuple[str, str], str]]:
    """Return what the files declare, by dimension, and the file that declares each first."""
    first: dict[tuple[str, str], str] = {}
    dimensions: dict[str, set[str]] = {"capability": {each.name for each in capabilities()}}
    dimensions |= {"playbook": {*playbooks()}} if playbooks() else {}
    dimensions |= {name: set() for name in BROUGHT}
    for kind in FRAME:
        dimensions |= {name: set() for name in dimensions_of(target_of(kind.target))}
    for file in files:
        dimensions |= {name: set() for name in dimensions_of(target_of(file.claimed.kind.target)) - dimensions.keys()}
        for dimension, key in file.census.declared:
            first.setdefault((dimension, key), file.document.path)
            dimensions[dimension].add(key)
        for dimension, key in file.census.miswritten:
            dimensions[dimension].add(key)
    return {name: frozenset(keys) for name, keys in dimensions.items()}, first


def _doubtful(files: Iterable[_Read], kinds: Iterable[FileKind], misplaced: Iterable[Finding]) -> frozenset[str]:
    """Return the dimensions of which something may be declared that was not read (L2)."""
    found = frozenset(dimension for file in files for dimension in file.census.doubts)
    if not list(misplaced):
        return found
    there = {file.claimed.kind.name for file in files}  # a file without a place may be meant as one that is not there
    absent = (kind for kind in kinds if kind.name not in there or "*" in kind.pattern)
    return found.union(*(dimensions_of(target_of(kind.target)) for kind in absent))


def _meant(files: Iterable[_Read]) -> tuple[str, ...] | None:
    """Return the playbooks of the programme, None where it can't be told which are meant (L4)."""
    for file in files:
        if file.claimed.kind.name == PROGRAMME:
            names = _names(file.document.data)
            sure = names and not file.document.findings and all(name in playbooks() for name in names)
            return tuple(dict.fromkeys(names)) if sure else None
    return ()


def _names(data: Data) -> list[str]:
    programme = data.get("programme") if isinstance(data, dict) else None
    names = programme.get("playbooks") if isinstance(programme, dict) else None
    return [str(name) for name in names] if isinstance(names, list) else []


def _missed(files: Iterable[_Read], known: Mapping[str, frozenset[str]]) -> bool:
    """Return True when a file refers to what no file declares."""
    return any(name in known and key not in known[name] for file in files for name, key in file.census.referred)


def _checked(file: _Read, known: Mapping[str, frozenset[str]], first: Mapping[tuple[str, str], str]) -> _Read:
    """Return the file with what the others say about its references and keys; most have nothing to tell."""
    census = file.census
    again = any(count > 1 or first[each] != census.path for each, count in census.declared.items())
    if not (again or _missed([file], known)):
        return file
    strict = Census(census.path, known=known, first=first)
    model, findings = examine(file.document, target_of(file.claimed.kind.target), census=strict)
    return _Read(file.claimed, file.document, model, findings, strict)
