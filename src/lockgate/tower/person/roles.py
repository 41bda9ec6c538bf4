"""Who holds which role where, and which roles does nobody hold? From the workspace, and as the tower gave them.

P1  A role that somebody has at some sites is told to whoever sees one of them; a role for all sites, to everybody.
P2  A role that was lent makes a deputy: it is told with who lent it, and nobody holds it by that.
P3  Somebody none of whose roles one sees is not told of, save oneself.
"""

from collections.abc import Iterator, Sequence

from typing_extensions import TypedDict

from lockgate.faces.web.viewer import Viewer
from lockgate.gates.facts.appointed import Appointment
from lockgate.kernel.scope import Level
from lockgate.workspace import Workspace


class HeldAnswer(TypedDict):
    """A role, and where."""

    role: str
    sites: list[str]
    record: int
    """What gave or lent it; 0 where it is declared."""
    until: str
    """When it ends; empty when it does not."""
    lent_by: str


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


def people(workspace: Workspace, viewer: Viewer, given: Sequence[Appointment] = ()) -> PeopleAnswer:
    """Return whom a viewer is told of, and the roles that nobody has."""
    told = [
        person for person in _people(workspace, viewer, given) if person["roles"] or person["person"] == viewer.person
    ]
    taken = {one.role for person in workspace.people.values() for one in person.roles}
    taken |= {one.role for one in given if not one.lent_by}
    roles = [
        RoleAnswer(
            role=key,
            title=role.title,
            answers_for=role.answers_for,
            holders=[one["person"] for one in told if any(_holds(held, key) for held in one["roles"])],
        )
        for key, role in workspace.roles.items()
    ]
    return PeopleAnswer(people=told, roles=roles, vacant=[key for key in workspace.roles if key not in taken])


def _holds(held: HeldAnswer, role: str) -> bool:
    return held["role"] == role and not held["lent_by"]  # P2


def _people(workspace: Workspace, viewer: Viewer, given: Sequence[Appointment]) -> Iterator[PersonAnswer]:
    for key in dict.fromkeys([*workspace.people, *(one.person for one in given)]):
        person = workspace.people.get(key)
        declared = [_held(one.role, one.sites) for one in (person.roles if person else ())]
        more = [
            _held(one.role, (one.scope.key,) if one.scope.level is Level.SITE else (), one)
            for one in given
            if one.person == key
        ]
        yield PersonAnswer(
            person=key,
            name=(person.name if person else "") or key,
            roles=[one for one in (*declared, *more) if viewer.sees_sites(reached(tuple(one["sites"]), workspace))],
            deputy=(person.deputy if person else "") or "",
        )


def _held(role: str, sites: tuple[str, ...], by: Appointment | None = None) -> HeldAnswer:
    return HeldAnswer(
        role=role,
        sites=list(sites),
        record=by.number if by else 0,
        until=by.ends if by else "",
        lent_by=by.lent_by if by else "",
    )


def reached(named: tuple[str, ...], workspace: Workspace) -> set[str]:
    """Return the sites that a role at some reaches; those themselves while sites can't be told."""
    known = workspace.sites if "programme" in workspace.models else {}
    return {inner for site in named for inner in (workspace.sites.within(site) if site in known else (site,))}
