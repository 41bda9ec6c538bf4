"""Search everything: as a palette over any page, and as a page of its own."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from lockgate.faces.web.page import page, viewer_of
from lockgate.faces.web.viewer import Viewer
from lockgate.tower.evidence.opened import is_seen
from lockgate.tower.limits import StillReading
from lockgate.tower.search.finding import Item, find, query_of
from lockgate.tower.search.items import shelf_of
from lockgate.tower.server import live

IN_PALETTE, ON_PAGE = 12, 100
LONGEST = 200


@page("search.use")
def results(request: HttpRequest) -> HttpResponse:
    """Return what the palette finds; while nothing can be found yet, why."""
    said = request.GET.get("q", "")[:LONGEST]
    try:
        told: dict[str, object] = {"found": grouped(said, viewer_of(request), IN_PALETTE), "said": said}
    except StillReading as stop:
        told = {"found": [], "said": said, "stop": stop}
    return render(request, "tower/search/results.html", told)


@page("search.use")
def search(request: HttpRequest) -> HttpResponse:
    """Show all that is found."""
    said = request.GET.get("q", "")[:LONGEST]
    found = grouped(said, viewer_of(request), ON_PAGE) if said.strip() else []
    return render(request, "tower/search/page.html", {"found": found, "said": said})


def grouped(said: str, viewer: Viewer, most: int) -> list[tuple[str, list[Item]]]:
    """Return what is found, by what it is; the group of the nearest hit first."""
    found = found_by(said, viewer, most)
    order = {group: place for place, group in enumerate(dict.fromkeys(item.group for item in found))}
    ordered = sorted(found, key=lambda item: order[item.group])
    return [(group, list(inside)) for group, inside in groupby(ordered, key=lambda item: item.group)]


def found_by(said: str, viewer: Viewer, most: int) -> list[Item]:
    """Return what is found; a number is a record of the ledger by itself."""
    query = query_of(said)
    found = find(shelf_of(live().place.ledger).items(), query, viewer, most)
    number = query.words[0] if len(query.words) == 1 else ""
    if number.isascii() and number.isdigit() and len(number) < LONGEST and is_seen(int(number), viewer):
        url = f"/evidence/{int(number)}/"
        exact = Item("record", "Evidence", f"#{int(number)}", "record of the ledger", url, "evidence", "", bool, "")
        found = [exact, *(item for item in found if item.url != url)][:most]
    return found


urlpatterns = [
    path("search/", search, name="search"),
    path("search/results/", results, name="search-results"),
]
