"""What is in each dataset, and how much of it is ready?"""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from lockgate.faces.web.files import table_file
from lockgate.faces.web.page import page
from lockgate.practices.migration.decide.picturing import HEIGHT, WIDTH, bars
from lockgate.practices.migration.pages.overview import round_asked, sight_asked
from lockgate.practices.migration.perform.showing.dataset import ShownDataset, datasets
from lockgate.practices.migration.perform.showing.dataset import dataset as dataset_of

_HEADINGS = (
    *("column", "use", "used_by", "why", "type", "kind", "seen", "personal", "rows", "filled", "distinct"),
    *("least", "most", "placeholders", "blank", "padded", "control", "mojibake", "outliers"),
)


@page("migration.see")
def list_all(request: HttpRequest) -> HttpResponse:
    """Show all datasets."""
    sight = sight_asked(request)
    names = {key: person.name for key, person in sight.workspace.people.items()}
    return render(
        request, "migration/datasets.html", {"datasets": datasets(sight, round_asked(request)), "names": names}
    )


@page("migration.see")
def dataset(request: HttpRequest, key: str) -> HttpResponse:
    """Show what is in a dataset, column by column."""
    sight = sight_asked(request)
    told = _dataset(request, key)
    drawn = [
        (one, told["values"].get(one["column"]), bars([each["rows"] for each in one["spread"]]))
        for one in (told["figures"]["columns"] if told["figures"] else [])
    ]
    uses = [one["use"] for one, _, _ in drawn]
    said = {
        "one": told,
        "drawn": drawn,
        "uses": {use: uses.count(use) for use in ("used", "ignored", "forgotten")},
        "steward": sight.named(told["steward"]),
        "works": sight.works,
        "width": WIDTH,
        "height": HEIGHT,
    }
    return render(request, "migration/dataset.html", said)


@page("migration.see")
def dataset_file(request: HttpRequest, key: str, ending: str) -> HttpResponse:
    """Give the columns of a dataset as a table."""
    figures = _dataset(request, key)["figures"]
    rows = [
        [
            *(one["column"], one["use"], " ".join(one["used_by"]), one["why"], one["type"], one["kind"], one["seen"]),
            *("yes" if one["personal"] else "no", one["rows"], one["filled"], one["distinct"], one["least"]),
            *(one["most"], one["placeholders"], one["blank"], one["padded"], one["control"], one["mojibake"]),
            one["outliers"]["rows"] if one["outliers"] else 0,
        ]
        for one in (figures["columns"] if figures else [])
    ]
    return table_file(f"columns-{key}", _HEADINGS, rows, ending)


def _dataset(request: HttpRequest, key: str) -> ShownDataset:
    sight = sight_asked(request)
    if key not in sight.migration.datasets:
        raise Http404(key)
    return dataset_of(sight, key, round_asked(request))


urlpatterns = [
    path("migration/datasets/", list_all, name="migration-datasets"),
    path("migration/datasets/<slug:key>/", dataset, name="migration-dataset"),
    path("migration/datasets/<slug:key>/export.<slug:ending>", dataset_file, name="migration-dataset-export"),
]
