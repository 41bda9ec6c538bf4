"""When is the head of the ledger signed? Once each that somebody asks for, and only when all before it holds."""

from functools import cache

from django.utils.translation import gettext as _

from lockgate.kernel.clock import system_clock
from lockgate.kernel.errors import LockgateError, UsageError
from lockgate.ledger import Head, Ledger
from lockgate.ledger.proving.checkpoints import Checkpoint, Signer
from lockgate.programme.ledger_place import LedgerPlace
from lockgate.tower.evidence.proving import whole


class Notary:
    """Signs the heads of a ledger, each once for as long as the process lives."""

    def __init__(self) -> None:
        self._last: tuple[Head, Checkpoint] | None = None

    def checkpoint(self, place: LedgerPlace) -> Checkpoint:
        """Return the signed note of the present head, or stop when the ledger is empty or not whole."""
        head = place.ledger.head()
        if self._last is None or self._last[0] != head:
            self._last = (head, self._sign(place, head))
        return self._last[1]

    def _sign(self, place: LedgerPlace, head: Head) -> Checkpoint:
        if not head.number:
            raise UsageError(
                _("There is nothing to sign yet."), why=_("The ledger has no record."), do=_("Record something.")
            )
        found = whole(place)
        if not found["ok"]:
            raise LockgateError(
                _("The ledger is not whole, so its head is not signed."),
                why=_("Record {number}: {why}.").format(number=found["first_bad"], why=found["why"]),
                do=_("Look what happened to it: `lockgate ledger verify`."),
            )
        return Signer.of(place.key).sign(found["ledger"], head.number, head.hash, system_clock())


@cache
def notary_of(ledger: Ledger) -> Notary:  # noqa: ARG001 - each ledger has its own
    """Return who signs the heads of a ledger."""
    return Notary()
