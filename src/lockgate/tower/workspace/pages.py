"""The files of the workspace, and one of them with its findings beside the lines; also while there are findings."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext_lazy as _

from lockgate.faces.web.page import page, viewer_of
from lockgate.faces.web.places import Place, enter
from lockgate.kernel.finding import Finding
from lockgate.programme.checking import gates_checked
from lockgate.tower.evidence import opened
from lockgate.tower.server import as_of
from lockgate.tower.workspace.tree import files, folders, is_seen, shown
from lockgate.workspace import Workspace

enter(Place(50, _("Workspace"), "/workspace/", "workspace", "workspace.see"))


@page("workspace.see")
def tree(request: HttpRequest) -> HttpResponse:
    """Show the files of the workspace, and all that is wrong in them."""
    viewer, workspace = viewer_of(request), opened.compared(as_of(request.GET.get("as-of"))).workspace
    wrong = [finding for finding in findings_of(workspace) if is_seen(finding.at.path, viewer)]
    said = {"folders": folders(files(workspace, wrong, viewer)), "wrong": wrong}
    return render(request, "tower/workspace/tree.html", said)


@page("workspace.see")
def file(request: HttpRequest, name: str) -> HttpResponse:
    """Show one file."""
    when = as_of(request.GET.get("as-of"))
    compared, states = opened.compared(when), opened.states(when)
    found = shown(name, compared, findings_of(compared.workspace), viewer_of(request), states or ())
    if found is None:
        raise Http404
    return render(request, "tower/workspace/file.html", {"shown": found, "asked": states is not None})


def findings_of(workspace: Workspace) -> list[Finding]:
    """Return all that is wrong, in the gates too."""
    return sorted([*workspace.findings, *gates_checked(workspace)[0]])


urlpatterns = [path("workspace/", tree, name="workspace"), path("workspace/<path:name>", file, name="workspace-file")]
