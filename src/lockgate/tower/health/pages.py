"""Alive, and able to answer: two addresses for whoever watches the server."""

from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path

from lockgate.faces.web.page import page
from lockgate.kernel.errors import LockgateError
from lockgate.tower.server import live


@page("health.see")
def alive(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - a view takes one
    """Answer, which is all that is asked."""
    return HttpResponse("ok\n", content_type="text/plain")


@page("health.see")
def ready(request: HttpRequest) -> JsonResponse:  # noqa: ARG001 - as above
    """Say whether the tower's database and the ledger answer; not what is in them."""
    checks = {"database": _database(), "ledger": _ledger()}
    return JsonResponse(checks, status=200 if all(checks.values()) else 503)


def _database() -> bool:
    try:
        connection.ensure_connection()
    except Error:
        return False
    return True


def _ledger() -> bool:
    try:
        live().place.ledger.head()
    except LockgateError:
        return False
    return True


urlpatterns = [path("healthz", alive, name="healthz"), path("readyz", ready, name="readyz")]
