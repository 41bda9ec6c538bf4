"""Who asks, in which time zone and in which locale do they read? Found before each page, so that no page can forget."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from lockgate.faces.web.reading import PLAIN, reading, wished
from lockgate.faces.web.viewer import NOBODY, Viewer
from lockgate.kernel.errors import LockgateError
from lockgate.tower.limits import MINUTE
from lockgate.tower.people.rights import viewer
from lockgate.tower.refusals import stopped
from lockgate.tower.server import live
from lockgate.tower.then import keeping

_SAFE = {"GET", "HEAD", "OPTIONS"}
Answer = Callable[[HttpRequest], HttpResponse]


class Asking:
    """Notes the viewer on each request, and answers an expected stop with a page that says what to do."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request."""
        request.viewer = NOBODY  # type: ignore[attr-defined]
        try:
            if request.method not in _SAFE:
                live().workspace(anew=True)  # who acts has the roles of this moment, not those of a second ago
            request.viewer, zone = _viewer(request), _zone(request)  # type: ignore[attr-defined]
        except LockgateError as stop:
            return stopped(request, stop)
        with timezone.override(zone), reading(_locale(request)):
            answer = keeping(request, self._answer(request))
        if answer.status_code == 429 and "Retry-After" not in answer:  # noqa: PLR2004 - the sign-in library's own limits
            answer["Retry-After"] = str(MINUTE)
        return answer

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer an expected stop; a bug goes on, to be logged."""
        if isinstance(error, LockgateError):
            logging.getLogger("lockgate.tower").info("%s %s: %s", request.method, request.path, error)
            return stopped(request, error)
        return None


def _viewer(request: HttpRequest) -> Viewer:
    if not request.user.is_authenticated:
        return NOBODY
    return viewer(request.user, live().workspace(), datetime.now(UTC))


def _zone(request: HttpRequest) -> ZoneInfo:
    """Return the zone of the reader, else that of the programme, else UTC."""
    wished = getattr(request.user, "time_zone", "")
    workspace = live().workspace()
    return ZoneInfo(wished or (workspace.programme.time_zone if "programme" in workspace.models else "UTC"))


def _locale(request: HttpRequest) -> str:
    """Return in which locale a page is written; programs, which ask the API, get plain English."""
    if request.path.startswith("/api/"):
        return PLAIN
    return wished(getattr(request.user, "language", ""), request.headers.get("Accept-Language", ""))
