"""What may a programme say of fit? Claims about its Odoo, and where the code is that was written beside it."""

from typing import Annotated

from pydantic import Field

from lockgate.workspace import Definition, Text
from lockgate.workspace.frame.probes import Probe
from lockgate.workspace.models.model import Distinct

Count = Annotated[int, Field(ge=0)]


class ProbesFile(Definition):
    """Claims about Odoo, each with the check that tells whether it holds."""

    probes: Annotated[tuple[Probe, ...], Field(max_length=1_000)] = ()
    """The claims."""


class Limits(Definition):
    """How much own code was agreed, at most."""

    modules: Count | None = None
    """Own modules."""
    lines: Count | None = None
    """Lines of own code."""
    overrides: Count | None = None
    """Standard methods and views that are replaced."""
    studio: Count | None = None
    """Models, fields, actions, automations and views made by hand or with Studio."""


class Core(Definition):
    """Two copies of Odoo's own modules: what differs was edited."""

    runs: Text
    """The folder that the Odoo runs from."""
    released: Text
    """The folder with the same version as it was released."""


class CustomFile(Definition):
    """Where own code stands, and how much of it was agreed."""

    sources: Distinct[Text] = ()
    """Folders with own modules, each module in a folder of its name; from the workspace when they are relative."""
    core: Core | None = None
    """How edits of Odoo's own code are found."""
    most: Limits = Limits()
    """What was agreed."""
