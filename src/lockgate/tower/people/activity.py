"""When was somebody last here? Noted once a minute for each session, so that a page need not write to be read.

A session that goes on from another address or another browser is noted at once, since that is told to whom it belongs.
"""

from collections.abc import Callable
from hashlib import sha256
from typing import Final

from allauth.account.adapter import get_adapter
from allauth.usersessions.middleware import UserSessionsMiddleware
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse

MINUTE: Final = 60
Answer = Callable[[HttpRequest], HttpResponse]


class Activity:
    """Notes what the list of one's sessions shows."""

    def __init__(self, answer: Answer) -> None:
        self._answer: Answer = answer
        self._noting: Answer = UserSessionsMiddleware(answer)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request, and note it where that has not been done within a minute."""
        key = request.session.session_key if request.user.is_authenticated else None
        if not key:
            return self._answer(request)
        asked = _asked(request, key)
        if cache.get(asked):
            return self._answer(request)
        answer = self._noting(request)
        cache.set(asked, value=True, timeout=MINUTE)
        return answer


def _asked(request: HttpRequest, session: str) -> str:
    """Return a key for a session as it is used just now; the cache holds no session that could be taken from it."""
    said = (session, get_adapter().get_client_ip(request), request.headers.get("User-Agent", ""))
    return f"activity:{sha256(repr(said).encode()).hexdigest()}"
