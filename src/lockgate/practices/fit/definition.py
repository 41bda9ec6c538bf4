"""What may a programme claim of its Odoo? Probes, beside those that its playbooks bring."""

from typing import Annotated

from pydantic import Field

from lockgate.workspace import Definition
from lockgate.workspace.frame.probes import Probe


class ProbesFile(Definition):
    """Claims about Odoo, each with the check that tells whether it holds."""

    probes: Annotated[tuple[Probe, ...], Field(max_length=1_000)] = ()
    """The claims."""
