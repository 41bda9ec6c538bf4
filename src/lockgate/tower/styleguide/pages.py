"""All parts on one page, drawn by the same templates and styles as everywhere."""

from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext_lazy as _

from lockgate.faces.web.icons import ICONS
from lockgate.faces.web.page import page

STATES = ("open", "ready", "closed", "met", "unmet", "missing", "stale", "undecidable", "waived")
RUNS = ("queued", "running", "done", "no", "failed", "cancelled")
COLOURS = (
    ("--ink", _("text")),
    ("--dim", _("text that steps back")),
    ("--accent", _("links, water, the one thing to do")),
    ("--good", _("open, met")),
    ("--calm", _("ready, as of then")),
    ("--warn", _("stale, missing, waived")),
    ("--bad", _("closed, unmet")),
)
SIZES = (
    ("t-h1", _("Heading of a page")),
    ("t-h2", _("Heading of a part")),
    ("t-h3", _("Heading in a part")),
    ("t-lead", _("What a page is about")),
    ("t-base", _("Everything else")),
    ("t-note", _("Beside something")),
    ("t-small", _("Below something")),
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
