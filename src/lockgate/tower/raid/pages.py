"""Risks, assumptions, issues and dependencies on one page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext_lazy as _

from lockgate.faces.web.page import page, viewer_of
from lockgate.faces.web.places import Place, enter
from lockgate.tower.raid.raid import matrix, parts
from lockgate.tower.seeing.sight import sight

enter(Place(31, _("RAID"), "/raid/", "risk", "register.see"))


@page("register.see")
def show(request: HttpRequest) -> HttpResponse:
    """Show what is open of the four."""
    seen = sight(viewer_of(request), request.GET.get("as-of", ""))
    then = f"?as-of={seen.when}" if seen.when else ""
    return render(request, "tower/raid.html", {"matrix": matrix(seen), "parts": parts(seen), "then": then})


urlpatterns = [path("raid/", show, name="raid")]
