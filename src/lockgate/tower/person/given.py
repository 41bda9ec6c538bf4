"""Which roles has the tower given, now or as of then? From the ledger: a workspace with findings has them too."""

from datetime import UTC, datetime

from lockgate.gates.facts.appointed import KINDS, Appointment, appointments
from lockgate.ledger import AsOf
from lockgate.tower.server import live


def given(as_of: AsOf | None = None) -> tuple[Appointment, ...]:
    """Return the roles that count, with who gave or lent them and until when."""
    ledger = live().place.ledger
    head = ledger.head(as_of)
    moment = as_of if isinstance(as_of, datetime) else datetime.now(UTC) if as_of is None else head.at
    if not head.number or moment is None:
        return ()
    return appointments(ledger.records(upto=head.number, kinds=KINDS), moment)
