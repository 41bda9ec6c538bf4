"""What can programs ask of the template? What its pages show, with the keys of `lockgate drift --json`."""

from typing import Annotated

from django.http import Http404, HttpRequest
from ninja import Query, Router

from lockgate.faces.web.operation import AsOf, operation
from lockgate.faces.web.page import viewer_of
from lockgate.practices.template.perform.showing.adherence import AdherenceAnswer
from lockgate.practices.template.perform.showing.adherence import adherence as adherence_of
from lockgate.practices.template.perform.showing.inbox import LookAnswer, looks
from lockgate.practices.template.perform.showing.layers import ShownMerge, SiteAnswer, sites
from lockgate.practices.template.perform.showing.layers import merge as merge_of
from lockgate.practices.template.perform.showing.planned import ShownPlan, plans
from lockgate.practices.template.perform.showing.shelf import ResourceAnswer, found, shelf
from lockgate.programme.server import as_of

router = Router(tags=["template"])
Text = Annotated[str, Query(max_length=200)]


@router.get("/template", response=list[ResourceAnswer])
@operation("template.see")
def resources(
    request: HttpRequest, *, q: Text = "", model: Text = "", capability: Text = "", when: AsOf = ""
) -> list[ResourceAnswer]:
    """List the resources of the template that you may see."""
    there = shelf(viewer_of(request), as_of(when))
    return [there.told(key) for key in found(there, q=q, model=model, capability=capability)]


@router.get("/template/resource/{key}", response=ResourceAnswer)
@operation("template.see")
def resource(request: HttpRequest, key: str, when: AsOf = "") -> ResourceAnswer:
    """Return one resource."""
    there = shelf(viewer_of(request), as_of(when))
    if key not in there.book.by_key:
        raise Http404
    return there.told(key)


@router.get("/template/adherence", response=list[AdherenceAnswer])
@operation("template.see")
def adherence(request: HttpRequest, when: AsOf = "") -> list[AdherenceAnswer]:
    """Return how far each site that you see is as the template says; without evidence where it was never looked at."""
    return adherence_of(viewer_of(request), as_of(when))


@router.get("/template/plan", response=list[ShownPlan])
@operation("template.see")
def plan(request: HttpRequest, when: AsOf = "") -> list[ShownPlan]:
    """Return the last plan of each instance and site that you see, with the keys of `lockgate plan --last --json`."""
    return plans(viewer_of(request), as_of(when))


@router.get("/template/merge", response=list[SiteAnswer])
@operation("template.see")
def merges(request: HttpRequest, when: AsOf = "") -> list[SiteAnswer]:
    """Return how much each site that you see has otherwise."""
    return sites(viewer_of(request), as_of(when))


@router.get("/template/merge/{site}", response=ShownMerge)
@operation("template.see")
def merge(request: HttpRequest, site: str, when: AsOf = "") -> ShownMerge:
    """Return where each value of a site comes from, with the keys of `lockgate plan --explain-merge --json`."""
    return merge_of(viewer_of(request), site, as_of(when))


@router.get("/template/drift", response=list[LookAnswer])
@operation("template.see")
def drift(request: HttpRequest, when: AsOf = "") -> list[LookAnswer]:
    """Return the last look for drift at each instance and site, with what differed."""
    return looks(viewer_of(request), as_of(when))
