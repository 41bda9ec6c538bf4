"""How far is the migration, what blocks it, and whose is it?"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext_lazy as _

from lockgate.faces.web.files import table_file
from lockgate.faces.web.page import page, viewer_of
from lockgate.faces.web.places import Place, enter
from lockgate.practices.migration.perform.showing.asked import asked
from lockgate.practices.migration.perform.showing.overview import HEADINGS, overview, table
from lockgate.practices.migration.perform.showing.sight import Sight, sight_of
from lockgate.programme.server import as_of

enter(Place(53, _("Migration"), "/migration/", "migration", "migration.see"))


def sight_asked(request: HttpRequest) -> Sight:
    """Return what a request looks at."""
    return sight_of(viewer_of(request), as_of(request.GET.get("as-of")))


def round_asked(request: HttpRequest) -> int | None:
    """Return the round that a request names, None where it names none."""
    said = request.GET.get("round", "")
    return int(said) if said.isdecimal() and len(said) < 6 else None  # noqa: PLR2004 - more rounds than anybody has


@page("migration.see")
def home(request: HttpRequest) -> HttpResponse:
    """Show the domains by rounds, what blocks them and what comes next."""
    sight = sight_asked(request)
    told = overview(sight, round_asked(request))
    names = {key: person.name for key, person in sight.workspace.people.items()}
    said = {
        "told": told,
        "names": names,
        "asked": asked(sight, told["round"]),
        "blocks": [(one["title"], each) for one in told["domains"] for each in one["blocks"]],
    }
    return render(request, "migration/overview.html", said)


@page("migration.see")
def home_file(request: HttpRequest, ending: str) -> HttpResponse:
    """Give the domains by rounds as a table."""
    return table_file("migration", HEADINGS, table(overview(sight_asked(request))), ending)


urlpatterns = [
    path("migration/", home, name="migration"),
    path("migration/export.<slug:ending>", home_file, name="migration-export"),
]
