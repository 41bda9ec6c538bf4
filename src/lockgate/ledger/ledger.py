"""What happened in this programme, in which order, and who says so? The ledger: it is added to, never changed.

L1  An append is all or nothing, and one append after another: all processes see one order without gaps.
L2  What can't be recorded did not happen: the error says so, and whoever acts must not go on. Where a commit was not
    confirmed, it is looked up.
L3  With `expecting`, an append is refused when somebody was faster, and says who, what and when.
L4  As of a moment is as of the number where the fewest records contradict that: `moments` says when one does.
L5  A record that is not what it was made is not read: an answer never rests on one that was touched.
"""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Final, Self

from lockgate.kernel.clock import Clock, moment_of, stamp, system_clock
from lockgate.kernel.errors import UnreachableError, UsageError
from lockgate.kernel.evidence import Evidence
from lockgate.kernel.scope import Scope
from lockgate.ledger import inputs, moments, projected, refusals, series
from lockgate.ledger.door import admitted
from lockgate.ledger.evidence import Recorded, event_of, evidence_of
from lockgate.ledger.record import ARMED, FORMAT, NOTHING, OPENED, OWN, Event, Head, Record, hash_of
from lockgate.ledger.refusals import LedgerMoved, LedgerUnconfirmed
from lockgate.ledger.stores import Reading, Store, Writing, store_of

AsOf = int | datetime
"""A record's number, or a moment."""

PAGE: Final = 2_000
_COLUMNS: Final = "number, previous, hash, body, behind"
RESTORED: Final = "restored_at"
_KEPT_IN_MEMORY: Final = 200_000


