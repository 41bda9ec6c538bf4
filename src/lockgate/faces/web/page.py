"""How is a page opened? By whoever the policy lets in, and never from a cache that others share.

    @page("gate.see", scope=of_gate)
    def explain(request, key, scope): ...

W1  A view without an operation is not served: the walk over all URLs finds it.
W2  Who is not signed in is asked to; who may not is told so, without a word on what there is.
"""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, Final, Protocol, TypeVar, cast
from urllib.parse import urlencode, urlsplit, urlunsplit

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.views.decorators.cache import never_cache

from lockgate.faces.web.policy import may, refused
from lockgate.faces.web.viewer import NOBODY, Viewer
from lockgate.kernel.scope import PROGRAMME, Scope

View = Callable[..., HttpResponseBase]
ScopeOf = Callable[..., Scope]

Row = TypeVar("Row")
ROWS: Final = 100
"""How many rows of a list stand on one page."""
OPERATION: Final = "lockgate_operation"
"""The attribute of a view that says which entry of the policy it is."""


class Guarded(Protocol):
    """A view that says which operation it is."""

    lockgate_operation: str

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer a request."""


def viewer_of(request: HttpRequest) -> Viewer:
    """Return who asks."""
    return cast("Viewer", getattr(request, "viewer", NOBODY))


def everywhere(**_: Any) -> Scope:
    """Return the programme as the scope of a page that names none."""
    return PROGRAMME


def page(operation: str, scope: ScopeOf = everywhere) -> Callable[[View], Guarded]:
    """Guard a view by an entry of the policy; `scope` tells from the URL's parts for what it asks."""

    def guard(view: View) -> Guarded:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            viewer = viewer_of(request)
            if not viewer.person and not _open_to_all(operation):
                return sign_in(request)
            if not may(viewer, operation, scope(**kwargs)):
                refused(viewer, operation, asked=f"{request.method} {request.path}")
                raise PermissionDenied
            return view(request, *args, **kwargs)

        found = never_cache(guarded)
        setattr(found, OPERATION, operation)
        return cast("Guarded", found)

    return guard


def sign_in(request: HttpRequest) -> HttpResponse:
    """Send to the door, and back here afterwards; a part of a page sends the whole page there."""
    part = bool(request.headers.get("HX-Request"))
    asked = {"next": _page_around(request)} if part else {"next": request.get_full_path()}
    there = f"{resolve_url(settings.LOGIN_URL)}?{urlencode({**asked, **({'ended': 'yes'} if part else {})})}"
    if part:
        return HttpResponse(status=204, headers={"HX-Redirect": there})
    return HttpResponseRedirect(there)


def _page_around(request: HttpRequest) -> str:
    """Return the page that asked for a part, where it says so; a part alone is no page to come back to."""
    around = urlsplit(request.headers.get("HX-Current-URL", ""))
    own = around.netloc == request.get_host() and around.path.startswith("/")
    return urlunsplit(("", "", around.path, around.query, "")) if own else request.get_full_path()


def page_of(rows: Sequence[Row], request: HttpRequest, count: int = ROWS) -> Page[Row]:
    """Return the page of a list that the address asks for; the nearest one where there is none of that number."""
    return Paginator(rows, count).get_page(request.GET.get("page"))


def _open_to_all(operation: str) -> bool:
    return may(NOBODY, operation)
