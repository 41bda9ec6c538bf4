"""Who holds which role where, and which roles does nobody hold? From the workspace and its playbooks.

P1  A role that somebody has at some sites is told to whoever sees one of them; a role for all sites, to everybody.
P2  Somebody none of whose roles one sees is not told of, save oneself.
"""

from collections.abc import Iterator

from typing_extensions import TypedDict

from lockgate.faces.web.viewer import Viewer
from lockgate.workspace import Workspace


class HeldAnswer(TypedDict):
    """A role, and where."""

    role: str
    sites: list[str]


class PersonAnswer(TypedDict):
    """Somebody who takes part."""

    person: str
    name: str
    roles: list[HeldAnswer]
    deputy: str


class RoleAnswer(TypedDict):
    """A role, and who has it."""

    role: str
    title: str
    answers_for: str
    holders: list[str]


class PeopleAnswer(TypedDict):
    """Who takes part, and as what."""

    people: list[PersonAnswer]
    roles: list[RoleAnswer]
    vacant: list[str]


def people(workspace: Workspace, viewer: Viewer) -> PeopleAnswer:
    """Return whom a viewer is told of, and the roles that nobody has."""
    told = [person for person in _people(workspace, viewer) if person["roles"] or person["person"] == viewer.person]
    taken = {one.role for person in workspace.people.values() for one in person.roles}
    roles = [
        RoleAnswer(
            role=key,
            title=role.title,
            answers_for=role.answers_for,
            holders=[one["person"] for one in told if any(held["role"] == key for held in one["roles"])],
        )
        for key, role in workspace.roles.items()
    ]
    return PeopleAnswer(people=told, roles=roles, vacant=[key for key in workspace.roles if key not in taken])


def _people(workspace: Workspace, viewer: Viewer) -> Iterator[PersonAnswer]:
    for key, person in workspace.people.items():
        held = [
            HeldAnswer(role=one.role, sites=list(one.sites))
            for one in person.roles
            if viewer.sees_sites(reached(one.sites, workspace))
        ]
        yield PersonAnswer(person=key, name=person.name or key, roles=held, deputy=person.deputy or "")


def reached(named: tuple[str, ...], workspace: Workspace) -> set[str]:
    """Return the sites that a role at some reaches; those themselves while sites can't be told."""
    known = workspace.sites if "programme" in workspace.models else {}
    return {inner for site in named for inner in (workspace.sites.within(site) if site in known else (site,))}
