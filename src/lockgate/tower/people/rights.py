"""What is somebody now? The roles of programme/people.yaml, and those that were given in the tower and have not ended.

R1  A role at a site reaches what is below it. One that names no site reaches everything.
R2  Who looks after the accounts sees everything, since they could give themselves any role; they decide nothing by it.
R3  A role counts from its beginning until its end, and at the very next request after that no longer.
R4  A site that can't be told, since its file has findings, is not seen by whoever has a role there only.
R5  A role that somebody lent counts while they have it themselves, and no further than theirs reaches. A role that was
    lent can't be lent on.
"""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db.models import Q, QuerySet

from lockgate.faces.web.viewer import NOBODY, Held, Viewer
from lockgate.tower.people.models import Account, Grant
from lockgate.workspace import Workspace


def viewer(account: Account, workspace: Workspace, moment: datetime) -> Viewer:
    """Return who that is, with all that they may see (R1, R2, R3, R5)."""
    if not account.is_active:
        return NOBODY
    held = (
        *own_roles(account.person, workspace, moment),
        *_borrowed(account, workspace, moment),
        *_looking_after(account),
    )
    sites = {site for one in held for site in one.sites or ()}
    waves = {key for key, wave in workspace.waves.items() if any(each.site in sites for each in wave.sites)}
    declared = workspace.people.get(account.person)
    name = account.name or (declared.name if declared and declared.name else account.person)
    return Viewer(account.person, name, held, frozenset(waves), administrator=account.administrator)


def own_roles(person: str, workspace: Workspace, moment: datetime) -> tuple[Held, ...]:
    """Return the roles that somebody has and did not borrow: declared, or given in the tower (R1, R3)."""
    found = workspace.people.get(person)
    declared = [Held(one.role, reach(one.sites, workspace)) for one in found.roles] if found else []
    given = _in_force(moment).filter(account__person=person, account__is_active=True, lent=False)
    return (*declared, *(held for grant in given for held in _of(grant, workspace)))


def _in_force(moment: datetime) -> QuerySet[Grant]:
    return Grant.objects.filter(Q(begins__lte=moment) & (Q(ends=None) | Q(ends__gt=moment)))  # R3


def _of(grant: Grant, workspace: Workspace) -> Iterable[Held]:
    if not grant.site or grant.site in declared_sites(workspace):
        yield Held(grant.role, reach((grant.site,) if grant.site else (), workspace))


def _borrowed(account: Account, workspace: Workspace, moment: datetime) -> Iterable[Held]:
    for grant in _in_force(moment).filter(account=account, lent=True):
        lenders = own_roles(grant.given_by, workspace, moment) if may_lend(grant.given_by) else ()
        theirs = [one for one in lenders if one.role == grant.role]
        for held in _of(grant, workspace) if theirs else ():
            both = _meet(held.sites, _join(one.sites for one in theirs))  # R5
            if both is None or both:
                yield Held(held.role, both, lent_by=grant.given_by)


def may_lend(person: str) -> bool:
    """Return whether somebody can sign in, without which nothing is theirs to lend."""
    return Account.objects.filter(person=person, is_active=True).exists()


def _join(reaches: Iterable[frozenset[str] | None]) -> frozenset[str] | None:
    found: frozenset[str] = frozenset()
    for one in reaches:
        if one is None:
            return None
        found |= one
    return found


def _meet(one: frozenset[str] | None, other: frozenset[str] | None) -> frozenset[str] | None:
    if one is None or other is None:
        return other if one is None else one
    return one & other


def _looking_after(account: Account) -> Iterable[Held]:
    return (Held("administrator"),) if account.administrator else ()


def reach(sites: tuple[str, ...], workspace: Workspace) -> frozenset[str] | None:
    """Return what roles at these sites reach, None for everything (R1)."""
    if not sites:
        return None
    there = declared_sites(workspace)
    return frozenset(inner for site in sites if site in there for inner in workspace.sites.within(site))  # R4


def declared_sites(workspace: Workspace) -> Collection[str]:
    """Return the sites that can be told: of a programme that is not declared as it should be there are none."""
    return workspace.sites if "programme" in workspace.models else ()
