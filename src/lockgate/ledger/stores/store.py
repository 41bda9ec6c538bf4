"""How does a ledger read and write, whatever the database? In short turns, each whole or not at all.

S1  A writer has the ledger to itself from the first statement to the commit; readers go on meanwhile.
S2  What fails before the commit leaves nothing behind. A commit that is not confirmed is said to be just that.
S3  A connection that failed is not used again: the next turn opens a new one, so a database that comes back is found.
S4  Tables of another format are refused. Projected tables that another version made are made anew at the first turn.
"""

import contextlib
import os
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from lockgate.ledger import refusals
from lockgate.ledger.record import FORMAT
from lockgate.ledger.stores import tables
from lockgate.ledger.stores.database import Connection, Cursor, Database, Row

_PROJECTED = "projected"


class Reading:
    """A turn in which something is looked up; of a ledger that does not exist nothing is found."""

    def __init__(self, database: Database, cursor: Cursor | None) -> None:
        self._database = database
        self._cursor = cursor

    def rows(self, statement: str, *values: Any) -> list[Row]:
        """Return what a query finds."""
        if self._cursor is None:
            return []
        self._cursor.execute(self._database.phrase(statement), values)
        return self._cursor.fetchall()


class Writing(Reading):
    """A turn in which something is recorded."""

    def __init__(self, database: Database, cursor: Cursor) -> None:
        super().__init__(database, cursor)
        self._write = cursor

    def write(self, statement: str, rows: Iterable[Sequence[Any]]) -> None:
        """Carry out a statement for each row of values."""
        wanted = list(rows)
        if len(wanted) == 1:  # as in most appends: several at once would take more messages to the database
            self._write.execute(self._database.phrase(statement), wanted[0])
        elif wanted:
            self._write.executemany(self._database.phrase(statement), wanted)

    def run(self, statements: str) -> None:
        """Carry out statements that take no values; `{text}`, `{number}`, `{bytes}` and `{options}` are filled in."""
        self._database.run(self._write, statements.format(**self._database.types))


class Store:
    """A ledger's database; safe to share between threads, and found again after a fork."""

    def __init__(self, database: Database) -> None:
        self.place = database.place
        self.connections = 0
        """How often it was connected to: what was read before the last time may come from another database."""
        self.project: Callable[[Writing], None] = lambda _turn: None
        """Makes the projected tables anew, where those that are there are of another version (S4)."""
        self._database = database
        self._lock = threading.RLock()
        self._connection: Connection | None = None
        self._process = 0
        self._ready = False

    def exists(self) -> bool:
        """Return whether there is a ledger, empty or not."""
        with self.reading() as turn:
            return bool(turn.rows("select 1 from ledger_about"))

    @contextlib.contextmanager
    def reading(self) -> Iterator[Reading]:
        """Open a turn for reading."""
        with self._lock:
            try:
                connection = self._connected(create=False)
                yield Reading(self._database, connection.cursor() if connection and self._ready else None)
            except self._database.faults as error:
                self.close()
                raise refusals.unreadable(self.place, error) from None

    @contextlib.contextmanager
    def writing(self) -> Iterator[Writing]:
        """Open a turn for writing, alone with the ledger (S1)."""
        with self._lock:
            try:
                turn = self._begun()
                yield turn
            except self._database.faults as error:
                self.close()  # which takes back what was begun (S2)
                raise refusals.unwritable(self.place, error) from None
            except BaseException:
                self.close()
                raise
            try:
                turn.run("commit")
            except self._database.faults as error:
                self.close()
                raise refusals.unconfirmed(self.place, error) from None

    def settle(self) -> None:
        """Return when no transaction of a lost connection is under way any more."""
        if self._database.remote:
            with self.writing():
                """Whoever was before has ended by now."""

    def close(self) -> None:
        """Close the connection; the next turn opens another (S3)."""
        with self._lock:
            connection, self._connection, self._ready = self._connection, None, False
            if connection is not None and self._process == os.getpid():
                for end in (connection.rollback, connection.close):  # SQLite's close alone may leave the file locked
                    with contextlib.suppress(*self._database.faults):
                        end()

    def _begun(self) -> Writing:
        connection = self._connected(create=True)
        assert connection is not None  # noqa: S101 - it was to be made
        turn = Writing(self._database, connection.cursor())
        turn.run(self._database.begin)
        if not self._ready:
            turn.run(tables.ABOUT + tables.RECORDS + tables.PROJECTED)
            if not turn.rows("select 1 from ledger_about where key = 'format'"):
                about = [("format", str(FORMAT)), (_PROJECTED, str(tables.MADE_AS))]
                turn.write("insert into ledger_about (key, value) values (?, ?)", about)
        return turn

    def _connected(self, *, create: bool) -> Connection | None:
        if self._process != os.getpid():
            self._connection, self._ready, self._process = None, False, os.getpid()
        if self._connection is None:
            self._connection = self._database.connect(create=create)
            self.connections += 1
        if self._connection is not None and not self._ready:
            self._ready = self._is_ready(self._connection.cursor())
            if self._ready:
                self._bring_up_to_date(self._connection.cursor())
        return self._connection

    def _is_ready(self, cursor: Cursor) -> bool:
        """Return whether the tables are there; refuse those of another version."""
        if not self._database.has_table(cursor, "ledger_about"):
            return False
        cursor.execute("select value from ledger_about where key = 'format'")
        kept = str(cursor.fetchall()[0][0])
        if kept != str(FORMAT):
            raise refusals.other_version(self.place, kept, FORMAT)
        return True

    def _bring_up_to_date(self, cursor: Cursor) -> None:
        """Make the projected tables anew where they are not what this version reads (S4)."""
        turn = Writing(self._database, cursor)
        if self._made_as(cursor) == tables.MADE_AS:
            return
        try:
            turn.run(self._database.begin)
            if self._made_as(cursor) != tables.MADE_AS:  # nobody else did it while this one waited
                turn.run("; ".join(f"drop table if exists {name}" for name in tables.PROJECTED_NAMES))
                turn.run(tables.RECORDS + tables.PROJECTED)
                self.project(turn)
                turn.write("delete from ledger_about where key = ?", [(_PROJECTED,)])
                turn.write("insert into ledger_about (key, value) values (?, ?)", [(_PROJECTED, str(tables.MADE_AS))])
            turn.run("commit")
        except self._database.faults as error:
            self.close()
            raise refusals.outdated(self.place, error) from None
        except BaseException:
            self.close()
            raise

    def _made_as(self, cursor: Cursor) -> int:
        rows = Reading(self._database, cursor).rows("select value from ledger_about where key = ?", _PROJECTED)
        if rows:
            return int(rows[0][0])
        # The first versions kept no number: what they made is of use if all of it is there.
        there = all(self._database.has_table(cursor, name) for name in tables.PROJECTED_NAMES)
        return 1 if there else 0
