"""What is somebody now? The roles of programme/people.yaml, and those that were given in the tower and have not ended.

R1  A role at a site reaches what is below it. One that names no site reaches everything.
R2  Who looks after the accounts sees everything, since they could give themselves any role; they decide nothing by it.
R3  A role counts from its beginning until its end, and at the very next request after that no longer.
R4  A site that can't be told, since its file has findings, is not seen by whoever has a role there only.
"""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db.models import Q

from lockgate.faces.web.viewer import NOBODY, Held, Viewer
from lockgate.tower.people.models import Account
from lockgate.workspace import Workspace


def viewer(account: Account, workspace: Workspace, moment: datetime) -> Viewer:
    """Return who that is, with all that they may see (R1, R2, R3)."""
    if not account.is_active:
        return NOBODY
    held = (*_declared(account.person, workspace), *_given(account, workspace, moment), *_looking_after(account))
    sites = {site for one in held for site in one.sites or ()}
    waves = {key for key, wave in workspace.waves.items() if any(each.site in sites for each in wave.sites)}
    declared = workspace.people.get(account.person)
    name = account.name or (declared.name if declared and declared.name else account.person)
    return Viewer(account.person, name, held, frozenset(waves), administrator=account.administrator)


def _declared(person: str, workspace: Workspace) -> Iterable[Held]:
    found = workspace.people.get(person)
    for one in found.roles if found else ():
        yield Held(one.role, _reach(one.sites, workspace))


def _given(account: Account, workspace: Workspace, moment: datetime) -> Iterable[Held]:
    now = Q(begins__lte=moment) & (Q(ends=None) | Q(ends__gt=moment))
    for grant in account.grants.filter(now):
        if not grant.site or grant.site in _declared_sites(workspace):
            yield Held(grant.role, _reach((grant.site,) if grant.site else (), workspace))


def _looking_after(account: Account) -> Iterable[Held]:
    return (Held("administrator"),) if account.administrator else ()


def _reach(sites: tuple[str, ...], workspace: Workspace) -> frozenset[str] | None:
    if not sites:
        return None
    there = _declared_sites(workspace)
    return frozenset(inner for site in sites if site in there for inner in workspace.sites.within(site))  # R4


def _declared_sites(workspace: Workspace) -> Collection[str]:
    """Return the sites that can be told: of a programme that is not declared as it should be there are none."""
    return workspace.sites if "programme" in workspace.models else ()
