"""Do the figures agree, and what becomes of what is under way? As their pages tell it."""

from django.http import Http404, HttpRequest
from ninja import Router

from lockgate.faces.web.operation import AsOf, operation
from lockgate.faces.web.page import viewer_of
from lockgate.practices.migration.api.overview import Number
from lockgate.practices.migration.perform.showing.sight import sight_of
from lockgate.practices.migration.perform.showing.ties import ShownTie, tied_out, treated
from lockgate.practices.migration.perform.showing.ties import tie as tie_of
from lockgate.practices.migration.perform.tying.answers import TieOutAnswer, TreatmentsAnswer
from lockgate.programme.server import as_of

router = Router()


@router.get("/migration/ties", response=TieOutAnswer)
@operation("migration.see")
def list_ties(request: HttpRequest, number: Number = None, when: AsOf = "") -> TieOutAnswer:
    """Return all ties as `lockgate migrate tie-out --json` told them last."""
    return tied_out(sight_of(viewer_of(request), as_of(when)), number)


@router.get("/migration/ties/{key}", response=ShownTie)
@operation("migration.see")
def one_tie(request: HttpRequest, key: str, number: Number = None, when: AsOf = "") -> ShownTie:
    """Return a tie with its figures by group, what explains differences, and who has signed."""
    sight = sight_of(viewer_of(request), as_of(when))
    if key not in sight.migration.ties:
        raise Http404
    return tie_of(sight, key, number)


@router.get("/migration/treatments", response=TreatmentsAnswer)
@operation("migration.see")
def list_treatments(request: HttpRequest, when: AsOf = "") -> TreatmentsAnswer:
    """Return what becomes of what is under way, as `lockgate migrate treatments --json` told it last."""
    return treated(sight_of(viewer_of(request), as_of(when)))
