"""How do records of the old systems become records of Odoo? As the pages tell it."""

from django.http import Http404, HttpRequest
from ninja import Router

from lockgate.faces.web.operation import AsOf, operation
from lockgate.faces.web.page import viewer_of
from lockgate.practices.migration.api.overview import Number
from lockgate.practices.migration.perform.showing.mappings import MappingLine, ShownMapping, mappings
from lockgate.practices.migration.perform.showing.mappings import mapping as mapping_of
from lockgate.practices.migration.perform.showing.sight import sight_of
from lockgate.programme.server import as_of

router = Router()


@router.get("/migration/mappings", response=list[MappingLine])
@operation("migration.see")
def list_all(request: HttpRequest, number: Number = None, when: AsOf = "") -> list[MappingLine]:
    """Return all mappings, with what came of them."""
    return mappings(sight_of(viewer_of(request), as_of(when)), number)


@router.get("/migration/mappings/{key}", response=ShownMapping)
@operation("migration.see")
def mapping(request: HttpRequest, key: str, number: Number = None, when: AsOf = "") -> ShownMapping:
    """Return a mapping, with the keys of `lockgate migrate show --mapping KEY --json`."""
    sight = sight_of(viewer_of(request), as_of(when))
    if key not in sight.migration.mappings:
        raise Http404
    return mapping_of(sight, key, number)
