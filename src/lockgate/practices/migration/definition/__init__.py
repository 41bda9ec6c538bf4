"""What may a programme say of its migration? Where the data is, what is right, what is one thing, and where it goes."""

from typing import Annotated

from pydantic import Field

from lockgate.practices.migration.definition.behaving import Check
from lockgate.practices.migration.definition.counted import Count
from lockgate.practices.migration.definition.judged import Cleansing, LeftOut, Rule, Standard
from lockgate.practices.migration.definition.mapped import Domain, Mapping
from lockgate.practices.migration.definition.matched import Entity
from lockgate.practices.migration.definition.read import Dataset, Source
from lockgate.practices.migration.definition.rehearsed import Rehearsal
from lockgate.practices.migration.definition.tied import Tie, Treatment
from lockgate.workspace import Definition, Text

__all__ = [
    "Check",
    "Cleansing",
    "Count",
    "Dataset",
    "Domain",
    "Entity",
    "LeftOut",
    "Mapping",
    "MigrationFile",
    "Rehearsal",
    "Rule",
    "Source",
    "Standard",
    "Tie",
    "Treatment",
]

_MANY = Field(max_length=1_000)


class MigrationFile(Definition):
    """A part of the migration."""

    why: Text | None = None
    """What this part is for."""
    sources: Annotated[tuple[Source, ...], _MANY] = ()
    """The old systems."""
    datasets: Annotated[tuple[Dataset, ...], _MANY] = ()
    """Their files and tables."""
    standards: Annotated[tuple[Standard, ...], _MANY] = ()
    """What was agreed for names, units, places and the like."""
    rules: Annotated[tuple[Rule, ...], _MANY] = ()
    """What has to be right before a record is loaded."""
    cleansing: Annotated[tuple[Cleansing, ...], _MANY] = ()
    """How values are put right."""
    left_out: Annotated[tuple[LeftOut, ...], _MANY] = ()
    """Which records don't come along, and who says so."""
    entities: Annotated[tuple[Entity, ...], _MANY] = ()
    """Things of which there must be one each."""
    domains: Annotated[tuple[Domain, ...], _MANY] = ()
    """What is loaded and reconciled as one, and by whom it is owned."""
    mappings: Annotated[tuple[Mapping, ...], _MANY] = ()
    """How records become records of Odoo."""
    ties: Annotated[tuple[Tie, ...], _MANY] = ()
    """Figures that have to agree."""
    counts: Annotated[tuple[Count, ...], _MANY] = ()
    """Stock that was counted, against the books."""
    treatments: Annotated[tuple[Treatment, ...], _MANY] = ()
    """What becomes of transactions that are under way."""
    rehearsals: Annotated[tuple[Rehearsal, ...], _MANY] = ()
    """What a run of all of it is measured against, and what stands still meanwhile."""
    checks: Annotated[tuple[Check, ...], _MANY] = ()
    """What work is tried on the data once it is in Odoo."""
