"""Are these two records one thing? As the page of reviews tells it, and what somebody says of a pair."""

from django.http import Http404, HttpRequest
from ninja import Router, Schema

from lockgate.faces.web.operation import AsOf, operation
from lockgate.faces.web.page import viewer_of
from lockgate.practices.migration.perform.showing.golden import GoldenPreviewAnswer, golden_of
from lockgate.practices.migration.perform.showing.reviewing import say
from lockgate.practices.migration.perform.showing.reviews import PairAnswer, QueueAnswer, pair, queue
from lockgate.practices.migration.perform.showing.sight import sight_of
from lockgate.programme.server import as_of, live

router = Router()


class Said(Schema):
    """What somebody says of a pair."""

    said: str
    """`same`, `different` or `take-back`."""
    reason: str = ""


@router.get("/migration/reviews", response=QueueAnswer)
@operation("migration.review")
def list_all(request: HttpRequest, entity: str = "", when: AsOf = "") -> QueueAnswer:
    """Return the pairs, with the keys of `lockgate migrate reviews --json`."""
    sight = sight_of(viewer_of(request), as_of(when))
    return queue(sight, live().desk(sight.when), entity or None)


@router.get("/migration/reviews/{record}", response=PairAnswer)
@operation("migration.review")
def one(request: HttpRequest, record: str, when: AsOf = "") -> PairAnswer:
    """Return a pair side by side, with the keys of `lockgate migrate reviews PAIR --json`."""
    return _pair(request, record, when)


@router.get("/migration/reviews/{record}/golden", response=GoldenPreviewAnswer)
@operation("migration.review")
def golden(request: HttpRequest, record: str, when: AsOf = "") -> GoldenPreviewAnswer:
    """Return what one record would come of a pair, were it the same; nothing of it is kept."""
    sight = sight_of(viewer_of(request), as_of(when))
    found = golden_of(sight, live().desk(sight.when), record)
    if found is None:
        raise Http404
    return found


@router.post("/migration/reviews/{record}", response=PairAnswer)
@operation("migration.review")
def decide(request: HttpRequest, record: str, body: Said) -> PairAnswer:
    """Say that two records are the same, or different, or take back what was said."""
    _pair(request, record, "")
    say(live().desk(), record, body.said, by=viewer_of(request).person, reason=body.reason)
    return _pair(request, record, "")


def _pair(request: HttpRequest, record: str, when: str) -> PairAnswer:
    sight = sight_of(viewer_of(request), as_of(when))
    found = pair(sight, live().desk(sight.when), record)
    if found is None:
        raise Http404
    return found
