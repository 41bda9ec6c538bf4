"""What does a page say when it can't be shown? What happened, why, and what to do; never a trace.

S1  After a bug nothing is asked that may be what is broken: the page stands without the frame that reads the ledger.
"""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from lockgate.kernel.errors import Exit, LockgateError
from lockgate.tower.limits import StillReading, TooManyError

STATUS = {Exit.REFUSED: 403, Exit.UNREACHABLE: 503, Exit.USAGE: 400}
"""Kind of stop → HTTP status."""


def stopped(request: HttpRequest, error: LockgateError) -> HttpResponse:
    """Answer an expected stop."""
    status = 429 if isinstance(error, TooManyError) else STATUS.get(error.exit, 400)
    answer = _say(request, status, error.what, error.why, error.do)
    if isinstance(error, TooManyError | StillReading):
        answer["Retry-After"] = str(error.wait_seconds)
    return answer


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django's form
    """Answer what can't be understood."""
    return _say(request, 400, _("This request can't be understood."), "", _("Go back and try again."))


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django's form
    """Answer who may not."""
    do = _("Ask whoever looks after the people of the programme for a role that may.")
    return _say(request, 403, _("You may not do this."), _("None of your roles lets you."), do)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django's form
    """Answer what is not there."""
    return _say(
        request,
        404,
        _("There is no such page."),
        _("Nothing is at {path}.").format(path=request.path),
        _("Search for it: Ctrl+K, or the glass at the top."),
    )


def no_token(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that did not come from one of our pages."""
    do = _("Load the page again and repeat what you did. Cookies have to be allowed.")
    return _say(request, 403, _("This form did not come from a page of the tower."), reason, do)


def broken(request: HttpRequest) -> HttpResponse:
    """Answer with what to do after a bug of ours."""
    do = _("Try again. If it stays, report it with the log of the server.")
    said = {"what": _("Lockgate has a bug."), "why": _("The server's log holds the whole story."), "do": do}
    if request.path.startswith("/api/"):
        return JsonResponse({"error": said}, status=500)
    return HttpResponse(render_to_string("web/stop.html", said), status=500)  # S1


def _say(request: HttpRequest, status: int, what: str, why: str, do: str) -> HttpResponse:
    said = {"what": what, "why": why, "do": do}
    if request.path.startswith("/api/"):
        return JsonResponse({"error": said}, status=status)
    return render(request, "web/stop.html", said, status=status)
