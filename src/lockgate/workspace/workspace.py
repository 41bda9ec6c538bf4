"""What does the programme say? Its workspace, once loaded: sites, people, calendars, waves, instances and digests."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Protocol, TypeVar

from pydantic import BaseModel

from lockgate.kernel.canonical import digest
from lockgate.kernel.errors import UsageError
from lockgate.kernel.finding import Finding
from lockgate.kernel.scope import PROGRAMME, Level, Scope
from lockgate.workspace.brought import COUNTED, Method, counting, part, streams
from lockgate.workspace.digests import Defined, content_of, definitions_of, digests_of, site_content
from lockgate.workspace.frame.calendars import Calendar, CalendarsFile, SharedPeriod
from lockgate.workspace.frame.people import (
    DecisionRight,
    Escalation,
    PeopleFile,
    Person,
    Responsibility,
    Role,
    Workstream,
)
from lockgate.workspace.frame.programme import DataEngine, Instance, Programme, ProgrammeFile
from lockgate.workspace.frame.schedules import Schedule, SchedulesFile
from lockgate.workspace.frame.sites import SiteDefinition, SitesFile
from lockgate.workspace.frame.waves import Wave, WavesFile
from lockgate.workspace.text.document import Document
from lockgate.workspace.tree import Site, Sites, tree_of
from lockgate.workspace.words import advice

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True)
class Workspace:
    """All that a folder declares, and all that is wrong in it."""

    root: Path
    findings: tuple[Finding, ...]
    documents: Mapping[str, Document]
    """Every file of definitions by its path."""
    models: Mapping[str, Mapping[str, BaseModel]]
    """By the name of a kind and the path of a file, what it says; a file with findings is not in it."""
    known: Mapping[str, frozenset[str]]
    """By dimension, every key that the files declare."""
    doubtful: frozenset[str] = frozenset()
    """Dimensions of which more may be declared than is known, because of what is wrong in a file."""
    dimensions: Mapping[str, Callable[["Workspace", Scope], Iterable[str]]] = field(default_factory=dict)
    """What practices declare beside."""

    compose: Callable[..., Method] | None = None
    """Puts playbooks together."""
    playbooks: tuple[str, ...] | None = None
    """Those of the programme; None where it can't be told which are meant."""

    def with_findings(self, findings: tuple[Finding, ...]) -> "Workspace":
        """Return the same with other findings."""
        return replace(self, findings=findings)

    def of(self, name: str) -> Mapping[str, BaseModel]:
        """Return what the files of a kind say, by their paths."""
        return self.models.get(name, {})

    @cached_property
    def definitions(self) -> Mapping[str, tuple[Defined, ...]]:
        """By file, the definitions in it."""
        return {path: tuple(definitions_of(model)) for models in self.models.values() for path, model in models.items()}

    @cached_property
    def places(self) -> Mapping[str, tuple[str, int]]:
        """By the name of a definition, in which file and line it stands."""
        found: dict[str, tuple[str, int]] = {}
        for path, inside in self.definitions.items():
            for one in inside:
                if one.name not in found:
                    found[one.name] = (path, self.documents[path].at(one.steps).line)
        return found

    @cached_property
    def file(self) -> ProgrammeFile:
        """What `lockgate.toml` says."""
        for each in _all(self, "programme", ProgrammeFile):
            return each
        raise UsageError(
            "The programme is not declared as it should be.",
            why="lockgate.toml is missing or has findings.",
            do="See what is wrong: `lockgate check`.",
        )

    @property
    def programme(self) -> Programme:
        """The programme itself."""
        return self.file.programme

    @property
    def declared_programme(self) -> Programme | None:
        """The programme itself, None while its file is wrong."""
        return next((file.programme for file in _all(self, "programme", ProgrammeFile)), None)

    @property
    def data(self) -> DataEngine:
        """Where data is computed."""
        return self.file.data

    @property
    def instances(self) -> Mapping[str, Instance]:
        """The Odoo databases by their keys."""
        return self.file.instances

    @cached_property
    def sites(self) -> Sites:
        """The tree of sites, each with all that holds for it."""
        return tree_of(self.site_definitions, self.programme, self.periods)

    @cached_property
    def site_definitions(self) -> tuple[SiteDefinition, ...]:
        """The topmost sites as they are declared."""
        return tuple(site for file in _all(self, "sites", SitesFile) for site in file.sites)

    @cached_property
    def own_people(self) -> PeopleFile:
        """What the workspace itself says of people and rights, without its playbooks."""
        return next(iter(_all(self, "people", PeopleFile)), PeopleFile())

    @cached_property
    def method(self) -> Method | None:
        """What the playbooks bring; what the workspace says under the same keys replaces it."""
        return self.compose(*self.playbooks) if self.compose and self.playbooks is not None else None

    @cached_property
    def roles(self) -> Mapping[str, Role]:
        """The roles by their keys."""
        return _over(self.method.roles if self.method else {}, self.own_people.roles)

    @cached_property
    def people(self) -> Mapping[str, Person]:
        """Everybody who takes part, by their keys."""
        return {each.key: each for each in self.own_people.people}

    @cached_property
    def raci(self) -> Mapping[str, Responsibility]:
        """Who is responsible, accountable, consulted and informed, by activity."""
        return _over(self.method.raci if self.method else {}, self.own_people.raci)

    @cached_property
    def decision_rights(self) -> Mapping[str, DecisionRight]:
        """Who may decide what, by key."""
        return _over(self.method.decision_rights if self.method else {}, self.own_people.decision_rights)

    @cached_property
    def escalations(self) -> Mapping[str, Escalation]:
        """The ways up, by key."""
        return _over(self.method.escalations if self.method else {}, self.own_people.escalations)

    @cached_property
    def workstreams(self) -> Mapping[str, Workstream]:
        """The parts of the business whose work is led as one, by their keys."""
        return _over(self.method.workstreams if self.method else {}, self.own_people.workstreams)

    @cached_property
    def brought(self) -> Mapping[tuple[str, str], BaseModel]:
        """By dimension and key, what the playbooks say of what counts where its areas of Odoo go live."""
        return {(name, key): model for name in COUNTED for key, model in self._brought(name).items()}

    def _brought(self, dimension: str) -> Mapping[str, BaseModel]:
        return part(self.method, dimension) if self.method else {}

    @cached_property
    def calendars(self) -> Mapping[str, Calendar]:
        """The calendars by their keys."""
        return {each.key: each for file in _all(self, "calendars", CalendarsFile) for each in file.calendars}

    @cached_property
    def periods(self) -> tuple[SharedPeriod, ...]:
        """The peaks, closes and blackouts of many sites."""
        return tuple(each for file in _all(self, "calendars", CalendarsFile) for each in file.periods)

    @cached_property
    def waves(self) -> Mapping[str, Wave]:
        """The waves by their keys."""
        return {each.key: each for file in _all(self, "waves", WavesFile) for each in file.waves}

    @cached_property
    def schedules(self) -> Mapping[str, Schedule]:
        """What is done by itself, by key."""
        return {each.key: each for file in _all(self, "schedules", SchedulesFile) for each in file.schedules}

    def pairs(self, wave: str) -> tuple[tuple[str, str], ...]:
        """Return the pairs of site and capability that go live in a wave."""
        return tuple(
            (each.site, capability)
            for each in self.waves[wave].sites
            for capability in (self.sites[each.site].capabilities if each.capabilities is None else each.capabilities)
        )

    def holders(self, role: str, scope: Scope = PROGRAMME) -> tuple[str, ...]:
        """Return the people who have a role for all of a scope."""
        sites = self.keys("site", scope)
        assigned = self._assigned.get(role, ())
        reaching = (person for person, reached in assigned if _reaches(reached, scope, sites))
        return tuple(dict.fromkeys(reaching))

    @cached_property
    def _assigned(self) -> Mapping[str, list[tuple[str, frozenset[str] | None]]]:
        """By role, who has it, each with the sites that it is for; None: for all."""
        found: dict[str, list[tuple[str, frozenset[str] | None]]] = {}
        for person in self.people.values():
            for each in person.roles:
                reached = frozenset(inner for site in each.sites for inner in self.sites.within(site))
                found.setdefault(each.role, []).append((person.key, reached if each.sites else None))
        return found

    def keys(self, dimension: str, scope: Scope = PROGRAMME) -> tuple[str, ...]:
        """Return the keys of a dimension (site, capability, role, person, wave …) that are declared for a scope."""
        self._require(scope)
        if dimension in self.dimensions:
            return tuple(self.dimensions[dimension](self, scope))
        if dimension in _IN_SCOPE:
            return tuple(_IN_SCOPE[dimension](self, scope))
        return tuple(sorted({*self.known.get(dimension, ()), *self._brought(dimension)}))

    def digest_of(self, name: str) -> str:
        """Return the digest of a definition, a file or a kind of files: `site:ghent`, `file:a.yaml`, `files:sites`."""
        try:
            return self.digests[name]
        except KeyError:
            dimension, _, key = name.partition(":")
            there = [each.partition(":")[2] for each in self.digests if each.startswith(f"{dimension}:")]
            why = advice(key, there, otherwise=f"Of {dimension} there are")
            raise UsageError(f"The workspace declares no `{name}`.", why=why) from None

    @cached_property
    def digests(self) -> Mapping[str, str]:
        """The digests of all definitions and files, by their names."""
        found: dict[str, str] = {}
        for kind, models in self.models.items():
            for path, model in models.items():
                found[f"file:{path}"] = digest(content_of(model))
                found.update((name, each) for name, each in digests_of(model) if not name.startswith("site:"))
            found[f"files:{kind}"] = digest({path: found[f"file:{path}"] for path in models})
        for (dimension, key), brought in self.brought.items():
            found.setdefault(f"{dimension}:{key}", digest(content_of(brought)))
        if "programme" in self.models:
            found["programme"] = digest(content_of(self.programme))
            found |= {f"site:{key}": digest(site_content(site)) for key, site in self.sites.items()}
        return found

    def _require(self, scope: Scope) -> None:
        there: Mapping[str, object] = self.sites if scope.level is Level.SITE else self.waves
        if scope.level is not Level.PROGRAMME and scope.key not in there:
            why = advice(scope.key, there, otherwise="Declared")
            raise UsageError(f"No {scope.level} `{scope.key}` is declared.", why=why)


