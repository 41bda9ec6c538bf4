"""Which files does the workspace have, and what hangs on each? Files with findings too: they are to be mended.

W1  A file that belongs to one site, below `sites/<site>/`, is shown to whoever sees that site. All else concerns all.
W2  On a file depends the newest evidence that names it, or a definition in it, as an input; and so do the criteria that
    rest on that evidence.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from typing_extensions import TypedDict

from lockgate.faces.web.lines import LINES
from lockgate.faces.web.viewer import Viewer
from lockgate.gates.asking.evaluating import GateState
from lockgate.kernel.finding import Finding
from lockgate.programme.versions import Commit, commits
from lockgate.tower.evidence.briefs import Brief
from lockgate.tower.evidence.record import Resting, resting
from lockgate.tower.evidence.seeing import visible
from lockgate.tower.evidence.standing import Compared, Standing
from lockgate.workspace import Workspace

MOST_EVIDENCE = 50


class DefinitionAnswer(TypedDict):
    """A definition in a file."""

    name: str
    digest: str
    line: int


class FileAnswer(TypedDict):
    """A file of the workspace."""

    path: str
    kind: str
    digest: str
    findings: int
    definitions: list[DefinitionAnswer]


@dataclass(frozen=True)
class Folder:
    """A folder, with its files."""

    path: str
    files: tuple[FileAnswer, ...]


@dataclass(frozen=True)
class Part:
    """Some lines of a file."""

    lines: "tuple[Line, ...]"
    before: int | None
    """A line of the part before, None where there is none."""
    after: int | None
    count: int
    """How many lines the file has."""


@dataclass(frozen=True)
class Line:
    """A line of a file, with what is wrong there and what is declared there."""

    number: int
    text: str
    findings: tuple[Finding, ...]
    definitions: tuple[DefinitionAnswer, ...]


@dataclass(frozen=True)
class Dependent:
    """Evidence that a change of the file makes stale, or has made stale."""

    brief: Brief
    standing: Standing | None
    inputs: tuple[str, ...]


@dataclass(frozen=True)
class Shown:
    """All that the page of a file shows."""

    file: FileAnswer
    text: tuple[str, ...]
    """Its lines."""
    wrong: tuple[Finding, ...]
    elsewhere: tuple[Finding, ...]
    """Findings beyond the last line, or of a file that can't be read."""
    evidence: tuple[Dependent, ...]
    more: int
    resting: tuple[Resting, ...]
    commits: tuple[Commit, ...]


def files(workspace: Workspace, findings: Iterable[Finding], viewer: Viewer) -> list[FileAnswer]:
    """Return all files that a viewer sees, those that nobody knows what to do with too."""
    wrong = list(findings)
    paths = sorted({*workspace.documents, *(finding.at.path for finding in wrong)})
    return [_file(path, workspace, wrong) for path in paths if is_seen(path, viewer)]


def folders(found: Iterable[FileAnswer]) -> list[Folder]:
    """Return files by their folders."""
    by_folder: dict[str, list[FileAnswer]] = {}
    for file in found:
        above = str(PurePosixPath(file["path"]).parent)
        by_folder.setdefault("" if above == "." else above, []).append(file)
    return [Folder(path, tuple(inside)) for path, inside in sorted(by_folder.items())]


def shown(
    path: str, compared: Compared, findings: Iterable[Finding], viewer: Viewer, states: Iterable[GateState]
) -> Shown | None:
    """Return what a viewer sees of a file, None when there is none for them."""
    workspace, wrong = compared.workspace, [finding for finding in findings if finding.at.path == path]
    if (path not in workspace.documents and not wrong) or not is_seen(path, viewer):
        return None
    file = _file(path, workspace, wrong)
    lines = tuple(workspace.documents[path].text.splitlines()) if path in workspace.documents else ()
    dependents = list(_dependents(file, compared, viewer))
    return Shown(
        file=file,
        text=lines,
        wrong=tuple(wrong),
        elsewhere=tuple(finding for finding in wrong if finding.at.line > len(lines)),
        evidence=tuple(dependents[:MOST_EVIDENCE]),
        more=max(0, len(dependents) - MOST_EVIDENCE),
        resting=tuple(resting({one.brief.number for one in dependents}, states, viewer)),
        commits=tuple(commits(workspace.root, path)),
    )


def part_of(shown: Shown, line: int) -> Part:
    """Return the part of a file in which a line stands, with what is wrong there and what is declared there."""
    count = len(shown.text)
    begin = (max(1, min(line, count)) - 1) // LINES * LINES
    wrong: dict[int, list[Finding]] = {}
    for finding in shown.wrong:
        wrong.setdefault(finding.at.line, []).append(finding)
    declared: dict[int, list[DefinitionAnswer]] = {}
    for one in shown.file["definitions"]:
        declared.setdefault(one["line"], []).append(one)
    lines = (
        Line(number, text, tuple(wrong.get(number, ())), tuple(declared.get(number, ())))
        for number, text in enumerate(shown.text[begin : begin + LINES], start=begin + 1)
    )
    after = begin + LINES + 1
    return Part(tuple(lines), begin or None, after if after <= count else None, count)


def is_seen(path: str, viewer: Viewer) -> bool:
    """Return whether a file may be shown (W1)."""
    return viewer.sees_file(path)


def _file(path: str, workspace: Workspace, findings: Iterable[Finding]) -> FileAnswer:
    kind = next((kind for kind, models in workspace.models.items() if path in models), "")
    document = workspace.documents.get(path)
    found = workspace.definitions.get(path, ()) if document is not None else ()
    definitions = [
        DefinitionAnswer(
            name=one.name,
            digest=workspace.digests.get(one.name, one.digest),
            line=document.at(one.steps).line if document else 1,
        )
        for one in found
    ]
    return FileAnswer(
        path=path,
        kind=kind,
        digest=workspace.digests.get(f"file:{path}", ""),
        findings=sum(finding.at.path == path for finding in findings),
        definitions=definitions,
    )


def _dependents(file: FileAnswer, compared: Compared, viewer: Viewer) -> Iterator[Dependent]:
    names = {f"file:{file['path']}", *(one["name"] for one in file["definitions"])}
    of_inputs: dict[int, tuple[str, ...]] = {}  # briefs share what they were measured from
    for brief in compared.briefs.newest(compared.upto):  # W2
        inputs = of_inputs.get(id(brief.inputs))
        if inputs is None:
            inputs = of_inputs[id(brief.inputs)] = tuple(name for name in brief.inputs if name in names)
        if inputs and visible(brief, viewer, compared.briefs):
            yield Dependent(brief, compared.standing(brief), inputs)
