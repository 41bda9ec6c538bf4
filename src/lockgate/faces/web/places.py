"""Where can one go? Each part of the product enters its places; the layout draws those that one may see."""

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Place:
    """An entry of the navigation."""

    order: int
    title: str
    url: str
    icon: str
    operation: str
    group: str = ""


_PLACES: list[Place] = []


def enter(*entries: Place) -> None:
    """Enter places into the navigation."""
    _PLACES.extend(entries)


def places() -> list[Place]:
    """Return all places in their order."""
    return sorted(_PLACES)
