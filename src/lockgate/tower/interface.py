"""What can programs ask? Each part's operations, at /api, each under an entry of the policy like a page.

    @router.get("/gate")
    @operation("gate.see")
    def gates(request): ...

N1  A program signs in with a key of its own; one that only reads changes nothing. A browser's session counts too, and
    then a change takes the page's token.
N2  Answers have the keys that `--json` of the command line has.
"""

from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError
from ninja.openapi.schema import OpenAPISchema
from ninja.security import HttpBearer, django_auth

from lockgate import __version__
from lockgate.faces.web.operation import AsOf, operation
from lockgate.kernel.errors import LockgateError
from lockgate.tower.limits import BAD_KEYS, REQUESTS, address_of, spend
from lockgate.tower.people import secrets
from lockgate.tower.people.models import Key
from lockgate.tower.people.rights import viewer
from lockgate.tower.practices import routers
from lockgate.tower.refusals import stopped
from lockgate.tower.server import live

__all__ = ["AsOf", "api", "gather", "operation"]

_HERE = Path(__file__).parent
_SAFE = {"GET", "HEAD", "OPTIONS"}
_NOTED = timedelta(minutes=1)


class _KeyHolder(HttpBearer):
    """Lets a program in by its key (N1)."""

    def authenticate(self, request: HttpRequest, token: str) -> Key | None:
        """Return the key, None when it is not good."""
        now = datetime.now(UTC)
        key = Key.objects.select_related("account").filter(digest=secrets.digest(token)).first()
        if key is None or key.revoked_at or key.expires_at <= now or not key.account.is_active:
            spend("bad-key", address_of(request), BAD_KEYS)
            return None
        spend("key", key.digest, REQUESTS)
        if request.method not in _SAFE and not key.writes:
            raise HttpError(403, "This key only reads.")
        if key.used_at is None or now - key.used_at > _NOTED:
            Key.objects.filter(pk=key.pk).update(used_at=now)
        request.viewer = viewer(key.account, live().workspace(), now)  # type: ignore[attr-defined]
        return key


_STOP = {
    "type": "object",
    "description": "What happened, why, and what to do about it.",
    "properties": {"error": {"type": "object", "additionalProperties": {"type": "string"}}},
    "required": ["error"],
}
_DETAIL = {
    "type": "object",
    "description": "What the request lacks: a right, a value, a thing that is there.",
    "properties": {"detail": {}},
    "required": ["detail"],
}


class _Api(NinjaAPI):
    """An API whose description says how it refuses, too."""

    def get_openapi_schema(self, **asked: Any) -> OpenAPISchema:
        """Return the description; every operation may answer with a stop."""
        said = super().get_openapi_schema(**asked)
        content = {"application/json": {"schema": {"anyOf": [_STOP, _DETAIL]}}}
        for path in said["paths"].values():
            for told in path.values():
                told["responses"]["4XX"] = {"description": "Refused", "content": content}
                told["responses"]["503"] = {"description": "Out of reach", "content": content}
        return said


api = _Api(
    title="Lockgate",
    version=__version__,
    docs_url=None,
    auth=[_KeyHolder(), django_auth],
    urls_namespace="api",
)


@api.exception_handler(LockgateError)
def _stopped(request: HttpRequest, error: LockgateError) -> HttpResponse:
    return stopped(request, error)


def gather() -> NinjaAPI:
    """Return the API with the operations of all parts, and of all practices."""
    for file in sorted(_HERE.glob("*/api.py")):
        api.add_router("", import_module(f"{__package__}.{file.parent.name}.api").router)
    for router in routers():
        api.add_router("", router)
    return api
