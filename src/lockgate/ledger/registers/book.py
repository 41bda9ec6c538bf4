"""How do people work with the records of a programme? Look at them as of any moment, and act: decided, then appended.

K1  What is decided rests on a head of the ledger. If somebody appended meanwhile, it is decided again on what they
    left.
K2  Of actions that belong together all are in the ledger, or none.
"""

import random
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Final

from lockgate.kernel.errors import RefusedError
from lockgate.kernel.register import Register
from lockgate.ledger.ledger import AsOf, Ledger
from lockgate.ledger.record import Head, Record
from lockgate.ledger.refusals import LedgerMoved
from lockgate.ledger.registers import tables
from lockgate.ledger.registers.action import Action, Actor, Refusal
from lockgate.ledger.registers.engine import perform_all
from lockgate.ledger.registers.entry import Entries
from lockgate.ledger.registers.files.importing import Plan, plan
from lockgate.ledger.registers.files.table import Table
from lockgate.ledger.registers.known import Known
from lockgate.ledger.registers.showing.history import Happening, history

TRIES: Final = 30
SHORTEST_SECONDS: Final = 0.005

Reader = Callable[[AsOf | None], Entries]
"""Reads all records as of a moment or number, now when none is given."""


@dataclass(frozen=True)
class Done:
    """What came of actions: the records of the ledger, or why there are none."""

    records: tuple[Record, ...]
    refusals: tuple[Refusal, ...]
    entries: Entries
    """All records afterwards."""

    @property
    def touched(self) -> tuple[str, ...]:
        """The ids of the records that were changed."""
        return tuple(dict.fromkeys(record.payload["id"] for record in self.records))


@dataclass(frozen=True)
class Imported:
    """What came of an import: what it would do, and the records of the ledger, none when it was not done."""

    plan: Plan
    records: tuple[Record, ...]


class Book:
    """The records of all registers, kept in a ledger."""

    def __init__(self, ledger: Ledger, known: Known, entries: Reader | None = None) -> None:
        self._ledger = ledger
        self._known = known
        self._entries = entries or partial(tables.entries_of, ledger)

    def known(self, as_of: AsOf | None = None) -> Known:
        """Return what is declared with the records as of a moment or number, now when none is given."""
        return replace(self._known, entries=self._entries(as_of))

    def history(self, record: str, as_of: AsOf | None = None) -> tuple[Happening, ...]:
        """Return what happened to a record, up to now or a moment or number; nothing for one that is not there."""
        entry = self.known(as_of).entries.by_id.get(record)
        return history(record, map(self._ledger.record, entry.numbers)) if entry else ()

    def perform(self, actions: Iterable[Action], *, actor: Actor, moment: datetime) -> Done:
        """Let actions happen that belong together, or return why not (K1, K2)."""
        wanted = tuple(actions)
        for number in range(TRIES):
            head = self._ledger.head()
            kept, known = self._read(head)
            outcome = perform_all(wanted, actor=actor, known=known, moment=moment)
            if not outcome.events:
                return Done((), outcome.refusals, known.entries)
            try:
                records = self._ledger.append(outcome.events, by=actor.person, expecting=head)
            except LedgerMoved:
                _give_way(number)
                continue
            return Done(tuple(records), (), tables.catch_up(self._ledger, kept))
        raise _too_busy()

    def import_table(
        self, table: Table, register: Register, *, actor: Actor, moment: datetime, quoted: bool, partial: bool = False
    ) -> Imported:
        """Let the rows of a table happen, all of them or none; with `partial`, those that are right (K1, K2)."""
        for number in range(TRIES):
            head = self._ledger.head()
            kept, known = self._read(head)
            wanted = plan(table, register, actor=actor, known=known, moment=moment, quoted=quoted)
            if not wanted.events or not (wanted.whole or partial):
                return Imported(wanted, ())
            try:
                records = self._ledger.append(wanted.events, by=actor.person, expecting=head)
            except LedgerMoved:
                _give_way(number)
                continue
            tables.catch_up(self._ledger, kept)
            return Imported(wanted, tuple(records))
        raise _too_busy()

    def _read(self, head: Head) -> tuple[Entries, Known]:
        """Return what the table holds, and what is known at that head of the ledger."""
        kept = tables.kept_of(self._ledger, head.number)
        return kept, replace(self._known, entries=tables.projected(self._ledger, kept, head.number))


def _give_way(number: int) -> None:
    """Wait a moment, each time a little longer, so that all have their turn."""
    time.sleep(random.uniform(0, SHORTEST_SECONDS * (number + 1)))


def _too_busy() -> RefusedError:
    return RefusedError(
        "The ledger is too busy.",
        why=f"Others were faster {TRIES} times in a row; nothing was changed.",
        do="Try again in a moment.",
    )