class Ledger:
    """The records of one programme, in a store; may be shared between threads."""

    def __init__(self, store: Store, clock: Clock = system_clock, programme: str = "") -> None:
        self.store = store
        self.store.project = lambda turn: projected.make(turn, partial(self.records, touched_too=True))
        self._clock = clock
        self._programme = programme
        self._seen: dict[int, Recorded] = {}
        self._seen_over = 0

    def append(self, events: Iterable[Event], *, by: str, expecting: Head | None = None) -> list[Record]:
        """Record the events and return their records, on disk by then (L1, L2, L3)."""
        wanted = list(events)
        if not by:
            raise ValueError("a record says who made it")
        if any(event.kind.startswith(OWN) for event in wanted):
            raise ValueError(f"kinds that begin with {OWN!r} are the ledger's own")
        return self._append(wanted, by, expecting)

    def records(
        self, after: int = 0, upto: AsOf | None = None, kinds: Sequence[str] = (), *, touched_too: bool = False
    ) -> Iterator[Record]:
        """Yield the records in order, those up to the head of this moment when nothing is said."""
        end = self.head(upto).number
        wanted = f" and kind in ({', '.join('?' * len(kinds))})" if kinds else ""
        statement = (
            f"select {_COLUMNS} from ledger_record where number > ? and number <= ?{wanted}"  # noqa: S608 - only marks are put in
            f" order by number limit {PAGE}"
        )
        while after < end:
            with self.store.reading() as turn:
                rows = turn.rows(statement, after, end, *kinds)
            for row in rows:
                record = _record(row, touched_too=touched_too)
                yield record
                after = record.number
            if len(rows) < PAGE:
                return

    def latest(self, count: int, *, upto: AsOf | None = None, kinds: Sequence[str] = ()) -> list[Record]:
        """Return the last records, the newest at the end."""
        wanted = f" and kind in ({', '.join('?' * len(kinds))})" if kinds else ""
        statement = f"select {_COLUMNS} from ledger_record where number <= ?{wanted} order by number desc limit ?"  # noqa: S608 - only marks are put in
        with self.store.reading() as turn:
            rows = turn.rows(statement, _head(turn, upto).number, *kinds, count)
        return [_record(row) for row in reversed(rows)]

    def head(self, as_of: AsOf | None = None) -> Head:
        """Return the last record's number, hash and time, now or as of a moment or number (L4)."""
        with self.store.reading() as turn:
            return _head(turn, as_of)

    def record(self, number: int) -> Record:
        """Return one record."""
        with self.store.reading() as turn:
            rows = turn.rows(f"select {_COLUMNS} from ledger_record where number = ?", number)  # noqa: S608 - our columns
        if not rows:
            raise _no_such(number, self.head())
        return _record(rows[0])

    def identity(self) -> str:
        """Return the ledger's id, empty before its first record."""
        first = next(self.records(upto=min(1, self.head().number)), None)
        return str(first.payload["ledger"]) if first is not None else ""

    def record_evidence(self, *evidence: Evidence, by: str = "", expecting: Head | None = None) -> list[Record]:
        """Record what was measured, by whoever measured it when nobody else is named."""
        who = by or (evidence[0].producer if evidence else "")
        return self.append(map(event_of, evidence), by=who, expecting=expecting)

    def current_evidence(
        self,
        kinds: Sequence[str] = (),
        scopes: Sequence[Scope] = (),
        *,
        upto: AsOf | None = None,
        last: int = 1,
    ) -> list[Recorded]:
        """Return the newest `last` of each kind, scope and subject, in the order of their numbers."""
        with self.store.reading() as turn:
            end = _head(turn, upto).number
            named = [str(scope) for scope in scopes]
            numbers = series.current(turn, kinds=kinds, scopes=named, upto=end, last=last)
            return self._recorded(turn, numbers)

    def measured_inputs(self, upto: AsOf | None = None) -> dict[str, tuple[int, str]]:
        """Return the digest that each input had when it was last measured, and since which record it had it."""
        with self.store.reading() as turn:
            return inputs.as_of(turn, _head(turn, upto).number)

    def rebuild(self) -> bool:
        """Make all that is kept beside the records anew; return whether it was right before."""
        with self.store.writing() as turn:
            return projected.rebuild(turn, self.records)

    def restored(self) -> datetime | None:
        """Return when this ledger was taken in from an export, None when it was not or was armed since."""
        with self.store.reading() as turn:
            rows = turn.rows("select value from ledger_about where key = ?", RESTORED)
        return moment_of(rows[0][0]) if rows else None

    def arm(self, *, by: str, reason: str) -> Record:
        """Record that this copy is the ledger of the programme from now on, so that it may permit writes again."""
        with self.store.writing() as turn:
            events = [Event(ARMED, {"reason": reason})]
            [record] = admitted(_head(turn), events, at=self._clock(), by=by)
            insert(turn, [record])
            turn.write("delete from ledger_about where key = ?", [(RESTORED,)])
        return record

    def close(self) -> None:
        """Close the connection; another turn opens it again."""
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _append(self, events: list[Event], by: str, expecting: Head | None) -> list[Record]:
        records: list[Record] = []
        try:
            with self.store.writing() as turn:
                head = _head(turn)
                if expecting is not None and (expecting.number, expecting.hash) != (head.number, head.hash):
                    raise _moved(turn, expecting, head)
                opened = [self._opening()] if events and not head.number else []
                records = admitted(head, [*opened, *events], at=self._clock(), by=by)
                insert(turn, records)
        except LedgerUnconfirmed as doubt:
            self._settle(doubt, records)
        return records[len(opened) :]

    def _settle(self, doubt: LedgerUnconfirmed, records: Sequence[Record]) -> None:
        """Look whether records stand whose commit was not confirmed: return if so, else say that they do not."""
        try:
            self.store.settle()
            with self.store.reading() as turn:
                stand = all(_hash_at(turn, record.number) == record.hash for record in records[-1:])
        except UnreachableError:
            raise doubt from None
        if not stand:
            raise refusals.unwritable(self.store.place, Exception(doubt.why))

    def _opening(self) -> Event:
        return Event(OPENED, {"format": FORMAT, "ledger": uuid.uuid4().hex, "programme": self._programme})

    def _recorded(self, turn: Reading, numbers: list[int]) -> list[Recorded]:
        """Return the evidence with these numbers; what never changes need be read only once."""
        if len(self._seen) > _KEPT_IN_MEMORY or self._seen_over != self.store.connections:
            self._seen, self._seen_over = {}, self.store.connections
        missing = [number for number in numbers if number not in self._seen]
        for begin in range(0, len(missing), series.AT_ONCE):
            chunk = missing[begin : begin + series.AT_ONCE]
            marks = ", ".join("?" * len(chunk))
            statement = f"select {_COLUMNS} from ledger_record where number in ({marks})"  # noqa: S608 - only marks are put in
            for record in map(_record, turn.rows(statement, *chunk)):
                self._seen[record.number] = Recorded(record.number, evidence_of(record.payload), record.at)
        gone = next((number for number in numbers if number not in self._seen), None)
        if gone is not None:
            raise refusals.damaged(gone, "it is missing")  # L5
        return [self._seen[number] for number in numbers]


