"""How is a ledger kept in a SQLite file? With a write-ahead log that is on disk before an append returns."""

import os
import sqlite3
import time
from pathlib import Path

from lockgate.ledger.stores.database import Connection, Cursor

BUSY_SECONDS = 30.0
_WAL_WAIT_SECONDS = 0.02


class Sqlite:
    """A SQLite file."""

    types = {"text": "text", "number": "integer", "bytes": "blob", "options": "strict"}  # noqa: RUF012 - the protocol's
    faults: tuple[type[Exception], ...] = (sqlite3.Error, OSError)
    remote = False
    begin = "begin immediate"

    def __init__(self, path: Path) -> None:
        self.path = path
        self.place = str(path)

    def connect(self, *, create: bool) -> Connection | None:
        """Return a connection in WAL mode with full synchronisation."""
        if not create and not self.path.exists():
            return None
        if create:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        address = f"{self.path.absolute().as_uri()}?mode={self._mode(create=create)}"
        file = sqlite3.connect(address, uri=True, isolation_level=None, check_same_thread=False, timeout=BUSY_SECONDS)
        try:
            file.execute("pragma synchronous = full")
            if "mode=rw" in address:
                _keep_a_log(file)
        except BaseException:
            file.close()
            raise
        return file

    def has_table(self, cursor: Cursor, name: str) -> bool:
        """Return whether the file has such a table."""
        cursor.execute("select 1 from sqlite_master where type = 'table' and name = ?", (name,))
        return bool(cursor.fetchall())

    def phrase(self, statement: str) -> str:
        """Return the statement as it is."""
        return statement

    def run(self, cursor: Cursor, statements: str) -> None:
        """Carry out several statements."""
        for statement in filter(str.strip, statements.split(";")):
            cursor.execute(statement)

    def _mode(self, *, create: bool) -> str:
        """Return how to open the file: one that can't be written is still read, even from a medium without a log."""
        if create:
            return "rwc"
        if os.access(self.path, os.W_OK) and os.access(self.path.parent, os.W_OK):
            return "rw"
        return "ro" if self.path.with_name(f"{self.path.name}-wal").exists() else "ro&immutable=1"


def _keep_a_log(file: sqlite3.Connection) -> None:
    """Switch to WAL; SQLite does not wait by itself when several processes do so at once."""
    end = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            file.execute("pragma journal_mode = wal")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > end:
                raise
            time.sleep(_WAL_WAIT_SECONDS)
        else:
            return
