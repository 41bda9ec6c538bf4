"""How far is the migration? As its page tells it."""

from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router

from lockgate.faces.web.operation import AsOf, operation
from lockgate.faces.web.page import viewer_of
from lockgate.practices.migration.perform.showing.overview import OverviewAnswer, overview
from lockgate.practices.migration.perform.showing.sight import sight_of
from lockgate.programme.server import as_of

router = Router()
Number = Annotated[
    int | None, Query(alias="round", ge=1, le=99_999, description="Which round; the newest if left out.")
]


@router.get("/migration", response=OverviewAnswer)
@operation("migration.see")
def home(request: HttpRequest, number: Number = None, when: AsOf = "") -> OverviewAnswer:
    """Return how far each domain is, with the keys of `lockgate migrate show --json`."""
    return overview(sight_of(viewer_of(request), as_of(when)), number)
