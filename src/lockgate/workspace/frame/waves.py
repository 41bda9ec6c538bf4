"""What goes live together? Waves of sites and capabilities."""

from datetime import date
from typing import Annotated

from pydantic import Field

from lockgate.workspace.models.model import Declares, Definition, Distinct, Key, Reference, Text


class WaveSite(Definition):
    """A site that goes live in a wave."""

    site: Annotated[str, Reference("site")]
    """Which one."""
    capabilities: Distinct[Annotated[str, Reference("capability")]] | None = None
    """The areas of Odoo that go live; all that the site has when left out."""


class Wave(Definition):
    """What goes live together."""

    key: Annotated[Key, Declares("wave")]
    """How other files refer to it."""
    name: Text
    """What people call it."""
    go_live: date | None = None
    """The day on which it goes live."""
    sites: Annotated[tuple[WaveSite, ...], Field(min_length=1)]
    """The sites that go live."""
    after: Distinct[Annotated[str, Reference("wave")]] = ()
    """The waves that must be live before."""


class WavesFile(Definition):
    """The waves of the programme."""

    waves: tuple[Wave, ...]
    """What goes live together, one after another."""
