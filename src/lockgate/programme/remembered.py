"""Which records are there, without reading all of them again? Those remembered, with what was appended since.

M1  What is remembered counts as long as the ledger has the record it was read up to; else all is read anew.
"""

import threading
from collections import OrderedDict
from typing import Final

from lockgate.ledger import AsOf, Head, Ledger
from lockgate.ledger.registers import tables
from lockgate.ledger.registers.entry import Entries

_MOST: Final = 8


class RememberedEntries:
    """The records as of the last heads that were asked for; may be shared between threads."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._lock = threading.Lock()
        self._found: OrderedDict[Head, Entries] = OrderedDict()

    def __call__(self, as_of: AsOf | None = None) -> Entries:
        """Return all records as of a moment or number, now when none is given."""
        head = self._ledger.head(as_of)
        with self._lock:
            found = self._found.get(head)
            if found is None:
                found = self._found[head] = self._read(head)
            self._found.move_to_end(head)
            while len(self._found) > _MOST:
                self._found.popitem(last=False)
        return found

    def _read(self, head: Head) -> Entries:
        before = [one for one in self._found if 0 < one.number < head.number]
        last = max(before, key=lambda one: one.number, default=None)
        if last is None or self._ledger.record(last.number).hash != last.hash:
            return tables.entries_of(self._ledger, head.number)  # M1
        return tables.projected(self._ledger, self._found[last], head.number)
