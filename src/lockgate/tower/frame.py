"""What stands around every page? Where one can go, who is signed in, and what the page was made from."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from lockgate.faces.web.page import viewer_of
from lockgate.faces.web.places import places
from lockgate.faces.web.policy import may
from lockgate.tower.help.context import help_on
from lockgate.tower.server import live


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return what the layout needs."""
    viewer = viewer_of(request)
    if not viewer.person:
        return {"viewer": viewer, "theme": request.COOKIES.get("theme", "")}
    workspace = live().workspace()
    return {
        "viewer": viewer,
        "theme": getattr(request.user, "theme", ""),
        "programme": workspace.programme if "programme" in workspace.models else None,
        "findings": len(workspace.findings),
        "places": [place.counted(viewer) for place in places() if may(viewer, place.operation)],
        "here": request.path,
        "help": help_on(request.path),
        "zone": timezone.get_current_timezone_name(),
        "head": live().place.ledger.head(),
        "workspace_folder": settings.WORKSPACE.name,
        "as_of": request.GET.get("as-of", ""),
        "own_address": request.build_absolute_uri(),
        "printed_at": timezone.now(),
    }
