"""What was counted? As the page tells it."""

from django.http import HttpRequest
from ninja import Router

from lockgate.faces.web.operation import AsOf, operation
from lockgate.faces.web.page import viewer_of
from lockgate.practices.migration.perform.showing.counts import counted
from lockgate.practices.migration.perform.showing.sight import sight_of
from lockgate.practices.migration.perform.tying.answers import CountsAnswer
from lockgate.programme.server import as_of

router = Router()


@router.get("/migration/counts", response=CountsAnswer)
@operation("migration.see")
def list_counts(request: HttpRequest, when: AsOf = "") -> CountsAnswer:
    """Return the newest count of each site, as `lockgate migrate counts --json` told it."""
    return counted(sight_of(viewer_of(request), as_of(when)))
