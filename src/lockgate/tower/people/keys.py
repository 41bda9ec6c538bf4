"""How does a program sign in? By a key that a person makes for it; it is shown once, and can be revoked.

K1  A key may what its owner may, at the moment of each request; one that only reads changes nothing.
K2  A key ends: by its day, when it is revoked, or with the account.
K3  Only its digest is kept, and the beginning that people tell keys apart by. A record holds neither its name nor it.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from lockgate.kernel.clock import stamp
from lockgate.tower.people import secrets
from lockgate.tower.people.models import Account, Key
from lockgate.tower.people.recording import record

MARK = "lgk_"
"""How each begins, so that a key that leaked is known for what it is."""
_TOLD_APART_BY = 12


def make(account: Account, name: str, *, writes: bool, days: int, moment: datetime) -> str:
    """Return a new key (K3)."""
    secret = MARK + secrets.new()
    ends = moment + timedelta(days=days)
    with transaction.atomic():
        key = Key.objects.create(
            account=account,
            name=name,
            digest=secrets.digest(secret),
            begins_with=secret[:_TOLD_APART_BY],
            writes=writes,
            made_at=moment,
            expires_at=ends,
        )
        said = {"person": account.person, "key": key.pk, "writes": writes, "ends": stamp(ends)}
        record("key.made", said, account.person)
    return secret


def good(account: Account, moment: datetime) -> QuerySet[Key]:
    """Return the keys of somebody that still open (K2)."""
    return account.keys.filter(revoked_at=None, expires_at__gt=moment).order_by("-made_at")


def revoke(key: Key, *, by: str, moment: datetime) -> None:
    """End a key now (K2)."""
    with transaction.atomic():
        Key.objects.filter(pk=key.pk).update(revoked_at=moment)
        record("key.revoked", {"person": key.account.person, "key": key.pk}, by)