class _Keyed(Protocol):
    @property
    def key(self) -> str: ...


Keyed = TypeVar("Keyed", bound=_Keyed)


def _over(brought: Mapping[str, Keyed], own: Iterable[Keyed]) -> dict[str, Keyed]:
    return {**brought, **{each.key: each for each in own}}


def _all(workspace: Workspace, kind: str, model: type[Model]) -> Iterable[Model]:
    return (each for each in workspace.of(kind).values() if isinstance(each, model))


def _reaches(reached: frozenset[str] | None, scope: Scope, sites: tuple[str, ...]) -> bool:
    """Return True when who has a role for these sites has it for all of a scope."""
    return reached is None or (scope.level is not Level.PROGRAMME and reached.issuperset(sites))


def _sites(workspace: Workspace, scope: Scope) -> Iterable[str]:
    if scope.level is Level.SITE:
        return workspace.sites.within(scope.key)
    if scope.level is Level.WAVE:
        return (each.site for each in workspace.waves[scope.key].sites)
    return workspace.sites


def _capabilities(workspace: Workspace, scope: Scope) -> Iterable[str]:
    if scope.level is Level.WAVE:
        return sorted({capability for _, capability in workspace.pairs(scope.key)})
    sites: Iterable[Site] = (workspace.sites[key] for key in _sites(workspace, scope))
    return sorted({capability for site in sites for capability in site.capabilities})


