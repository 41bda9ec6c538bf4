"""All parts on one page, drawn by the same templates and styles as everywhere."""

from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from lockgate.faces.web.icons import ICONS
from lockgate.faces.web.page import page

STATES = ("open", "ready", "closed", "met", "unmet", "missing", "stale", "undecidable", "waived")
RUNS = ("queued", "running", "done", "no", "failed", "cancelled")
COLOURS = (
    ("--ink", "text"),
    ("--dim", "text that steps back"),
    ("--accent", "links, water, the one thing to do"),
    ("--good", "open, met"),
    ("--calm", "ready, as of then"),
    ("--warn", "stale, missing, waived"),
    ("--bad", "closed, unmet"),
)
SIZES = (
    ("t-h1", "Heading of a page"),
    ("t-h2", "Heading of a part"),
    ("t-h3", "Heading in a part"),
    ("t-lead", "What a page is about"),
    ("t-base", "Everything else"),
    ("t-note", "Beside something"),
    ("t-small", "Below something"),
)


@page("styleguide.see")
def show(request: HttpRequest) -> HttpResponse:
    """Show all parts."""
    told = {
        "states": STATES,
        "runs": RUNS,
        "colours": COLOURS,
        "sizes": SIZES,
        "icons": sorted(ICONS),
        "now": datetime.now(UTC),
        "levels": [0, 25, 60, 100],
    }
    return render(request, "tower/styleguide.html", told)


urlpatterns = [path("styleguide/", show, name="styleguide")]
