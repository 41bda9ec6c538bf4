"""What must be known to decide about a record? The registers, all records, and who and what the workspace declares."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from lockgate.kernel.register import Register
from lockgate.kernel.scope import Level, Scope
from lockgate.ledger.registers.entry import Entries


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
    declared: Mapping[str, Collection[str]] = field(default_factory=dict)
    """By dimension, whatever else the workspace declares and a record can be linked to."""

    def covers(self, scope: Scope, site: str) -> bool:
        """Return whether the scope holds the site; without a site it must be the whole programme."""
        if scope.level is Level.PROGRAMME:
            return True
        above = self.above(site)
        if scope.level is Level.SITE:
            return scope.key in above
        return any(one in self.waves.get(scope.key, ()) for one in above)

    def above(self, site: str) -> tuple[str, ...]:
        """Return the site and all above it."""
        found: dict[str, None] = {}
        while site and site not in found:
            found[site] = None
            site = (self.sites or {}).get(site, "")
        return tuple(found)
