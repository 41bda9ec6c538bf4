"""Which records of a register touch some sites? Looked through once, however many sites ask."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import overload

from lockgate.gates.facts.wanted import Values


class Placed(Sequence[Values]):
    """The rows of a register in their order; never changed, so threads may share them."""

    def __init__(self, rows: Iterable[Values]) -> None:
        self._rows = tuple(rows)
        self._touching: dict[frozenset[str], Sequence[Values]] = {}

    @overload
    def __getitem__(self, place: int) -> Values: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Values]: ...

    def __getitem__(self, place: int | slice) -> Values | Sequence[Values]:
        return self._rows[place]

    def __len__(self) -> int:
        return len(self._rows)

    def touching(self, sites: frozenset[str]) -> Sequence[Values]:
        """Return the rows that name one of these sites, or none: nowhere in particular is everywhere."""
        found = self._touching.get(sites)
        if found is None:
            places = {place for site in (*sites, "") for place in self._by_site.get(site, ())}
            found = self._touching[sites] = [self._rows[place] for place in sorted(places)]
        return found

    @cached_property
    def _by_site(self) -> dict[str, list[int]]:
        """The places of the rows by the sites that they name, under an empty text those that name none."""
        found: dict[str, list[int]] = {}
        for place, row in enumerate(self._rows):
            said = row.get("site")
            for site in (said if isinstance(said, list | tuple) else [said]) if said else [""]:
                found.setdefault(site, []).append(place)
        return found
