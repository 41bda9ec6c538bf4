"""What do the playbooks bring, and which of it counts at a site, in a wave, in the programme? Roles, figures, jobs …

B1  What is about an area of Odoo counts where that area goes live: a figure, a duty, a claim.
B2  A job counts where one of its duties does, a pair of duties that don't go together where both do.
B3  A workstream counts where one of its areas goes live, and everywhere when it names none.
B4  What the workspace says under the same key replaces it.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Protocol

from pydantic import BaseModel

from lockgate.workspace.frame.people import DecisionRight, Escalation, Responsibility, Role, Workstream


class OfAnArea(Protocol):
    """Something that is about one area of Odoo: a KPI, a duty, a probe."""

    @property
    def capability(self) -> str:
        """The area."""


class Job(Protocol):
    """A job at a site."""

    @property
    def duties(self) -> tuple[str, ...]:
        """What it takes."""


class Conflict(Protocol):
    """Two duties that don't go together."""

    @property
    def between(self) -> tuple[str, ...]:
        """The two."""


class Method(Protocol):
    """What the playbooks of a programme bring, as far as a workspace builds on it."""

    @property
    def roles(self) -> Mapping[str, Role]:
        """The roles by their keys."""

    @property
    def raci(self) -> Mapping[str, Responsibility]:
        """Who is responsible, accountable, consulted and informed, by activity."""

    @property
    def decision_rights(self) -> Mapping[str, DecisionRight]:
        """Who may decide what, by key."""

    @property
    def escalations(self) -> Mapping[str, Escalation]:
        """The ways up, by key."""

    @property
    def stages(self) -> Mapping[str, BaseModel]:
        """The phases by their keys."""

    @property
    def workstreams(self) -> Mapping[str, Workstream]:
        """The parts of the business by their keys."""

    @property
    def kpis(self) -> Mapping[str, OfAnArea]:
        """The figures by their keys."""

    @property
    def duties(self) -> Mapping[str, OfAnArea]:
        """What people may do in Odoo, by key."""

    @property
    def jobs(self) -> Mapping[str, Job]:
        """The jobs by their keys."""

    @property
    def conflicts(self) -> Mapping[str, Conflict]:
        """Duties that don't go together, by key."""

    @property
    def probes(self) -> Mapping[str, OfAnArea]:
        """What is claimed of Odoo, by key."""


COUNTED: Mapping[str, str] = {
    "workstream": "workstreams",
    "kpi": "kpis",
    "duty": "duties",
    "job": "jobs",
    "rule": "conflicts",
    "probe": "probes",
}
"""By dimension, the part of the playbooks of which only that counts whose areas of Odoo go live."""
BROUGHT: Mapping[str, str] = {
    "role": "roles",
    "activity": "raci",
    "decision-right": "decision_rights",
    "escalation": "escalations",
    "stage": "stages",
    **COUNTED,
}
"""By dimension, the part of the playbooks that can be referred to."""


def part(method: Method, dimension: str) -> Mapping[str, BaseModel]:
    """Return what the playbooks bring under a dimension, by key."""
    found: Mapping[str, BaseModel] = getattr(method, BROUGHT[dimension]) if dimension in BROUGHT else {}
    return found


def counting(method: Method, dimension: str, areas: Collection[str]) -> Iterator[str]:
    """Yield the keys of a dimension that count where these areas of Odoo go live."""
    there = {key for key, duty in method.duties.items() if duty.capability in areas}  # B1
    if dimension == "workstream":
        yield from streams(method.workstreams, areas)
    elif dimension == "job":
        yield from (key for key, job in method.jobs.items() if not there.isdisjoint(job.duties))  # B2
    elif dimension == "rule":
        yield from (key for key, pair in method.conflicts.items() if there.issuperset(pair.between))  # B2
    elif dimension == "kpi":
        yield from (key for key, kpi in method.kpis.items() if kpi.capability in areas)  # B1
    elif dimension == "probe":
        yield from (key for key, probe in method.probes.items() if probe.capability in areas)  # B1
    elif dimension == "duty":
        yield from (key for key in method.duties if key in there)


def streams(workstreams: Mapping[str, Workstream], areas: Collection[str]) -> Iterator[str]:
    """Yield the workstreams that count where these areas of Odoo go live (B3)."""
    for key, each in workstreams.items():
        if not each.capabilities or not set(areas).isdisjoint(each.capabilities):
            yield key
