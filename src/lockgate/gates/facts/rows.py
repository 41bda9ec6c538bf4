"""How are records of registers seen by gates? Each is looked at once, and again when it changed or time went by.

P1  What is kept says what looking at every record anew would say.
P2  A register of which nothing changed is handed out as the very same rows.
"""

import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from lockgate.gates.facts.placed import Placed
from lockgate.gates.facts.wanted import Values
from lockgate.ledger.registers.due import same_until, view
from lockgate.ledger.registers.entry import Entries, Entry
from lockgate.ledger.registers.known import Known as Records

_NEVER: Final = datetime.max.replace(tzinfo=UTC)


def row_of(entry: Entry, known: Records, moment: datetime) -> dict[str, Any]:
    """Return a record of a register as comparisons see it: all that it answers to there, and its number."""
    seen = view(entry, known, moment)
    return {"owner": None, **seen, "state_days": seen["days_in_state"], "number": entry.number}


@dataclass(frozen=True, slots=True)
class _Seen:
    entry: Entry
    row: Values
    since: datetime
    until: datetime


@dataclass(frozen=True)
class _Register:
    entries: Mapping[str, Entry]
    since: datetime
    until: datetime
    seen: Mapping[str, _Seen]
    rows: Placed

    def holds(self, entries: Mapping[str, Entry], moment: datetime) -> bool:
        """Return whether it can't be otherwise at that moment."""
        return self.entries is entries and self.since <= moment < self.until


class RowsKept:
    """The rows of all registers of one workspace; may be shared between threads."""

    def __init__(self, known: Records) -> None:
        self.known = known
        self._lock = threading.Lock()
        self._kept: dict[str, _Register] = {}

    def at(self, entries: Entries, moment: datetime) -> Mapping[str, Sequence[Values]]:
        """Return the rows at a moment, each register's when it is asked for."""
        return _Rows(self, entries, moment)

    def rows(self, register: str, entries: Entries, moment: datetime) -> Placed:
        """Return the rows of one register (P1, P2)."""
        with self._lock:
            before = self._kept.get(register)
            if before is not None and before.holds(entries.by_id, moment):
                return before.rows
            kept = before.seen if before else {}
            now = {one.id: self._seen(one, kept.get(one.id), moment) for one in entries.of(register)}
            same = before is not None and len(now) == len(kept) and all(now[key] is kept.get(key) for key in now)
            rows = before.rows if before and same else Placed(one.row for one in now.values())
            until = min((one.until for one in now.values()), default=_NEVER)
            self._kept[register] = _Register(entries.by_id, moment, until, now, rows)
            return rows

    def _seen(self, entry: Entry, kept: _Seen | None, moment: datetime) -> _Seen:
        if kept is not None and kept.entry is entry and kept.since <= moment < kept.until:
            return kept
        return _Seen(entry, row_of(entry, self.known, moment), moment, same_until(entry, self.known, moment))


class _Rows(Mapping[str, Sequence[Values]]):
    """The records of each register as comparisons see them; looked at when a register is asked for."""

    def __init__(self, kept: RowsKept, entries: Entries, moment: datetime) -> None:
        self._kept, self._entries, self._moment = kept, entries, moment
        self._made: dict[str, Sequence[Values]] = {}

    def __getitem__(self, register: str) -> Sequence[Values]:
        if register not in self._kept.known.registers:
            raise KeyError(register)
        if register not in self._made:
            self._made[register] = self._kept.rows(register, self._entries, self._moment)
        return self._made[register]

    def __iter__(self) -> Iterator[str]:
        return iter(self._kept.known.registers)

    def __len__(self) -> int:
        return len(self._kept.known.registers)
