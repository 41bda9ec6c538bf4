"""What is under way, what was, and how to ask for more."""

from datetime import UTC, datetime

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from lockgate.faces.web.page import page, viewer_of
from lockgate.faces.web.places import Place, enter
from lockgate.faces.web.policy import may
from lockgate.tower.runs import queue
from lockgate.tower.runs.models import Run
from lockgate.tower.runs.planned import planned
from lockgate.tower.runs.showing import SHOWN_LINES, pace
from lockgate.tower.runs.verbs import asked_of, verbs
from lockgate.tower.server import live

PER_PAGE = 50
_NO_ARGUMENTS = frozenset({"verb", "asked", "csrfmiddlewaretoken"})

enter(Place(60, _("Runs"), "/run/", "run", "run.see"))


@page("run.see")
def list_all(request: HttpRequest) -> HttpResponse:
    """List runs, the newest first, with what is asked for next by itself."""
    wanted = request.GET.get("state", "")
    found = Run.objects.filter(state=wanted) if wanted else Run.objects.all()
    runs = Paginator(found.defer("facts", "kept"), PER_PAGE).get_page(request.GET.get("page"))
    told = {
        "runs": [(run, pace(run)) for run in runs],
        "pages": runs,
        "wanted": wanted,
        "verbs": [one for one in verbs().values() if not one.writes] if may(viewer_of(request), "run.start") else [],
        "planned": planned(live().workspace(), datetime.now(UTC)),
    }
    return render(
        request, "tower/runs/rows.html" if request.headers.get("HX-Request") else "tower/runs/list.html", told
    )


@page("run.see")
def show(request: HttpRequest, number: int) -> HttpResponse:
    """Show one run, and go on showing it while it lasts."""
    run = get_object_or_404(Run, pk=number)
    lines = list(reversed(run.lines.order_by("-id")[:SHOWN_LINES]))
    known = verbs().get(run.verb)
    told = {"run": run, "pace": pace(run), "lines": lines, "says": run.says.splitlines()}
    told["shown_at"] = known.shown_at if known else ""
    part = request.headers.get("HX-Request")
    return render(request, "tower/runs/state.html" if part else "tower/runs/show.html", told)


@require_POST
@page("run.start")
def start(request: HttpRequest) -> HttpResponse:
    """Ask a worker for something: a verb and its arguments, as fields of a form or as one field with all of them."""
    said = QueryDict(request.POST["asked"]) if "asked" in request.POST else request.POST
    given = {name: text for name in said if name not in _NO_ARGUMENTS and (text := (said.get(name) or "").strip())}
    verb = asked_of(viewer_of(request), said.get("verb", ""), given)
    run = queue.ask(verb.name, given, by=viewer_of(request).person, moment=datetime.now(UTC))
    return redirect("run", number=run.pk if run else 0)


@require_POST
@page("run.cancel")
def cancel(request: HttpRequest, number: int) -> HttpResponse:
    """Say that a run is not wanted any more."""
    get_object_or_404(Run, pk=number)
    queue.cancel(number, by=viewer_of(request).person, moment=datetime.now(UTC))
    return redirect("run", number=number)


@require_POST
@page("run.start")
def resume(request: HttpRequest, number: int) -> HttpResponse:
    """Ask for what is left of a run."""
    left = get_object_or_404(Run, pk=number)
    asked_of(viewer_of(request), left.verb, left.arguments)
    run = queue.resume(left, by=viewer_of(request).person, moment=datetime.now(UTC))
    return redirect("run", number=run.pk)


urlpatterns = [
    path("run/", list_all, name="runs"),
    path("run/start/", start, name="run-start"),
    path("run/<int:number>/", show, name="run"),
    path("run/<int:number>/cancel/", cancel, name="run-cancel"),
    path("run/<int:number>/resume/", resume, name="run-resume"),
]
