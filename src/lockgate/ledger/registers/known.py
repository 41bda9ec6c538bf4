"""What must be known to decide about a record? The registers, all records, and who and what the workspace declares."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from lockgate.kernel.register import Register
from lockgate.kernel.scope import Level, Scope
from lockgate.ledger.registers.entry import Entries, Entry
from lockgate.ledger.registers.working_time import WorkingTime


@dataclass(frozen=True)
class Known:
    """The facts that are handed to the engine; None where nothing is declared, so that nothing is checked."""

    registers: Mapping[str, Register]
    entries: Entries = field(default_factory=Entries)
    people: Collection[str] | None = None
    sites: Mapping[str, str] | None = None
    """Every site with the one above it, empty for none."""
    waves: Mapping[str, Collection[str]] = field(default_factory=dict)
    """The sites of each wave."""
    capabilities: Collection[str] | None = None
    calendars: Mapping[str, WorkingTime] = field(default_factory=dict)
    """By site, when work is done there; that of the programme under an empty text."""
    ways: Mapping[str, tuple[tuple[str, timedelta], ...]] = field(default_factory=dict)
    """The ways up: by key, which role hears of an overdue record how long after."""
    declared: Mapping[str, Collection[str]] = field(default_factory=dict)
    """By dimension, whatever else the workspace declares and a record can be linked to."""
    due: dict[str, tuple[Entry, datetime | None]] = field(default_factory=dict, compare=False, repr=False)
    """By when records must move on, as far as `due_at` was asked: it follows from a record and what is declared, and
    lists ask it of all."""
    words: dict[str, tuple[Entry, str]] = field(default_factory=dict, compare=False, repr=False)
    """What can be looked for in records, as far as somebody searched: as above."""

    def covers(self, scope: Scope, site: str) -> bool:
        """Return whether the scope holds the site; without a site it must be the whole programme."""
        if scope.level is Level.PROGRAMME:
            return True
        above = self.above(site)
        if scope.level is Level.SITE:
            return scope.key in above
        return any(one in self.waves.get(scope.key, ()) for one in above)

    def calendar(self, site: str) -> WorkingTime:
        """Return when work is done at a site: as it says, or the nearest above it that does, or the programme."""
        there = (self.calendars.get(one) for one in (*self.above(site), ""))
        return next((one for one in there if one is not None), WorkingTime())

    def above(self, site: str) -> tuple[str, ...]:
        """Return the site and all above it."""
        found: dict[str, None] = {}
        while site and site not in found:
            found[site] = None
            site = (self.sites or {}).get(site, "")
        return tuple(found)
