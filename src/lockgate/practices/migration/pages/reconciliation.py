"""Does Odoo hold what the old systems had, and where not?"""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from lockgate.faces.web.files import table_file
from lockgate.faces.web.page import page
from lockgate.practices.migration.pages.overview import round_asked, sight_asked
from lockgate.practices.migration.pages.rules import part_of, wanted_in
from lockgate.practices.migration.perform.showing.reconciliation import (
    differences,
    names_of,
    record_url,
)
from lockgate.practices.migration.perform.showing.reconciliation import reconciliation as reconciliation_of


@page("migration.see")
def reconciliation(request: HttpRequest) -> HttpResponse:
    """Show how all domains compare."""
    sight = sight_asked(request)
    names = {key: person.name for key, person in sight.workspace.people.items()}
    told = reconciliation_of(sight, round_asked(request))
    return render(request, "migration/reconciliation.html", {"told": told, "names": names})


@page("migration.see")
def domain(request: HttpRequest, key: str) -> HttpResponse:
    """Show how a domain compares: its fields, and the rows that differ."""
    sight, wanted = sight_asked(request), wanted_in(request)
    told = reconciliation_of(sight, round_asked(request))
    line = next((one for one in told["domains"] if one["domain"] == key), None)
    if line is None:
        raise Http404(key)
    with sight.round(told["round"]) as shown:
        found = differences(shown, names_of(sight, key), wanted) if shown else None
        said = part_of(found, request)
        there = {"shown": found is not None, "older": bool(shown and shown.older)}
    rows = [(row, record_url(sight, line, str(row["of"]), row["record"])) for row in said["rows"]]  # type: ignore[attr-defined] # rows of a list
    about = {"told": told, "line": line, "owner": sight.named(line["owner"]), "wanted": wanted, "works": sight.works}
    return render(request, "migration/reconciled.html", about | said | there | {"rows": rows})


@page("migration.work")
def domain_file(request: HttpRequest, key: str, ending: str) -> HttpResponse:
    """Give the rows of a domain that differ as a table."""
    sight = sight_asked(request)
    told = reconciliation_of(sight, round_asked(request))
    with sight.round(told["round"]) as shown:
        found = differences(shown, names_of(sight, key), wanted_in(request)) if shown else None
        if found is None:
            raise Http404(key)
        rows = [list(row.values()) for row in found.rows()]
    return table_file(f"differences-{key}", found.columns, rows, ending)


urlpatterns = [
    path("migration/reconciliation/", reconciliation, name="migration-reconciliation"),
    path("migration/reconciliation/<slug:key>/", domain, name="migration-reconciled"),
    path("migration/reconciliation/<slug:key>/export.<slug:ending>", domain_file, name="migration-reconciled-export"),
]
