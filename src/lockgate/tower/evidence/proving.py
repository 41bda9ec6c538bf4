"""Is this record what it was, and is the whole ledger? Looked at while somebody waits, so up to a length.

P1  A record holds with its neighbours when each has the hash of its own content after the one before it.
P2  The whole chain is looked at, record by record, while it is short enough to wait for; a longer one is a matter of
    the command line, which says how far it is.
"""

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from lockgate.faces.web.reading import number as figure
from lockgate.kernel.errors import UsageError
from lockgate.ledger import Ledger
from lockgate.ledger.answers import VerifyAnswer, verify_answer
from lockgate.ledger.proving.verification import verify
from lockgate.ledger.record import NOTHING, hash_of
from lockgate.programme.ledger_place import LedgerPlace

MOST: Final = 200_000


@dataclass(frozen=True)
class Held:
    """One record, looked at with the one before it."""

    number: int
    ok: bool
    said: str


def neighbours(ledger: Ledger, number: int) -> list[Held]:
    """Return whether a record and those beside it hold (P1); read as they are kept, since a touched one is refused."""
    statement = (
        "select number, previous, hash, body from ledger_record where number >= ? and number <= ? order by number"
    )
    with ledger.store.reading() as turn:
        rows = turn.rows(statement, number - 2, number + 1)
    before = {row[0] + 1: row[2] for row in rows} | {1: NOTHING}
    return [
        _held(each, (previous, own_hash, bytes(body)), before.get(each, ""))
        for each, previous, own_hash, body in rows
        if each >= number - 1
    ]


def whole(place: LedgerPlace) -> VerifyAnswer:
    """Return what is found when every record and file is looked at; refuse when that takes too long (P2)."""
    if (length := place.ledger.head().number) > MOST:
        raise UsageError(
            _("This ledger is too long to be verified while a page waits."),
            why=_("It has {length} records; up to {most} are looked at here.").format(
                length=figure(length), most=figure(MOST)
            ),
            do=_("Where the ledger lies: `lockgate ledger verify`."),
        )
    return verify_answer(verify(place.ledger, place.artifacts), 0)


def _held(number: int, kept: tuple[str, str, bytes], before: str) -> Held:
    previous, own_hash, body = kept
    if previous != before:
        return Held(number, ok=False, said=_("it does not follow the record before: their hashes differ"))
    if hash_of(previous, body) != own_hash:
        return Held(number, ok=False, said=_("it was altered: its hash is not that of its content"))
    return Held(number, ok=True, said=_("its hash is that of its content, after the record before it"))
