"""Where does the programme go live? The tree of sites: what each is, what it needs, and when it can't be touched.

S1  What a site does not say (country, currency, time zone, calendar, capabilities, jobs, owner) it has from the site
    above it, and the topmost from the programme.
S2  Periods add up: what holds for a site holds for those below it.
"""

from enum import StrEnum
from typing import Annotated, ClassVar

from lockgate.workspace.frame.periods import Period
from lockgate.workspace.frame.standards import Country, Currency, TimeZone
from lockgate.workspace.models.model import Declares, Definition, Distinct, Key, Reference, Text


class SiteKind(StrEnum):
    """What a site is."""

    LEGAL_ENTITY = "legal-entity"
    REGION = "region"
    WAREHOUSE = "warehouse"
    PLANT = "plant"
    CHANNEL = "channel"


class SiteDefinition(Definition):
    """One site as it is declared."""

    digested_apart: ClassVar[frozenset[str]] = frozenset({"sites"})

    key: Annotated[Key, Declares("site")]
    """How other files refer to it."""
    name: Text
    """What people call it."""
    kind: SiteKind
    """What it is."""
    country: Country | None = None
    """Its country, by ISO 3166."""
    currency: Currency | None = None
    """Its currency, by ISO 4217."""
    time_zone: TimeZone | None = None
    """Its time zone, like Europe/Brussels."""
    calendar: Annotated[str, Reference("calendar")] | None = None
    """When it works."""
    capabilities: Distinct[Annotated[str, Reference("capability")]] | None = None
    """The areas of Odoo that go live there."""
    jobs: Distinct[Annotated[str, Reference("job")]] | None = None
    """The jobs that people do there; those of the playbooks for its areas of Odoo when left out."""
    owner: Annotated[str, Reference("person")] | None = None
    """Who answers for it."""
    constraints: tuple[Period, ...] = ()
    """Its peaks, period closes and blackouts, beside those of the calendars."""
    sites: tuple["SiteDefinition", ...] = ()
    """The sites below it."""


class SitesFile(Definition):
    """The sites of the programme."""

    sites: tuple[SiteDefinition, ...]
    """The topmost sites."""
