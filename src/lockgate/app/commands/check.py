"""Check the workspace: every mistake in every file, at once."""

from collections.abc import Sequence
from typing import TypedDict

from lockgate.faces.findings import findings_text
from lockgate.faces.options import Json, WorkspaceFolder
from lockgate.faces.output import show, write
from lockgate.kernel.errors import Exit
from lockgate.kernel.finding import Finding
from lockgate.programme import opening as places
from lockgate.programme.checking import gates_checked, practices_checked
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
    remarks: list[Found]
    files: int


def command(*, workspace: WorkspaceFolder = None, json: Json = False) -> Exit:
    """Check the workspace: every mistake in every file, at once."""
    loaded = places.loaded(workspace)
    of_gates, remarks = gates_checked(loaded)
    findings = sorted([*loaded.findings, *of_gates, *practices_checked(loaded)])
    if json:
        show(answer(findings, remarks, files=len(loaded.documents)), as_json=True)
    else:
        _tell(loaded, findings, remarks)
    return Exit.USAGE if findings else Exit.DONE


def answer(findings: Sequence[Finding], remarks: Sequence[Finding], *, files: int) -> CheckAnswer:
    """Return the findings in the words of the contract."""
    return CheckAnswer(ok=not findings, findings=_found(findings), remarks=_found(remarks), files=files)


def _found(findings: Sequence[Finding]) -> list[Found]:
    return [
        Found(
            code=each.code,
            path=each.at.path,
            line=each.at.line,
            column=each.at.column,
            message=each.message,
            hint=each.hint,
        )
        for each in findings
    ]


def _tell(workspace: Workspace, findings: Sequence[Finding], remarks: Sequence[Finding]) -> None:
    documents = workspace.documents
    files = _counted(len(documents), "file")
    told = findings_text([*findings, *remarks], lambda path: documents[path].text if path in documents else "")
    if told:
        write(told)
    if findings:
        wrong = {each.at.path for each in findings}
        write(f"{_counted(len(findings), 'finding')} in {_counted(len(wrong), 'file')}.")
    else:
        more = f"; {_counted(len(remarks), 'remark')}" if remarks else ""
        write(f"{files}, nothing wrong{more}.")


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"
