"""Where can one go? Each part of the product enters its places; the layout draws those that one may see."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from lockgate.faces.web.viewer import Viewer

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise


@dataclass(frozen=True, order=True)
class Place:
    """An entry of the navigation."""

    order: int
    title: "_StrOrPromise"
    """Marked for translation; each reader gets it in their language."""
    url: str
    icon: str
    operation: str
    group: "_StrOrPromise" = ""
    count: Callable[[Viewer], int] | None = field(default=None, compare=False)
    """How much waits there for somebody; None where nothing is counted."""
    waiting: int = field(default=0, compare=False)
    """How much that is, once it was counted."""

    def counted(self, viewer: Viewer) -> "Place":
        """Return the place with what waits there."""
        return self if self.count is None else replace(self, waiting=self.count(viewer))


_PLACES: list[Place] = []


def enter(*entries: Place) -> None:
    """Enter places into the navigation."""
    _PLACES.extend(entries)


def places() -> list[Place]:
    """Return all places in their order."""
    return sorted(_PLACES)
