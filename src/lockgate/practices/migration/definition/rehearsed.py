"""What is a rehearsal of the migration measured against? Its window, its volume, and what stands still meanwhile.

H1  The window is the time that there will be for the data in the night of the changeover.
H2  The volume is what will come then, per domain, so that a rehearsal with a tenth of it does not pass for a whole one.
H3  What is frozen has a day, an owner and a reason. What has to be changed all the same is agreed to by two people.
"""

from datetime import date
from typing import Annotated, Self

from pydantic import Field, model_validator

from lockgate.workspace import Declares, Definition, Key, Reference, Text, fault
from lockgate.workspace.models.model import FORMS, Distinct

_DATABASE = r"^[a-z][a-z0-9_-]*$"
FORMS[_DATABASE] = "The name of a database of the lab, like `meridian`."

Count = Annotated[int, Field(ge=1)]
DomainName = Annotated[str, Reference("domain")]
PersonName = Annotated[str, Reference("person")]


class Freeze(Definition):
    """What nobody changes any more (H3)."""

    domains: Annotated[Distinct[DomainName], Field(min_length=1)]
    """Of which data."""
    begins: date
    """From this day on."""
    ends: date | None = None
    """The first day on which it is changed again; after the changeover when left out."""
    owner: PersonName
    """Who sees to it."""
    why: Text
    """What goes wrong otherwise."""

    @model_validator(mode="after")
    def _forward(self) -> Self:
        if self.ends is not None and self.ends <= self.begins:
            raise fault("ends-before", "it ends before it begins", "Put the later day here.", at=("ends",))
        return self


class Emergency(Definition):
    """How frozen data is changed all the same."""

    rule: Text
    """When that is allowed, and what is done then."""
    agree: Annotated[Distinct[PersonName], Field(min_length=2)]
    """Who has to agree, two of them for each change."""


class Rehearsal(Definition):
    """A complete and timed run of the migration."""

    key: Annotated[Key, Declares("rehearsal")]
    """How evidence names it."""
    title: Text
    """What people call it."""
    window_minutes: Count
    """How long it may take (H1)."""
    volume: dict[DomainName, Count]
    """How many records each domain will have (H2)."""
    fresh_from: Annotated[str, Field(pattern=_DATABASE)] | None = None
    """The database of the lab that each run begins with a copy of; without it, it begins with the Odoo as it stands."""
    freeze: Annotated[tuple[Freeze, ...], Field(max_length=100)] = ()
    """The calendar of what stands still."""
    emergency: Emergency | None = None
    """What holds where something has to be changed all the same."""
