"""Check the workspace: every mistake in every file, at once."""

from typing import TypedDict

from lockgate.faces.findings import findings_text
from lockgate.faces.options import Json, WorkspaceFolder
from lockgate.faces.output import show, write
from lockgate.kernel.errors import Exit
from lockgate.programme import opening as places
from lockgate.programme.room import with_gates
from lockgate.workspace import Workspace


class Found(TypedDict):
    """One finding of `lockgate check --json`."""

    code: str
    path: str
    line: int
    column: int
    message: str
    hint: str


class CheckAnswer(TypedDict):
    """The keys of `lockgate check --json`."""

    ok: bool
    findings: list[Found]
    files: int


def command(*, workspace: WorkspaceFolder = None, json: Json = False) -> Exit:
    """Check the workspace: every mistake in every file, at once."""
    loaded = with_gates(places.loaded(workspace))
    if json:
        show(answer(loaded), as_json=True)
    else:
        _tell(loaded)
    return Exit.USAGE if loaded.findings else Exit.DONE


def answer(workspace: Workspace) -> CheckAnswer:
    """Return the findings in the words of the contract."""
    findings = [
        Found(
            code=each.code,
            path=each.at.path,
            line=each.at.line,
            column=each.at.column,
            message=each.message,
            hint=each.hint,
        )
        for each in workspace.findings
    ]
    return CheckAnswer(ok=not findings, findings=findings, files=len(workspace.documents))


def _tell(workspace: Workspace) -> None:
    documents, findings = workspace.documents, workspace.findings
    files = _counted(len(documents), "file")
    if not findings:
        write(f"{files}, nothing wrong.")
        return
    write(findings_text(findings, lambda path: documents[path].text if path in documents else ""))
    wrong = {each.at.path for each in findings}
    write(f"{_counted(len(findings), 'finding')} in {_counted(len(wrong), 'file')}.")


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"
