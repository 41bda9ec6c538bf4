"""What was recorded of a run, and how is more recorded? Every write checks that this process still holds the run.

J1  Before a batch is sent it is on disk that it will be: after a crash only batches marked `sent` are in doubt.
J2  The fence is checked in the same transaction as the write, so a process that lost the run can't write.
J3  Kept are digests, counts, external ids of rejects and Odoo's reasons, with secrets masked. No rows, no credentials.
"""

import contextlib
import json
import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from types import TracebackType
from typing import Any, Self

from lockgate.kernel.secret import scrub
from lockgate.odoo.journal import refusals
from lockgate.odoo.journal.rules import Holder, Lease, State, may_move, renewed
from lockgate.odoo.journal.store import Store


@dataclass(frozen=True)
class Entry:
    """A record that a settled batch did not load."""

    row: int
    external_id: str
    reason: str
    field: str = ""
    unknown: bool = False
    """True when it is not certain that Odoo does not have it."""


@dataclass(frozen=True)
class Recorded:
    """What the journal knows of a batch."""

    number: int
    digest: str
    state: State
    attempts: int
    existed: bytes | None
    """Which of its records Odoo had before the first attempt, one bit each, None before any."""
    created: int = 0
    updated: int = 0
    unchanged: int = 0

    @property
    def settled(self) -> bool:
        """True when nothing is left to do for it."""
        return self.state in {State.CONFIRMED, State.REJECTED}


class Run:
    """One run, held by this process until it is released or lost."""

    def __init__(
        self, store: Store, name: str, lease: Lease, settings: Mapping[str, Any], *, clock: Callable[[], float]
    ) -> None:
        self._store = store
        self._lease = lease
        self._seconds = lease.until - lease.since
        self._clock = clock
        self._over = threading.Event()
        self._heart = threading.Thread(target=self._beat, name=f"lockgate-lease-{name}", daemon=True)
        self.name = name
        self.settings = settings
        """The settings that the run was begun with: they hold for all of it."""
        self._heart.start()

    @property
    def fence(self) -> int:
        """The number of this claim; a later one has a higher number."""
        return self._lease.fence

    def recorded(self) -> dict[int, Recorded]:
        """Return the batches on record by number."""
        rows = self._store.rows("select * from batch where run = ? order by number", self.name)
        return {row["number"]: _recorded(row) for row in rows}

    def entries(self, batch: int) -> list[Entry]:
        """Return the records that this batch did not load."""
        rows = self._store.rows("select * from reject where run = ? and batch = ? order by row", self.name, batch)
        return [
            Entry(row["row"], row["external_id"], row["reason"], row["field"], bool(row["unknown"])) for row in rows
        ]

    def plan(self, number: int, digest: str) -> None:
        """Record that a batch exists."""
        with self._fenced() as file:
            file.execute(
                "insert into batch (run, number, digest, state, fence, moved_at) values (?, ?, ?, ?, ?, ?)",
                [self.name, number, digest, State.PLANNED, self.fence, self._clock()],
            )

    def send(self, number: int, existed: bytes) -> None:
        """Record that a batch is about to be sent (J1); what existed before the first attempt stays on record."""
        with self._fenced() as file:
            self._move(file, number, State.SENT)
            file.execute(
                "update batch set attempts = attempts + 1, existed = coalesce(existed, ?) where run = ? and number = ?",
                [existed, self.name, number],
            )

    def settle(
        self, number: int, *, created: int, updated: int, unchanged: int = 0, entries: Sequence[Entry] = ()
    ) -> None:
        """Record what came of a batch, for good."""
        state = State.CONFIRMED if created + updated + unchanged or not entries else State.REJECTED
        with self._fenced() as file:
            self._move(file, number, state)
            file.execute(
                "update batch set created = ?, updated = ?, unchanged = ? where run = ? and number = ?",
                [created, updated, unchanged, self.name, number],
            )
            file.executemany(
                "insert into reject values (?, ?, ?, ?, ?, ?, ?)",
                [
                    [self.name, number, entry.row, entry.external_id, entry.field, scrub(entry.reason), entry.unknown]
                    for entry in entries
                ],
            )

    def input_ended(self, batches: int) -> None:
        """Record that the input has so many batches, and no more."""
        with self._fenced() as file:
            file.execute("update run set batches = ? where name = ?", [batches, self.name])

    def batches_expected(self) -> int | None:
        """Return how many batches the input had when it was read to its end, None when it never was."""
        row = self._store.rows("select batches from run where name = ?", self.name)[0]
        return None if row["batches"] is None else int(row["batches"])

    def finish(self) -> None:
        """Record that nothing is left to do."""
        with self._fenced() as file:
            file.execute("update run set finished_at = ? where name = ?", [self._clock(), self.name])

    def check(self) -> None:
        """Raise `RunLost` when another process has taken the run over."""
        with self._fenced():
            pass

    def release(self) -> None:
        """Let others have the run; nothing happens when it is lost already."""
        self._over.set()
        self._heart.join()
        with contextlib.suppress(refusals.RunLost), self._fenced() as file:
            file.execute("update run set holder = null, until = null where name = ?", [self.name])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.release()

    @contextlib.contextmanager
    def _fenced(self) -> Iterator[sqlite3.Connection]:
        """Open a transaction in which this process still holds the run (J2)."""
        with self._store.writing() as file:
            kept = file.execute("select * from run where name = ?", [self.name]).fetchone()
            if kept is None or kept["fence"] != self.fence:
                raise refusals.lost(self.name, lease_in(kept))
            yield file

    def _move(self, file: sqlite3.Connection, number: int, to: State) -> None:
        row = file.execute("select state from batch where run = ? and number = ?", [self.name, number]).fetchone()
        if row is None or not may_move(State(row["state"]), to):
            msg = f"batch {number} can't become {to} from {row and row['state']}"
            raise ValueError(msg)
        file.execute(
            "update batch set state = ?, fence = ?, moved_at = ? where run = ? and number = ?",
            [to, self.fence, self._clock(), self.name, number],
        )

    def _beat(self) -> None:
        """Renew the lease until the run is over or lost; a lost one shows at the next write."""
        while not self._over.wait(self._seconds / 3):
            try:
                with self._fenced() as file:
                    self._lease = renewed(self._lease, now=self._clock(), seconds=self._seconds)
                    write_lease(file, self.name, self._lease)
            except (refusals.RunLost, sqlite3.ProgrammingError):
                return  # taken over by another, or the journal was closed with the run still held
            except refusals.JournalUnwritable:
                continue  # the file is busy or the disk is full: the next beat tries again


def _recorded(row: sqlite3.Row) -> Recorded:
    return Recorded(
        row["number"],
        row["digest"],
        State(row["state"]),
        row["attempts"],
        row["existed"],
        row["created"],
        row["updated"],
        row["unchanged"],
    )


def lease_in(row: sqlite3.Row | None) -> Lease | None:
    """Return the lease that a row of the table `run` holds."""
    if row is None or row["holder"] is None:
        return None
    return Lease(Holder(**json.loads(row["holder"])), row["fence"], row["since"], row["until"])


def write_lease(file: sqlite3.Connection, name: str, lease: Lease) -> None:
    """Write the lease into the run's row."""
    file.execute(
        "update run set holder = ?, fence = ?, since = ?, until = ? where name = ?",
        [json.dumps(asdict(lease.holder)), lease.fence, lease.since, lease.until, name],
    )
