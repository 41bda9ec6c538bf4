"""At which moments is a loader worth killing? Named here, so that a test can do it at every one of them.

Nothing happens at any of them, unless a test puts something else in the place of `on_reach`.
"""

from collections.abc import Callable
from enum import StrEnum


class Point(StrEnum):
    """A boundary in the life of a batch."""

    PLANNED = "planned"
    """On record that the batch exists; nothing is sent."""
    MARKED = "marked"
    """On record that the batch is being sent; nothing is sent."""
    ANSWERED = "answered"
    """Odoo has answered a call; it is not yet read back."""
    READ_BACK = "read back"
    """What Odoo has is known; it is not on record."""
    SETTLED = "settled"
    """On record what came of the batch."""


def _nothing(point: Point) -> None:
    """Go on."""


on_reach: Callable[[Point], None] = _nothing


def reach(point: Point) -> None:
    """Say that this thread has come to the point."""
    on_reach(point)
