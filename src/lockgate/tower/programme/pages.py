"""The first page: the whole programme at a glance."""

from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from lockgate.faces.web.page import page, viewer_of
from lockgate.faces.web.places import Place, enter
from lockgate.tower.programme.overview import Stage, overview
from lockgate.tower.programme.timeline import timeline
from lockgate.tower.server import as_of, live
from lockgate.workspace import Workspace
from lockgate.workspace.playbook import compose

enter(Place(10, "Programme", "/", "programme", "programme.see"))


@page("programme.see")
def show(request: HttpRequest) -> HttpResponse:
    """Show sites by stages, what blocks, what is stale, what waits."""
    states, room = live().states(as_of(request.GET.get("as-of")))
    seen = overview(states, stages(room.workspace), room.workspace, viewer_of(request))
    here = ZoneInfo(room.workspace.programme.time_zone)
    line = timeline(room.workspace, room.moment.astimezone(here).date())
    return render(request, "tower/programme.html", {"seen": seen, "line": line, "moment": room.moment, "at": room.head})


def stages(workspace: Workspace) -> list[Stage]:
    """Return the stages of the programme in their order."""
    return [Stage(key, stage.title) for key, stage in compose(*workspace.programme.playbooks).stages.items()]


urlpatterns = [path("", show, name="programme")]
