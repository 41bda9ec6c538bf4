"""The first page, the whole programme at a glance, and its dates month by month."""

from collections import Counter
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext_lazy as _

from lockgate.faces.web.page import page, page_of, viewer_of
from lockgate.faces.web.places import Place, enter
from lockgate.tower.programme.dates import Kind
from lockgate.tower.programme.drawing import lines, weeks
from lockgate.tower.programme.ics import ics
from lockgate.tower.programme.month import mine, month
from lockgate.tower.programme.overview import Stage, overview
from lockgate.tower.programme.timeline import timeline
from lockgate.tower.server import as_of, live
from lockgate.workspace import Workspace
from lockgate.workspace.playbook import compose

enter(
    Place(10, _("Programme"), "/", "programme", "programme.see"),
    Place(15, _("Calendar"), "/programme/calendar/", "calendar", "programme.see"),
)


@page("programme.see")
def show(request: HttpRequest) -> HttpResponse:
    """Show sites by stages, what blocks, what is stale, what waits."""
    states, room = live().states(as_of(request.GET.get("as-of")))
    seen = overview(states, stages(room.workspace), room.workspace, viewer_of(request))
    here = ZoneInfo(room.workspace.programme.time_zone)
    line = timeline(room.workspace, room.moment.astimezone(here).date())
    names = {row.scope: row.name for row in seen.rows}
    return render(request, "tower/programme.html", {"seen": seen, "line": line, "room": room, "names": names})


@page("programme.see")
def calendar(request: HttpRequest) -> HttpResponse:
    """Show a month with its periods, holidays, go-lives and what is due; `kind` and `mine` narrow."""
    viewer, asks = viewer_of(request), request.GET
    drawn = month(viewer, asks.get("month", ""), asks.get("as-of", ""))
    kind, own = asks.get("kind", ""), bool(asks.get("mine"))
    counts = Counter(found.kind for found in drawn.found)
    narrowed, when = drawn.narrowed(kind, viewer.person if own else ""), asks.get("as-of", "")
    shown = page_of(narrowed.found, request)
    told = {"kinds": [(str(one), counts[one]) for one in Kind if counts[one]], "kind": kind, "own": own}
    rows = {"weeks": weeks(narrowed.weeks, when), "lines": lines(shown, when, live().workspace().people)}
    return render(request, "tower/calendar.html", {**told, **rows, "month": narrowed, "page": shown})


@page("programme.see")
def calendar_file(request: HttpRequest) -> HttpResponse:
    """Give what is due for whoever asks, to be taken into a calendar of their own."""
    name = _("{programme}: due for {person}").format(programme=live().name, person=viewer_of(request).name)
    said = ics(mine(viewer_of(request)), name=name, address=settings.ADDRESS.geturl(), moment=datetime.now(UTC))
    headers = {"Content-Disposition": 'attachment; filename="due.ics"'}
    return HttpResponse(said, content_type="text/calendar; charset=utf-8", headers=headers)


def stages(workspace: Workspace) -> list[Stage]:
    """Return the stages of the programme in their order."""
    return [Stage(key, stage.title) for key, stage in compose(*workspace.programme.playbooks).stages.items()]


urlpatterns = [
    path("", show, name="programme"),
    path("programme/calendar/", calendar, name="calendar"),
    path("programme/calendar.ics", calendar_file, name="calendar-file"),
]