def _jobs(workspace: Workspace, scope: Scope) -> Iterable[str]:
    """Return the jobs that the sites say; for sites that say none, what the playbooks bring for their areas."""
    said: dict[str, None] = {}
    for key in _sites(workspace, scope):
        site = workspace.sites[key]
        said |= dict.fromkeys(_counting(workspace, "job", site.capabilities) if site.jobs is None else site.jobs)
    return said


def _counting(workspace: Workspace, dimension: str, areas: Iterable[str]) -> Iterable[str]:
    return counting(workspace.method, dimension, set(areas)) if workspace.method else ()


def _counted(dimension: str) -> Callable[[Workspace, Scope], Iterable[str]]:
    """Return which keys count in a scope: of the playbooks, and all that the files declare."""

    def keys(workspace: Workspace, scope: Scope) -> Iterable[str]:
        brought = _counting(workspace, dimension, _capabilities(workspace, scope))
        return dict.fromkeys([*brought, *sorted(workspace.known.get(dimension, ()))])

    return keys


def _waves(workspace: Workspace, scope: Scope) -> Iterable[str]:
    if scope.level is Level.WAVE:
        return (scope.key,)
    if scope.level is Level.SITE:
        return (key for key in workspace.waves if any(site == scope.key for site, _ in workspace.pairs(key)))
    return workspace.waves


def _people(workspace: Workspace, scope: Scope) -> Iterable[str]:
    """Return who has a role for at least a part of a scope."""
    sites = set(_sites(workspace, scope))
    for key, person in workspace.people.items():
        reached = [set(workspace.sites.within(site)) for each in person.roles for site in each.sites]
        everywhere = any(not each.sites for each in person.roles)
        if scope.level is Level.PROGRAMME or everywhere or any(part & sites for part in reached):
            yield key


def _instances(workspace: Workspace, scope: Scope) -> Iterable[str]:
    sites = set(_sites(workspace, scope))
    return (key for key, each in workspace.instances.items() if not each.sites or sites.intersection(each.sites))


_IN_SCOPE: Mapping[str, Callable[[Workspace, Scope], Iterable[str]]] = {
    "site": _sites,
    "capability": _capabilities,
    "wave": _waves,
    "person": _people,
    "instance": _instances,
    "role": lambda workspace, _: workspace.roles,
    "job": _jobs,
    "workstream": lambda workspace, scope: streams(workspace.workstreams, set(_capabilities(workspace, scope))),
    "kpi": _counted("kpi"),
    "duty": _counted("duty"),
    "rule": _counted("rule"),
    "probe": _counted("probe"),
}
