"""Which rules do records break, which records are that, and what was put right?"""

from dataclasses import fields

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from lockgate.faces.web.files import table_file
from lockgate.faces.web.page import page, page_of
from lockgate.practices.migration.decide.picturing import HEIGHT, WIDTH, bars
from lockgate.practices.migration.pages.overview import round_asked, sight_asked
from lockgate.practices.migration.perform.mending.worklist import to_mend
from lockgate.practices.migration.perform.showing.listing import Listing, Wanted
from lockgate.practices.migration.perform.showing.rules import changes, failing
from lockgate.practices.migration.perform.showing.rules import rules as rules_of


def wanted_in(request: HttpRequest) -> Wanted:
    """Return what an address asks for."""
    return Wanted(**{one.name: request.GET.get(one.name, "") for one in fields(Wanted)})


def part_of(found: Listing | None, request: HttpRequest) -> dict[str, object]:
    """Return the page of a list that an address asks for, with its rows; the store cuts it."""
    cut = page_of(range(found.count() if found else 0), request)
    rows = found.rows(len(cut), cut.start_index() - 1) if found and len(cut) else []
    return {"page": cut, "rows": rows}


@page("migration.see")
def rules(request: HttpRequest) -> HttpResponse:
    """Show all rules, with how many records break each."""
    sight = sight_asked(request)
    told = rules_of(sight, round_asked(request))
    said = {
        "told": told,
        "drawn": [(one, bars([each["records"] or 0 for each in one["rounds"]])) for one in told["rules"]],
        "names": {key: person.name for key, person in sight.workspace.people.items()},
        "works": sight.works,
        "width": WIDTH,
        "height": HEIGHT,
    }
    return render(request, "migration/rules.html", said)


@page("migration.see")
def rule(request: HttpRequest, key: str) -> HttpResponse:
    """Show which records break a rule."""
    sight, wanted = sight_asked(request), wanted_in(request)
    told = rules_of(sight, round_asked(request))
    lines = [one for one in told["rules"] if one["rule"] == key]
    if not lines:
        raise Http404(key)
    with sight.round(told["round"]) as shown:
        said = part_of(failing(shown, key, wanted) if shown else None, request)
        there = {"shown": shown is not None, "older": bool(shown and shown.older)}
    names = {person: about.name for person, about in sight.workspace.people.items()}
    about = {"rule": key, "lines": lines, "told": told, "wanted": wanted, "names": names, "works": sight.works}
    return render(request, "migration/rule.html", about | said | there)


@page("migration.work")
def rule_file(request: HttpRequest, key: str, ending: str) -> HttpResponse:
    """Give the records that break a rule, whole, with what is wrong beside each, to be mended and given back."""
    sight, wanted = sight_asked(request), wanted_in(request)
    told = rules_of(sight, round_asked(request))
    lines = [one["dataset"] for one in told["rules"] if one["rule"] == key]
    dataset = wanted.dataset if wanted.dataset in lines else (lines[0] if lines else "")
    with sight.round(told["round"]) as shown:
        if shown is None or not shown.has("raw", dataset):
            raise Http404(key)
        headings, rows = to_mend(shown.connection, sight.migration.dataset(dataset), key)
    return table_file(f"{dataset}-{key.replace(':', '-')}", headings, rows, ending)


@page("migration.see")
def mended(request: HttpRequest) -> HttpResponse:
    """Show what cleansing put right, before and after."""
    sight, wanted = sight_asked(request), wanted_in(request)
    told = rules_of(sight, round_asked(request))
    with sight.round(told["round"]) as shown:
        said = part_of(changes(shown, wanted) if shown else None, request)
        there = {"shown": shown is not None, "older": bool(shown and shown.older)}
    return render(
        request, "migration/changes.html", {"told": told, "wanted": wanted, "works": sight.works} | said | there
    )


@page("migration.work")
def mended_file(request: HttpRequest, ending: str) -> HttpResponse:
    """Give what cleansing put right as a table."""
    sight = sight_asked(request)
    told = rules_of(sight, round_asked(request))
    with sight.round(told["round"]) as shown:
        if shown is None:
            raise Http404
        found = changes(shown, wanted_in(request))
        rows = [list(row.values()) for row in found.rows()]
    return table_file("changes", found.columns, rows, ending)


urlpatterns = [
    path("migration/rules/", rules, name="migration-rules"),
    path("migration/rules/<str:key>/", rule, name="migration-rule"),
    path("migration/rules/<str:key>/export.<slug:ending>", rule_file, name="migration-rule-export"),
    path("migration/changes/", mended, name="migration-changes"),
    path("migration/changes/export.<slug:ending>", mended_file, name="migration-changes-export"),
]
