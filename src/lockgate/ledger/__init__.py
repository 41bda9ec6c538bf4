"""What happened, and can it be proven? Append, read and verify the records of a programme; order is by number.

    ledger = open_ledger(".lockgate/ledger.db")
    ledger.append([Event("gap.raised", {"id": "GAP-1"})], by="ada")
    for record in ledger.records(kinds=["gap.raised"]): ...

`record` says what a record is and what chains it, `stores` where it is kept, `ledger` how it is added to and read.
"""

from lockgate.ledger.evidence import Recorded
from lockgate.ledger.ledger import AsOf, Ledger, open_ledger
from lockgate.ledger.record import Event, Head, Record

__all__ = ["AsOf", "Event", "Head", "Ledger", "Record", "Recorded", "open_ledger"]
