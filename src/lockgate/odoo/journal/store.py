"""Where is it kept what has been sent to Odoo? In one SQLite file that survives a crash at any moment.

The file is in WAL mode with full synchronisation: what a method has recorded is on disk when it returns.
"""

import contextlib
import sqlite3
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lockgate.kernel.errors import UsageError
from lockgate.odoo.journal import refusals

LEASE_SECONDS = 30.0
_FORMAT = 1
_BUSY_SECONDS = 15.0
_WAL_WAIT_SECONDS = 0.02
_TABLES = """
create table if not exists run (
    name text primary key, about text not null, settings text not null, started_at real not null,
    batches integer, finished_at real, fence integer not null, holder text, since real, until real
) strict;
create table if not exists batch (
    run text not null references run, number integer not null, digest text not null, state text not null,
    attempts integer not null default 0, fence integer not null, existed blob, created integer not null default 0,
    updated integer not null default 0, unchanged integer not null default 0, moved_at real not null,
    primary key (run, number)
) strict;
create table if not exists reject (
    run text not null, batch integer not null, row integer not null, external_id text not null, field text not null,
    reason text not null, unknown integer not null, primary key (run, batch, row)
) strict;
"""


class Store:
    """A journal's file; safe to share between threads."""

    def __init__(self, path: Path | str) -> None:
        self.path = path
        self._lock = threading.RLock()
        try:
            self._file = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=_BUSY_SECONDS)
            self._file.row_factory = sqlite3.Row
            self._prepare()
        except sqlite3.DatabaseError as error:
            raise UsageError(f"{path} can't be used as a journal.", why=str(error), do="Name another file.") from None

    def _prepare(self) -> None:
        self._file.execute("pragma synchronous = full")
        self._keep_a_log()
        with self.writing() as file:
            kept = file.execute("pragma user_version").fetchone()[0]
            if kept not in {0, _FORMAT}:
                raise UsageError(
                    f"{self.path} was written by another version of Lockgate.",
                    why=f"Its format is {kept}, this version reads {_FORMAT}.",
                    do="Finish the run with the version that began it.",
                )
            for statement in _TABLES.split(";")[:-1]:
                file.execute(statement)
            file.execute(f"pragma user_version = {_FORMAT}")

    def _keep_a_log(self) -> None:
        """Switch to WAL; SQLite does not wait by itself when several processes do so at once."""
        end = time.monotonic() + _BUSY_SECONDS
        while True:
            try:
                self._file.execute("pragma journal_mode = wal")
            except sqlite3.OperationalError:
                if time.monotonic() > end:
                    raise
                time.sleep(_WAL_WAIT_SECONDS)
            else:
                return

    @contextlib.contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Open a transaction that no other process can interleave with."""
        with self._lock:
            try:
                self._file.execute("begin immediate")
                yield self._file
                self._file.execute("commit")
            except sqlite3.OperationalError as error:
                self._undo()
                raise refusals.unwritable(self.path, error) from None
            except BaseException:
                self._undo()
                raise

    def _undo(self) -> None:
        if self._file.in_transaction:
            self._file.execute("rollback")

    def rows(self, statement: str, *values: Any) -> list[sqlite3.Row]:
        """Return what a query finds."""
        with self._lock:
            return self._file.execute(statement, values).fetchall()

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._file.close()
