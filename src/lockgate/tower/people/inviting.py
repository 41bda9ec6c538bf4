"""How does somebody get an account? By a link that works once, for a day for the first administrator, else for a week.

I1  A link is good until it is used, expires, or another is made for the same person.
I2  Whoever uses it has the account of that person, with the password that they choose.
I3  A link stands for the password only: who has a second factor is asked for it.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from lockgate.kernel.errors import UsageError
from lockgate.tower.people import secrets
from lockgate.tower.people.models import Account, Invitation

LASTS = timedelta(days=7)
FIRST_LASTS = timedelta(days=1)


def invite(person: str, *, by: str, moment: datetime, administrator: bool = False, lasts: timedelta = LASTS) -> str:
    """Return the secret of a new link for a person (I1)."""
    secret = secrets.new()
    with transaction.atomic():
        Invitation.objects.filter(person=person, used_at=None).delete()
        Invitation.objects.create(
            digest=secrets.digest(secret),
            person=person,
            administrator=administrator,
            made_by=by,
            made_at=moment,
            expires_at=moment + lasts,
        )
    return secret


def open_invitation(secret: str, moment: datetime) -> Invitation | None:
    """Return the invitation of a link, None when it is not good any more (I1)."""
    return Invitation.objects.filter(digest=secrets.digest(secret), used_at=None, expires_at__gt=moment).first()


def accept(secret: str, password: str, *, name: str, email: str, moment: datetime) -> Account:
    """Return the account that the link's person has from now on (I2)."""
    with transaction.atomic():
        used = Invitation.objects.filter(digest=secrets.digest(secret), used_at=None, expires_at__gt=moment).update(
            used_at=moment
        )
        if not used:
            raise UsageError(_("This link is not good any more."), do=_("Ask an administrator for another."))
        invitation = Invitation.objects.get(digest=secrets.digest(secret))
        account = Account.objects.get_or_create(person=invitation.person)[0]
        account.name, account.email = name, email
        account.administrator = account.administrator or invitation.administrator
        account.is_active = True
        account.set_password(password)
        account.save()
    return account


def first_link(moment: datetime) -> str | None:
    """Return the secret of a link for the first administrator, None when there is one already."""
    if Account.objects.filter(administrator=True, is_active=True).exists():
        return None
    return invite("admin", by="", moment=moment, administrator=True, lasts=FIRST_LASTS)
