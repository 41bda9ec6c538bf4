"""What can programs ask of the workspace? Its files, and what is wrong in them."""

from django.http import HttpRequest
from ninja import Router
from typing_extensions import TypedDict

from lockgate.faces.web.page import viewer_of
from lockgate.tower.evidence import opened
from lockgate.tower.interface import AsOf, operation
from lockgate.tower.server import as_of
from lockgate.tower.workspace.tree import FileAnswer, files, is_seen
from lockgate.tower.workspace.wrong import findings_of

router = Router(tags=["workspace"])


class FoundAnswer(TypedDict):
    """One thing that is wrong, with the keys of `lockgate check --json`."""

    code: str
    path: str
    line: int
    column: int
    message: str
    hint: str


class WorkspaceAnswer(TypedDict):
    """The files of the workspace, and all that is wrong in them."""

    ok: bool
    findings: list[FoundAnswer]
    files: list[FileAnswer]


@router.get("/workspace", response=WorkspaceAnswer)
@operation("workspace.see")
def workspace(request: HttpRequest, when: AsOf = "") -> WorkspaceAnswer:
    """List the files with their definitions and digests, and what is wrong."""
    viewer, found = viewer_of(request), opened.compared(as_of(when)).workspace
    wrong = [finding for finding in findings_of(found) if is_seen(finding.at.path, viewer)]
    told = [
        FoundAnswer(
            code=one.code,
            path=one.at.path,
            line=one.at.line,
            column=one.at.column,
            message=one.message,
            hint=one.hint,
        )
        for one in wrong
    ]
    return WorkspaceAnswer(ok=not wrong, findings=told, files=files(found, wrong, viewer))