def open_ledger(url: str | Path, clock: Clock = system_clock, *, programme: str = "") -> Ledger:
    """Return the ledger at a path, `sqlite:///…` or `postgresql://…`; it begins with its first record."""
    return Ledger(store_of(url), clock, programme)


def mark_restored(turn: Writing, at: datetime) -> None:
    """Note that the ledger was taken in from an export."""
    turn.write("insert into ledger_about (key, value) values (?, ?)", [(RESTORED, stamp(at))])


def insert(turn: Writing, records: Sequence[Record]) -> None:
    """Write records, and what is projected from them."""
    turn.write(
        "insert into ledger_record (number, at, kind, behind, previous, hash, body) values (?, ?, ?, ?, ?, ?, ?)",
        [(r.number, stamp(r.at), r.kind, r.behind_seconds, r.previous, r.hash, r.body) for r in records],
    )
    projected.project(turn, records)


def _record(row: Sequence[Any], *, touched_too: bool = False) -> Record:
    number, previous, own_hash, body, behind_seconds = row
    if not touched_too and hash_of(previous, bytes(body)) != own_hash:
        raise refusals.damaged(number, "it was altered: its hash is not that of its content")  # L5
    try:
        return Record.read(bytes(body), previous, own_hash, behind_seconds=behind_seconds)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise refusals.damaged(number, f"{type(error).__name__}: {error}") from None


def _head(turn: Reading, as_of: AsOf | None = None) -> Head:
    rows = turn.rows("select number, hash, at from ledger_record order by number desc limit 1")
    head = _head_of(rows[0]) if rows else Head()
    if as_of is None:
        return head
    if isinstance(as_of, datetime):
        as_of = moments.end_at(turn, as_of, head.number)
    if not 0 <= as_of <= head.number:
        raise _no_such(as_of, head)
    rows = turn.rows("select number, hash, at from ledger_record where number = ?", as_of)
    return _head_of(rows[0]) if rows else Head()


def _head_of(row: Sequence[str]) -> Head:
    number, own_hash, at = row
    return Head(int(number), own_hash, moment_of(at))


def _no_such(number: int, head: Head) -> UsageError:
    return UsageError(f"There is no record {number}.", why=f"The ledger ends with record {head.number}.")


def _moved(turn: Reading, expected: Head, head: Head) -> LedgerMoved:
    """Return the refusal of an append that comes too late (L3)."""
    rows = turn.rows(f"select {_COLUMNS} from ledger_record where number = ?", expected.number + 1)  # noqa: S608 - our columns
    held = expected.number == 0 or _hash_at(turn, expected.number) == expected.hash
    if not rows or not held:
        return LedgerMoved(
            "The ledger is not the one that was looked at.",
            why=f"Record {expected.number} is no longer there as it was seen.",
            do="Look again, then decide again.",
        )
    first, more = _record(rows[0]), head.number - expected.number - 1
    others = f", and {more} more after it" if more else ""
    return LedgerMoved(
        "The ledger has moved on since it was looked at; nothing was recorded.",
        why=f"{first.by} recorded {first.kind} ({first.number}) at {stamp(first.at)}{others}.",
        do="Look again, then decide again.",
    )


def _hash_at(turn: Reading, number: int) -> str:
    rows = turn.rows("select hash from ledger_record where number = ?", number)
    return str(rows[0][0]) if rows else NOTHING
