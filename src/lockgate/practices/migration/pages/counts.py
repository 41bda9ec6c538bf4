"""What was counted, and does it agree with the books? Each site, and the places where it does not."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from lockgate.faces.web.files import table_file
from lockgate.faces.web.page import page
from lockgate.practices.migration.pages.overview import sight_asked
from lockgate.practices.migration.perform.showing.counts import counted, titles
from lockgate.practices.migration.perform.tying.answers import CountsAnswer

_HEADINGS = ("site", "place", "counted", "differing", "value", "unapproved", "keys")


@page("migration.see")
def counts(request: HttpRequest) -> HttpResponse:
    """Show the newest count of each site."""
    sight = sight_asked(request)
    names = {key: person.name for key, person in sight.workspace.people.items()}
    told, declared = counted(sight), sight.migration.counts
    missing = [declared[key].title for key in told["missing"]]
    said = {"told": told, "titles": titles(sight), "names": names, "declared": declared, "missing": missing}
    return render(request, "migration/counts.html", said)


@page("migration.see")
def counts_file(request: HttpRequest, ending: str) -> HttpResponse:
    """Give the places that differ, or were not counted, as a table."""
    return table_file("counts", _HEADINGS, _rows(counted(sight_asked(request))), ending)


def _rows(told: CountsAnswer) -> Iterator[list[str | float]]:
    for one in told["sites"]:
        for each in one["apart"]:
            done = "yes" if each["counted"] else "no"
            figures = [each["differing"], each["value"], each["unapproved"]]
            yield [one["site"], each["place"], done, *figures, " ".join(each["keys"])]


urlpatterns = [
    path("migration/counts/", counts, name="migration-counts"),
    path("migration/counts/export.<slug:ending>", counts_file, name="migration-counts-export"),
]
