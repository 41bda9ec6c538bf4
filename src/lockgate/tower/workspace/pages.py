"""The files of the workspace, and one of them with its findings beside the lines; also while there are findings."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext_lazy as _

from lockgate.faces.web.lines import address
from lockgate.faces.web.page import page, viewer_of
from lockgate.faces.web.places import Place, enter
from lockgate.tower.evidence import opened
from lockgate.tower.server import as_of
from lockgate.tower.workspace.tree import files, folders, is_seen, part_of, shown
from lockgate.tower.workspace.wrong import findings_of

enter(Place(50, _("Workspace"), "/workspace/", "workspace", "workspace.see"))


@page("workspace.see")
def tree(request: HttpRequest) -> HttpResponse:
    """Show the files of the workspace, and all that is wrong in them."""
    viewer, workspace = viewer_of(request), opened.compared(as_of(request.GET.get("as-of"))).workspace
    wrong = [finding for finding in findings_of(workspace) if is_seen(finding.at.path, viewer)]
    placed = [(finding, address(finding.at.path, finding.at.line)) for finding in wrong]
    said = {"folders": folders(files(workspace, wrong, viewer)), "wrong": placed}
    return render(request, "tower/workspace/tree.html", said)


@page("workspace.see")
def file(request: HttpRequest, name: str) -> HttpResponse:
    """Show one file; of a long one some lines, those about the line that is asked for."""
    when = as_of(request.GET.get("as-of"))
    compared, states = opened.compared(when), opened.states(when)
    found = shown(name, compared, findings_of(compared.workspace), viewer_of(request), states or ())
    if found is None:
        raise Http404
    line = request.GET.get("line", "")
    said = {"lines": part_of(found, int(line) if line.isascii() and line.isdigit() and len(line) < 9 else 1)}  # noqa: PLR2004 - no file is longer
    return render(request, "tower/workspace/file.html", {**said, "shown": found, "asked": states is not None})


urlpatterns = [path("workspace/", tree, name="workspace"), path("workspace/<path:name>", file, name="workspace-file")]
