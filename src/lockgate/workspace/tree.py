"""What holds at a site? What it says itself, and what it has from the sites above it and from the programme."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from lockgate.workspace.frame.calendars import SharedPeriod
from lockgate.workspace.frame.periods import Period, PeriodKind, Span
from lockgate.workspace.frame.programme import Programme
from lockgate.workspace.frame.sites import SiteDefinition, SiteKind


@dataclass(frozen=True)
class Site:
    """One site, with all that holds for it."""

    key: str
    name: str
    kind: SiteKind
    above: str | None
    """The key of the site above it."""
    below: tuple[str, ...]
    """The keys of the sites right below it."""
    country: str | None
    currency: str
    time_zone: str
    calendar: str | None
    capabilities: tuple[str, ...]
    jobs: tuple[str, ...] | None
    """None where no site says any: then the playbooks tell."""
    owner: str | None
    periods: tuple[Period, ...]
    """Its own, then those of the sites above, then those that the calendars name it in."""

    def busy(self, day: date, *, kind: PeriodKind | None = None) -> tuple[Period, ...]:
        """Return the peaks, closes and blackouts of a day, or those of one kind."""
        return tuple(each for each in self.periods if kind in {None, each.kind} and each.covers(day))

    def calm(self, within: Span) -> bool:
        """Return True when nothing special falls into these days."""
        return not any(True for period in self.periods for _ in period.spans(within))


@dataclass(frozen=True)
class Sites(Mapping[str, Site]):
    """All sites by their keys, those above before those below."""

    sites: dict[str, Site]

    def __getitem__(self, key: str) -> Site:
        return self.sites[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.sites)

    def __len__(self) -> int:
        return len(self.sites)

    def top(self) -> tuple[str, ...]:
        """Return the keys of the topmost sites."""
        return tuple(key for key, site in self.sites.items() if site.above is None)

    def within(self, key: str) -> tuple[str, ...]:
        """Return the key and those of all sites below it."""
        return (key, *(inner for below in self.sites[key].below for inner in self.within(below)))

    def upwards(self, key: str) -> tuple[str, ...]:
        """Return the key and those of all sites above it."""
        above = self.sites[key].above
        return (key,) if above is None else (key, *self.upwards(above))


def tree_of(
    definitions: tuple[SiteDefinition, ...], programme: Programme, shared: tuple[SharedPeriod, ...] = ()
) -> Sites:
    """Return the sites with what each has from above (S1, S2)."""
    found: dict[str, Site] = {}

    def add(definition: SiteDefinition, above: Site | None, named: tuple[SharedPeriod, ...]) -> None:
        here = tuple(each for each in shared if definition.key in each.sites and each not in named)
        site = _site(definition, above, programme, here if above else (*here, *_everywhere(shared)))
        found[site.key] = site
        for below in definition.sites:
            add(below, site, named + here)

    for definition in definitions:
        add(definition, None, ())
    return Sites(found)


def _everywhere(shared: tuple[SharedPeriod, ...]) -> tuple[SharedPeriod, ...]:
    return tuple(each for each in shared if not each.sites)


def _site(definition: SiteDefinition, above: Site | None, programme: Programme, more: tuple[Period, ...]) -> Site:
    capabilities = definition.capabilities if definition.capabilities is not None else above and above.capabilities
    inherited = above.jobs if above else None
    jobs = inherited if definition.jobs is None else definition.jobs
    return Site(
        key=definition.key,
        name=definition.name,
        kind=definition.kind,
        above=above.key if above else None,
        below=tuple(each.key for each in definition.sites),
        country=definition.country or (above.country if above else None),
        currency=definition.currency or (above.currency if above else programme.currency),
        time_zone=definition.time_zone or (above.time_zone if above else programme.time_zone),
        calendar=definition.calendar or (above.calendar if above else programme.calendar),
        capabilities=capabilities or (),
        jobs=jobs,
        owner=definition.owner or (above.owner if above else None),
        periods=(*definition.constraints, *more, *(above.periods if above else ())),
    )
