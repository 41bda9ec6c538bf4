"""How do records of the old systems become records of Odoo?"""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from lockgate.faces.web.page import page
from lockgate.practices.migration.pages.overview import round_asked, sight_asked
from lockgate.practices.migration.perform.showing.mappings import mapping as mapping_of
from lockgate.practices.migration.perform.showing.mappings import mappings


@page("migration.see")
def list_all(request: HttpRequest) -> HttpResponse:
    """Show all mappings."""
    told = mappings(sight_asked(request), round_asked(request))
    return render(request, "migration/mappings.html", {"mappings": told})


@page("migration.see")
def mapping(request: HttpRequest, key: str) -> HttpResponse:
    """Show a mapping, field by field, and what is in its way."""
    sight = sight_asked(request)
    if key not in sight.migration.mappings:
        raise Http404(key)
    told = mapping_of(sight, key, round_asked(request))
    is_dataset = sight.migration.mappings[key].dataset is not None
    return render(request, "migration/mapping.html", {"one": told, "is_dataset": is_dataset, "works": sight.works})


urlpatterns = [
    path("migration/mappings/", list_all, name="migration-mappings"),
    path("migration/mappings/<slug:key>/", mapping, name="migration-mapping"),
]
