"""Which programme does this server show? The one of its workspace, opened once for the whole process.

Pages of the tower and of practices ask it here.
"""

from functools import cache
from pathlib import Path

from django.conf import settings

from lockgate.ledger import AsOf
from lockgate.ledger.asof import parse_as_of
from lockgate.programme.live import Live
from lockgate.workspace import Workspace


@cache
def _live(root: Path) -> Live:
    return Live(root)


def live() -> Live:
    """Return the programme that is shown."""
    return _live(settings.WORKSPACE)


def as_of(said: str | None) -> AsOf | None:
    """Return the number or moment that a page is asked as of, None for now."""
    return parse_as_of(said) if said else None


def workspace_as_of(when: AsOf | None) -> Workspace:
    """Return the workspace of a moment; that of today while it has findings, which are to be mended there."""
    today = live().workspace()
    return today if when is None or today.findings else live().room(when).workspace
