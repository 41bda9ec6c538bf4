"""Who is there? Everybody whom programme/people.yaml declares, and everybody who has an account."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession

from lockgate.kernel.clock import stamp
from lockgate.ledger.registers.files.table import Cell
from lockgate.tower.people import keys
from lockgate.tower.people.models import Account, Grant, Invitation, Key
from lockgate.workspace import Workspace

HEADINGS: Final = ("person", "name", "mail", "account", "administrator", "roles", "second_factor", "last_sign_in")
"""Of the list as a file."""


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


def narrowed(people: Iterable[Somebody], standing: str, text: str) -> list[Somebody]:
    """Return those who stand so, and whose id, name or roles have the text."""
    return [
        one
        for one in people
        if standing in {"", one.standing}
        and text.lower() in f"{one.person} {one.name} {[part.role for part in one.parts]}".lower()
    ]


def table(people: Iterable[Somebody]) -> list[list[Cell]]:
    """Return people as a file has them, under `HEADINGS`."""
    return [
        [
            one.person,
            one.name,
            one.mail,
            str(one.standing),
            "yes" if one.account and one.account.administrator else "no",
            "; ".join(_role(part) for part in one.parts),
            ("yes" if one.second_factor else "no") if one.account else "",
            stamp(one.account.last_login) if one.account and one.account.last_login else "",
        ]
        for one in people
    ]


def _role(part: Part) -> str:
    where = f" at {', '.join(part.sites)}" if part.sites else ""
    return f"{part.role}{where}{f' until {stamp(part.grant.ends)}' if part.grant and part.grant.ends else ''}"


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
