"""Which pages can be asked as of a moment? Those of what the ledger and the workspace say, not of what is done now."""

import re
from typing import Final

from django.http import HttpRequest, HttpResponse

from lockgate.faces.web.keeping import keep

_ASKED: Final = re.compile(
    r"/(?:(?:gate|rerun|evidence|person|register|raid|instance|workspace)/.*|programme/calendar/)?"
)
_DONE: Final = re.compile(r".*/(?:new|edit|import|verify)/.*")
"""What is done or tried, which is now."""


def asked_as_of(path: str) -> bool:
    """Return whether the page at a path can be asked as of a moment."""
    return _ASKED.fullmatch(path) is not None and _DONE.fullmatch(path) is None


def keeping(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """Return the answer; where it is a page of the past, with links into the past."""
    when = request.GET.get("as-of", "")
    page = not answer.streaming and answer.get("Content-Type", "").startswith("text/html")
    if when and page and asked_as_of(request.path):
        answer.content = keep(answer.content.decode(), when, asked_as_of).encode()
    return answer
