"""What can be done to accounts and roles? Each act is on record with who did it, or did not happen.

M1  An act and its record are one: what the ledger does not take is taken back.
M2  The record names people by their ids; names and mail addresses stay out of it.
M3  Nobody shuts themselves out, and the last administrator stays one.
M4  A disabled account ends its sessions, its open invitation and its keys at once.
M5  A role is lent by who has it and did not borrow it, until a moment that is said, to somebody else.
M6  Who declares nothing and has no account can't be invited: programme/people.yaml says who takes part.
"""

from datetime import datetime
from typing import Any

from allauth.usersessions.models import UserSession
from django.db import transaction
from django.utils.translation import gettext as _

from lockgate.faces.web.viewer import Held
from lockgate.kernel.clock import stamp
from lockgate.kernel.errors import RefusedError, UsageError
from lockgate.tower.people import inviting
from lockgate.tower.people.models import Account, Grant, Invitation
from lockgate.tower.people.recording import record
from lockgate.tower.people.rights import own_roles, reach
from lockgate.tower.server import live
from lockgate.workspace import Workspace


def invite(person: str, *, by: str, moment: datetime) -> str:
    """Return the secret of a new link for somebody (M6)."""
    account = Account.objects.filter(person=person).first()
    if account is None and person not in live().workspace().people:
        raise UsageError(
            _("programme/people.yaml knows nobody called {person!r}.").format(person=person),
            why=_("Records keep the id of a person that is declared there."),
            do=_("Declare the person first."),
        )
    if account is not None and not account.is_active:
        raise RefusedError(_("The account of {person} is disabled.").format(person=person), do=_("Enable it first."))
    with transaction.atomic():
        secret = inviting.invite(person, by=by, moment=moment)
        record("person.invited", {"person": person, "until": stamp(moment + inviting.LASTS)}, by)
    return secret


def disable(account: Account, *, by: str, moment: datetime) -> None:
    """Shut an account, from the next request on (M3, M4)."""
    if account.person == by:
        raise RefusedError(_("Nobody disables their own account."), do=_("Ask another administrator."))
    with transaction.atomic():
        _keep_one_administrator(account)
        Account.objects.filter(pk=account.pk).update(is_active=False)
        Invitation.objects.filter(person=account.person, used_at=None).delete()
        account.keys.filter(revoked_at=None).update(revoked_at=moment)
        for session in UserSession.objects.filter(user=account):
            session.end()
        record("account.disabled", {"person": account.person}, by)


def enable(account: Account, *, by: str) -> None:
    """Open an account again; its keys stay revoked."""
    with transaction.atomic():
        Account.objects.filter(pk=account.pk).update(is_active=True)
        record("account.enabled", {"person": account.person}, by)


def appoint(account: Account, *, by: str, administrator: bool) -> None:
    """Have somebody look after the accounts, or no longer (M3)."""
    with transaction.atomic():
        if not administrator:
            _keep_one_administrator(account)
        Account.objects.filter(pk=account.pk).update(administrator=administrator)
        record(
            "administrator.appointed" if administrator else "administrator.dismissed", {"person": account.person}, by
        )


def give(account: Account, wish: Grant, *, by: str) -> Grant:
    """Give a role for a time."""
    wish.account, wish.given_by = account, by
    with transaction.atomic():
        wish.save()
        record("role.given", _told(wish), by)
    return wish


def lend(to: str, wish: Grant, *, by: str, moment: datetime) -> Grant:
    """Lend a role of one's own (M5)."""
    workspace = live().workspace()
    account = Account.objects.filter(person=to, is_active=True).first()
    if to == by or account is None:
        raise UsageError(
            _("Nobody can lend a role to {person!r}.").format(person=to),
            why=_("It has to be somebody else who can sign in."),
        )
    if wish.ends is None or wish.ends <= moment:
        raise UsageError(_("A role is lent until a day to come."), do=_("Say when it ends."))
    if not any(_covers(one, wish, workspace) for one in own_roles(by, workspace, moment)):
        raise RefusedError(
            (
                _("You don't have the role {role} for {site}.")
                if wish.site
                else _("You don't have the role {role} for the whole programme.")
            ).format(role=wish.role, site=wish.site),
            why=_("Only a role of one's own can be lent, and not one that was borrowed."),
        )
    wish.lent = True
    return give(account, wish, by=by)


def take(grant: Grant, *, by: str, moment: datetime) -> None:
    """End a role now; one that has not begun is as if it had never been given."""
    with transaction.atomic():
        if grant.begins >= moment:
            grant.delete()
        else:
            Grant.objects.filter(pk=grant.pk).update(ends=moment)
        record("role.taken", _told(grant), by)


def _told(grant: Grant) -> dict[str, Any]:
    """Return what the ledger keeps of a role: its scope says who may read it."""
    return {
        "person": grant.account.person,
        "role": grant.role,
        "scope": f"site:{grant.site}" if grant.site else "programme",
        "begins": stamp(grant.begins),
        **({"ends": stamp(grant.ends)} if grant.ends else {}),
        **({"lent_by": grant.given_by} if grant.lent else {}),
    }


def _covers(held: Held, wish: Grant, workspace: Workspace) -> bool:
    asked = reach((wish.site,) if wish.site else (), workspace)
    return held.role == wish.role and (held.sites is None or (asked is not None and asked <= held.sites))


def _keep_one_administrator(account: Account) -> None:
    others = Account.objects.select_for_update().filter(administrator=True, is_active=True).exclude(pk=account.pk)
    if account.administrator and not others.exists():
        raise RefusedError(
            _("{person} is the only administrator.").format(person=account.person),
            why=_("Without one nobody could look after the accounts."),
            do=_("Appoint another first."),
        )
