"""What can programs ask of fit? What its pages show, with the keys of the verbs."""

from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router

from lockgate.faces.web.operation import AsOf, operation
from lockgate.faces.web.page import viewer_of
from lockgate.practices.fit.perform.choices import SearchAnswer
from lockgate.practices.fit.perform.showing.customs import ShownCustom, customs
from lockgate.practices.fit.perform.showing.traces import ShownTrace
from lockgate.practices.fit.perform.showing.traces import trace as trace_of
from lockgate.practices.fit.perform.showing.workbench import NeedAnswer, Wanted
from lockgate.practices.fit.perform.showing.workbench import needs as needs_of
from lockgate.practices.fit.perform.showing.workbench import search as search_for
from lockgate.programme.server import as_of

router = Router(tags=["fit"])
Words = Annotated[str, Query(max_length=200)]


@router.get("/fit", response=list[NeedAnswer])
@operation("fit.see")
def needs(request: HttpRequest, when: AsOf = "") -> list[NeedAnswer]:
    """Return the requirements that you see, with how they fit and what of the standard carries them."""
    return needs_of(viewer_of(request), as_of(when))


@router.get("/fit/search", response=SearchAnswer)
@operation("fit.see")
def search(request: HttpRequest, q: Words, instance: Words, capability: Words = "") -> SearchAnswer:
    """Return what may be meant by some words, with the keys of `lockgate fit search --json`; no Odoo is asked."""
    found = search_for(viewer_of(request), Wanted(instance, q, capability=capability))
    return found or SearchAnswer(instance=instance, words=[], entries=0, found=[])


@router.get("/fit/custom", response=list[ShownCustom])
@operation("fit.see")
def custom(request: HttpRequest, when: AsOf = "") -> list[ShownCustom]:
    """Return what was counted last of each instance, with the keys of `lockgate fit custom --json`, and its trend."""
    return customs(viewer_of(request), as_of(when))


@router.get("/fit/trace", response=ShownTrace)
@operation("fit.see")
def trace(request: HttpRequest, when: AsOf = "") -> ShownTrace:
    """Return the threads that you see, with the keys of `lockgate fit trace --json`, and how far each site is."""
    return trace_of(viewer_of(request), as_of(when))
