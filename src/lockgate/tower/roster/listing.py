"""Who is there? Everybody whom programme/people.yaml declares, and everybody who has an account."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession

from lockgate.tower.people import keys
from lockgate.tower.people.models import Account, Grant, Invitation, Key
from lockgate.workspace import Workspace


class Standing(StrEnum):
    """How somebody stands at the door."""

    ACTIVE = "active"
    DISABLED = "disabled"
    INVITED = "invited"
    OUTSIDE = "outside"
    """Declared, without an account or an invitation."""


@dataclass(frozen=True)
class Part:
    """A role that somebody has, had or will have."""

    role: str
    sites: tuple[str, ...]
    """Everywhere when empty."""
    grant: Grant | None = None
    """None for what programme/people.yaml declares."""


@dataclass(frozen=True)
class Somebody:
    """One person as an administrator sees them."""

    person: str
    name: str
    standing: Standing
    parts: tuple[Part, ...]
    """Those that have not ended."""
    account: Account | None
    declared: bool
    mail: str
    second_factor: bool
    invited_until: datetime | None


@dataclass(frozen=True)
class Traces:
    """What somebody signs in with, and where they are signed in."""

    keys: tuple[Key, ...]
    sessions: int
    ended: tuple[Grant, ...]
    """Roles that have ended."""


def everybody(workspace: Workspace, moment: datetime, person: str | None = None) -> list[Somebody]:
    """Return all people in the order of their ids, or the one that is asked for, in as many queries either way."""
    accounts = {one.person: one for one in Account.objects.prefetch_related("grants")}
    open_links = Invitation.objects.filter(used_at=None, expires_at__gt=moment)
    invited = dict(open_links.values_list("person", "expires_at"))
    guarded = set(Authenticator.objects.values_list("user__person", flat=True))
    known = sorted({*accounts, *workspace.people, *invited})
    return [
        _somebody(one, workspace, moment, accounts.get(one), invited.get(one), second_factor=one in guarded)
        for one in known
        if person is None or one == person
    ]


def traces(account: Account, moment: datetime) -> Traces:
    """Return what an account leaves."""
    ended = account.grants.filter(ends__lte=moment).order_by("-ends")
    return Traces(tuple(keys.good(account, moment)), UserSession.objects.filter(user=account).count(), tuple(ended))


def _somebody(
    person: str,
    workspace: Workspace,
    moment: datetime,
    account: Account | None,
    invited_until: datetime | None,
    *,
    second_factor: bool,
) -> Somebody:
    declared = workspace.people.get(person)
    parts = [Part(one.role, one.sites) for one in declared.roles] if declared else []
    given = [one for one in account.grants.all() if one.ends is None or one.ends > moment] if account else []
    parts += [Part(one.role, (one.site,) if one.site else (), one) for one in given]
    return Somebody(
        person,
        (account.name if account else "") or (declared.name if declared and declared.name else ""),
        _standing(account, invited_until),
        tuple(parts),
        account,
        declared is not None,
        (account.email if account else "") or (declared.email if declared and declared.email else ""),
        second_factor,
        invited_until,
    )


def _standing(account: Account | None, invited_until: datetime | None) -> Standing:
    if account is not None:
        return Standing.ACTIVE if account.is_active else Standing.DISABLED
    return Standing.INVITED if invited_until else Standing.OUTSIDE
