"""Who looks? A person with the roles that they have now, and what they may see by them.

V1  Who has a role everywhere sees all. Who has one at some sites sees these, what is below them, the waves that
    they are part of, and what concerns the whole programme.
V2  Without any role nothing is seen.
V3  A file of the workspace that belongs to one site, below `sites/<site>/`, is shown to whoever sees that site. All
    else concerns all.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import PurePosixPath

from lockgate.kernel.scope import Level, Scope


@dataclass(frozen=True)
class Held:
    """A role that somebody has now, and where: everywhere when `sites` is None."""

    role: str
    sites: frozenset[str] | None = None
    lent_by: str = ""
    """Whose role it is, where it was lent: at a gate it votes for them and not beside them."""


@dataclass(frozen=True)
class Viewer:
    """Somebody who is signed in."""

    person: str
    name: str
    held: tuple[Held, ...] = ()
    waves: frozenset[str] = frozenset()
    """The waves that one of the viewer's sites is part of."""
    administrator: bool = False
    """Looks after the accounts."""

    @cached_property
    def member(self) -> bool:
        """True when the viewer takes part in the programme."""
        return bool(self.held)

    @cached_property
    def everywhere(self) -> bool:
        """True when nothing is kept from the viewer."""
        return any(one.sites is None for one in self.held)

    @cached_property
    def sites(self) -> frozenset[str]:
        """The sites that the viewer's roles are for."""
        return frozenset(site for one in self.held for site in one.sites or ())

    def sees(self, scope: Scope) -> bool:
        """Return whether what concerns the scope may be shown (V1, V2)."""
        if self.everywhere or not self.member or scope.level is Level.PROGRAMME:
            return self.member
        return scope.key in (self.sites if scope.level is Level.SITE else self.waves)

    def sees_sites(self, sites: Iterable[str]) -> bool:
        """Return whether a record that names these sites may be shown: one that names none concerns all."""
        named = set(sites)
        return self.member and (self.everywhere or not named or bool(named & self.sites))

    def sees_file(self, path: str) -> bool:
        """Return whether a file of the workspace may be shown, and what is declared in it (V3)."""
        parts = PurePosixPath(path).parts
        sites = [after for before, after in pairwise(parts[:-1]) if before == "sites"]
        return self.member and all(self.sees(Scope(Level.SITE, site)) for site in sites)

    def has(self, role: str, site: str | None = None) -> bool:
        """Return whether the viewer has a role, everywhere or at a site."""
        return any(one.role == role and (one.sites is None or site in one.sites) for one in self.held)


NOBODY = Viewer("", "")
