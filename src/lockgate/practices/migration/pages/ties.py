"""Which figures have to agree, and do they? A list, a sheet to print and sign, and what becomes of what is open."""

from collections.abc import Iterator

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from lockgate.faces.web.files import table_file
from lockgate.faces.web.page import page
from lockgate.practices.migration.pages.overview import round_asked, sight_asked
from lockgate.practices.migration.perform.showing.ties import ShownTie, TreatmentLine, sign_offs, ties, treatments
from lockgate.practices.migration.perform.showing.ties import tie as tie_of

_TREATED = ("treatment", "title", "way", "why", "owner", "due", "undecided", "overdue")
_VALUED = ("company", "currency", "open", "value")


@page("migration.see")
def list_all(request: HttpRequest) -> HttpResponse:
    """Show all ties, and who has signed."""
    sight = sight_asked(request)
    said = {
        "ties": ties(sight, round_asked(request)),
        "sign_offs": sign_offs(sight),
        "names": {key: person.name for key, person in sight.workspace.people.items()},
    }
    return render(request, "migration/ties.html", said)


@page("migration.see")
def tie(request: HttpRequest, key: str) -> HttpResponse:
    """Show a tie as a sheet to print and sign."""
    sight = sight_asked(request)
    told = _tie(request, key)
    titles = [(one["key"], one["title"]) for one in told["figures"]]
    said = {
        "one": told,
        "titles": [title for _, title in titles],
        "lines": [(line, [line["figures"][key] for key, _ in titles]) for line in told["lines"]],
        "apart": [
            (group, [group["figures"][key] for key, _ in titles])
            for group in told["groups"]
            if group["difference"] or group["because"]
        ],
        "names": {key: person.name for key, person in sight.workspace.people.items()},
    }
    return render(request, "migration/tie.html", said)


@page("migration.see")
def tie_file(request: HttpRequest, key: str, ending: str) -> HttpResponse:
    """Give the groups of a tie as a table."""
    told = _tie(request, key)
    figures = [one["key"] for one in told["figures"]]
    headings = ["company", *told["by"], *figures, "difference", "unexplained", "ties", "because"]
    return table_file(f"tie-{key}", headings, _rows(told, figures), ending)


@page("migration.see")
def planner(request: HttpRequest) -> HttpResponse:
    """Show what becomes of what is under way."""
    sight = sight_asked(request)
    names = {key: person.name for key, person in sight.workspace.people.items()}
    return render(request, "migration/treatments.html", {"treatments": treatments(sight), "names": names})


@page("migration.see")
def planner_file(request: HttpRequest, ending: str) -> HttpResponse:
    """Give what becomes of what is under way as a table."""
    rows = (row for one in treatments(sight_asked(request)) for row in _treated_rows(one))
    return table_file("treatments", [*_TREATED, *_VALUED], rows, ending)


def _treated_rows(one: TreatmentLine) -> Iterator[list[str | float | None]]:
    """Yield a row for each company and currency; a class that was not counted has one of its own."""
    told = [one[name] for name in _TREATED]  # type: ignore[literal-required] # these keys
    for each in one["values"]:
        yield [*told, *(each[name] for name in _VALUED)]  # type: ignore[literal-required] # these keys
    if not one["values"]:
        yield [*told, None, one["value_in"], one["open"], one["value"]]


def _tie(request: HttpRequest, key: str) -> ShownTie:
    sight = sight_asked(request)
    if key not in sight.migration.ties:
        raise Http404(key)
    return tie_of(sight, key, round_asked(request))


def _rows(told: ShownTie, figures: list[str]) -> Iterator[list[str | float]]:
    for group in told["groups"]:
        because = "; ".join(f"{one['because']}: {one['amount']}" for one in group["because"])
        values = [group["figures"][name] for name in figures]
        named = [group["group"][name] for name in told["by"]]
        ends = ["yes" if group["ok"] else "no", because]
        yield [group["company"], *named, *values, group["difference"], group["unexplained"], *ends]


urlpatterns = [
    path("migration/ties/", list_all, name="migration-ties"),
    path("migration/ties/<slug:key>/", tie, name="migration-tie"),
    path("migration/ties/<slug:key>/export.<slug:ending>", tie_file, name="migration-tie-export"),
    path("migration/treatments/", planner, name="migration-treatments"),
    path("migration/treatments/export.<slug:ending>", planner_file, name="migration-treatments-export"),
]
