"""My tasks."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext_lazy as _

from lockgate.faces.web.page import page, page_of, viewer_of
from lockgate.faces.web.places import Place, enter
from lockgate.tower.tasks.waiting import count, waiting

enter(Place(5, _("My tasks"), "/task/", "task", "task.see", count=count))

KINDS = {
    "own": _("Records you own"),
    "vote": _("Votes that wait for you"),
    "step": _("Steps that wait for you"),
    "criterion": _("Criteria where you are to act"),
    "decide": _("Gates to decide"),
}


@page("task.see")
def show(request: HttpRequest) -> HttpResponse:
    """Show what waits for whoever asks, what is due first first; `kind` narrows."""
    found, kind = waiting(viewer_of(request)), request.GET.get("kind", "")
    chips = [(key, title, sum(one.kind == key for one in found)) for key, title in KINDS.items()]
    told: dict[str, Any] = {"all": len(found), "late": sum(one.late for one in found), "chips": chips, "kind": kind}
    shown = [one for one in found if kind not in KINDS or one.kind == kind]
    return render(request, "tower/tasks.html", {**told, "page": page_of(shown, request)})


urlpatterns = [path("task/", show, name="tasks")]
