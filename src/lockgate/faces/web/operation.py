"""How is an operation of the API opened? By whoever the policy lets in, like a page.

@router.get("/gate")
@operation("gate.see")
def gates(request): ...
"""

from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query
from ninja.errors import HttpError

from lockgate.faces.web.page import OPERATION, ScopeOf, everywhere, viewer_of
from lockgate.faces.web.policy import may, refused

AsOf = Annotated[str, Query(alias="as-of", description="A record's number, a day, a moment, or `yesterday`.")]


def operation(name: str, scope: ScopeOf = everywhere) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Guard an operation by an entry of the policy."""

    def guard(answer: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(answer)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if not may(viewer_of(request), name, scope(**kwargs)):
                refused(viewer_of(request), name, asked=f"{request.method} {request.path}")
                raise HttpError(403, "None of your roles lets you.")
            return answer(request, *args, **kwargs)

        setattr(guarded, OPERATION, name)
        return guarded

    return guard
