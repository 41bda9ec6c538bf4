"""What is done for somebody who lost what they sign in with, or whose session or key is in wrong hands?

C1  An act and its record are one, as of all that is done to accounts.
C2  A second factor is removed for a reason that is on record, by somebody else, and ends every session.
C3  Whose account it is hears of it (N8 of notices).
"""

from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.utils.translation import gettext as _

from lockgate.kernel.errors import RefusedError, UsageError
from lockgate.tower.people import keys
from lockgate.tower.people.models import Account
from lockgate.tower.people.recording import record

FACTOR_REMOVED = "second-factor.removed"
SESSIONS_ENDED = "sessions.ended"


def remove_second_factor(account: Account, *, by: str, reason: str) -> None:
    """Let somebody come in by the password alone, until they add a second factor again (C2)."""
    if account.person == by:
        raise RefusedError(
            _("Nobody removes their own second factor here."),
            why=_("Whoever sits before an open page could."),
            do=_("Remove it under Account, where the password is asked for, or ask another administrator."),
        )
    if not reason.strip():
        raise UsageError(_("It needs a reason."), do=_("Say why, and how you know that it is they who ask."))
    with transaction.atomic():
        gone = Authenticator.objects.filter(user=account).delete()[0]
        if not gone:
            raise RefusedError(
                _("{person} has no second factor.").format(person=account.person), do=_("There is nothing to remove.")
            )
        _end_all(account)
        record(FACTOR_REMOVED, {"person": account.person, "reason": reason.strip()}, by)


def end_sessions(account: Account, *, by: str) -> int:
    """Sign somebody out everywhere; return how many sessions that were."""
    with transaction.atomic():
        ended = _end_all(account)
        record(SESSIONS_ENDED, {"person": account.person, "sessions": ended}, by)
    return ended


def revoke_keys(account: Account, *, by: str, moment: datetime) -> None:
    """End every key of somebody."""
    with transaction.atomic():
        for key in keys.good(account, moment):
            keys.revoke(key, by=by, moment=moment)


def _end_all(account: Account) -> int:
    found = list(UserSession.objects.filter(user=account))
    for session in found:
        session.end()
    return len(found)
