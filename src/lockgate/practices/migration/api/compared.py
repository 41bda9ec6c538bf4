"""How do the rounds compare? As their page tells it."""

from django.http import HttpRequest
from ninja import Router

from lockgate.faces.web.operation import AsOf, operation
from lockgate.faces.web.page import viewer_of
from lockgate.practices.migration.perform.rehearsing.answers import RoundsAnswer
from lockgate.practices.migration.perform.showing.compared import compared
from lockgate.practices.migration.perform.showing.sight import sight_of
from lockgate.programme.server import as_of

router = Router()


@router.get("/migration/rounds", response=RoundsAnswer)
@operation("migration.see")
def show(request: HttpRequest, when: AsOf = "") -> RoundsAnswer:
    """Return the rounds and the forecast, with the keys of `lockgate migrate rounds --json`."""
    return compared(sight_of(viewer_of(request), as_of(when)))
