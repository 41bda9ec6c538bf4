"""How is a ledger kept in PostgreSQL? One writer at a time, by a lock that ends with its transaction."""

import logging
from urllib.parse import urlsplit

import psycopg

from lockgate.kernel.secret import Secret
from lockgate.ledger.stores.database import Connection, Cursor

CONNECT_SECONDS = 10
WAIT_SECONDS = 30
_LOCK = int.from_bytes(b"lockgate", "big")

# What its driver ignores while a transaction fails is raised by the statement that failed.
logging.getLogger("psycopg").setLevel(logging.ERROR)


class Postgres:
    """A PostgreSQL database."""

    types = {"text": 'text collate "C"', "number": "bigint", "bytes": "bytea", "options": ""}  # noqa: RUF012 - the protocol's
    faults: tuple[type[Exception], ...] = (psycopg.Error,)
    remote = True
    # Read committed: with a snapshot from before the wait, a writer would not see whom it waited for.
    begin = (
        "begin isolation level read committed read write;"
        f"set local lock_timeout = '{WAIT_SECONDS}s';"
        "set local synchronous_commit = on;"
        f"select pg_advisory_xact_lock({_LOCK})"
    )

    def __init__(self, url: str) -> None:
        self._url = Secret(url)
        parts = urlsplit(url)
        self._password = Secret(parts.password or "")
        self.place = f"postgresql://{parts.hostname or ''}{parts.path}"

    def connect(self, *, create: bool) -> Connection | None:  # noqa: ARG002 - a database is made by its administrator
        """Return a connection in which every statement stands for itself until a transaction begins."""
        connection = psycopg.connect(
            self._url.reveal(),
            autocommit=True,
            connect_timeout=CONNECT_SECONDS,
            application_name="lockgate ledger",
            keepalives_idle=30,
        )
        # Before PostgreSQL has counted a new table's rows, it would sort all that follow for each page of records.
        connection.execute("set enable_bitmapscan = off")
        return connection

    def has_table(self, cursor: Cursor, name: str) -> bool:
        """Return whether the search path leads to such a table."""
        cursor.execute("select to_regclass(%s) is not null", (name,))
        return bool(cursor.fetchall()[0][0])

    def phrase(self, statement: str) -> str:
        """Return the statement with `%s` where a value goes."""
        return statement.replace("?", "%s")

    def run(self, cursor: Cursor, statements: str) -> None:
        """Carry out several statements in one go."""
        cursor.execute(statements)
