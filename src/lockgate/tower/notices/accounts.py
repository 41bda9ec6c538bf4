"""What must somebody hear of their own account? That another took something from it.

N8  Whose second factor was removed, whose sessions were ended or whose key was revoked by another hears of it, for two
    weeks, with who did it and why.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext as _

from lockgate.ledger import Record
from lockgate.tower.notices.telling import RECENT, Kind, Notice

_SAYS: Final[Mapping[str, Callable[[Mapping[str, Any]], str]]] = {
    "second-factor.removed": lambda said: _("Your second factor was removed: {reason}").format(reason=said["reason"]),
    "sessions.ended": lambda _said: _("You were signed out everywhere"),
    "key.revoked": lambda said: _("Your key {key} for a program was revoked").format(key=said["key"]),
}
KINDS: Final = tuple(_SAYS)


def of_accounts(records: Iterable[Record], moment: datetime) -> Iterator[Notice]:
    """Yield what is to be heard of accounts (N8)."""
    for one in records:
        person = str(one.payload["person"])
        if one.by == person or moment - one.at > RECENT:
            continue
        yield Notice(
            person=person,
            kind=Kind.ACCOUNT,
            key=f"account|{one.number}",
            title=_SAYS[one.kind](one.payload),
            why=_("{person} did it. If you don't know why, ask.").format(person=one.by),
            url="/account/",
            since=one.at,
        )
