"""What does a process that stays alive keep of the ledger, so that asking a gate need not read it again?

N1  What is kept says what reading the ledger anew would say.
N2  What was handed out never changes, so threads may share it; to catch up takes the records that are new.
N3  A ledger that is not the one that was read, as after an old backup was put in its place, is read anew.
"""

import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from lockgate.gates.criteria.definition import Gate
from lockgate.gates.facts.history import Histories
from lockgate.gates.facts.loading import Loaded, asked_of, loaded
from lockgate.ledger import Head, Ledger, Record, Recorded
from lockgate.ledger.evidence import RECORDED, evidence_of
from lockgate.ledger.registers import tables
from lockgate.ledger.registers.entry import Entries

_MOST = 50_000
"""With more new records than that, reading anew is sooner done."""


@dataclass(frozen=True)
class Kept(Loaded):
    """What the ledger held when it ended with this head."""

    head: Head


class Memory:
    """What is kept for some gates; may be shared between threads."""

    def __init__(self, ledger: Ledger, gates: Iterable[Gate], entries: Callable[[int], Entries] | None = None) -> None:
        """Keep what these gates ask for; `entries` reads records of registers where somebody remembers them."""
        self._ledger = ledger
        self._entries = entries
        self._gates = tuple(gates)
        self._kinds = frozenset(asked_of(self._gates))
        self._lock = threading.Lock()
        self._kept: Kept | None = None

    @property
    def ready(self) -> bool:
        """True once the ledger has been read."""
        return self._kept is not None

    def now(self) -> Kept:
        """Return what the ledger holds now."""
        with self._lock:
            head = self._ledger.head()
            if self._kept is None or self._kept.head != head:
                self._kept = self._caught_up(self._kept, head)
            return self._kept

    def _caught_up(self, kept: Kept | None, head: Head) -> Kept:
        if kept is not None and 0 < head.number - kept.head.number <= _MOST:
            new = list(self._ledger.records(kept.head.number, head.number))
            if new and new[0].previous == kept.head.hash:  # N3
                return self._and_then(kept, new, head)
        read = self._entries or partial(tables.entries_of, self._ledger)
        anew = loaded(self._gates, self._ledger, read(head.number))
        return Kept(anew.index, anew.histories, anew.entries, head)

    def _and_then(self, kept: Kept, new: Sequence[Record], head: Head) -> Kept:
        evidence = [Recorded(one.number, evidence_of(one.payload), one.at) for one in new if one.kind == RECORDED]
        histories = Histories(dict(kept.histories.found))
        histories.add(new)
        return Kept(
            kept.index.and_then(evidence, self._kinds),
            histories,
            self._entries_after(kept.entries, head, only_evidence=len(evidence) == len(new)),
            head,
        )

    def _entries_after(self, before: Entries, head: Head, *, only_evidence: bool) -> Entries:
        if self._entries is not None:
            return self._entries(head.number)
        if only_evidence:
            return replace(before, number=head.number)
        return tables.projected(self._ledger, before, head.number)
