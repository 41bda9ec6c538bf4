"""Everybody who takes part, and what each may decide."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext_lazy as _

from lockgate.faces.web.page import page, viewer_of
from lockgate.faces.web.places import Place, enter
from lockgate.tower.evidence import opened
from lockgate.tower.person.given import given
from lockgate.tower.person.roles import people
from lockgate.tower.server import as_of

enter(Place(52, _("Roles"), "/person/", "person", "people.see"))


@page("people.see")
def show(request: HttpRequest) -> HttpResponse:
    """Show roles, people, RACI, decision rights and escalations."""
    when = as_of(request.GET.get("as-of"))
    workspace = opened.compared(when).workspace
    said = {
        "told": people(workspace, viewer_of(request), given(when)),
        "raci": workspace.raci.values(),
        "rights": workspace.decision_rights.values(),
        "ways": workspace.escalations.values(),
    }
    return render(request, "tower/person.html", said)


urlpatterns = [path("person/", show, name="person")]
