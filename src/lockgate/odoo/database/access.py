"""May the database of an Odoo be read, and is it that Odoo's?

B1  The user of the database must not be able to write there: what is no right can't be a mistake.
B2  It has to be the database that the client is connected to, and not a copy or a namesake.
B3  All that is read is of one moment: one transaction, which only reads.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg

from lockgate.kernel.address import readable, unreadable
from lockgate.kernel.errors import RefusedError, UnreachableError
from lockgate.kernel.secret import Secret, scrub
from lockgate.odoo.calls.caller import Caller

_SECONDS = 10
_VARIABLE = "the variable that `reader_variable` names"
_MAY_WRITE = """select rolsuper or exists (select from pg_class where relkind in ('r', 'p')
 and relnamespace = 'public'::regnamespace and has_table_privilege(oid, 'insert, update, delete, truncate'))
 from pg_roles where rolname = current_user"""
_UUID = "select value from ir_config_parameter where key = 'database.uuid'"


@dataclass(frozen=True)
class Database:
    """The database of an Odoo, open for reading."""

    connection: psycopg.Connection[Any]


@contextmanager
def database_of(client: Caller, address: Secret) -> Iterator[Database]:
    """Give the database at this address, `postgresql://…`, when it is the client's and its user may only read."""
    try:
        connection = psycopg.connect(
            readable(address, _VARIABLE),
            connect_timeout=_SECONDS,
            application_name="lockgate reads",
            autocommit=False,
        )
    except psycopg.ProgrammingError:
        raise unreadable(_VARIABLE) from None
    except psycopg.Error as error:
        raise UnreachableError(
            "The database of this Odoo can't be read.",
            why=f"PostgreSQL says: {scrub(' '.join(str(error).split()))}",
            do=f"Look at the address in {_VARIABLE}, or leave that out.",
        ) from None
    with connection:
        connection.read_only = True
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        _stop_unless_reader(connection)
        _stop_unless_same(connection, client)
        yield Database(connection)


def _stop_unless_reader(connection: psycopg.Connection[Any]) -> None:
    if _one(connection, _MAY_WRITE):
        raise RefusedError(
            "The user of the database may write there.",
            why="To read, Lockgate takes a user who may do nothing else.",
            do="Make one with `grant select` and nothing more: see the how-to on many records.",
        )


def _stop_unless_same(connection: psycopg.Connection[Any], client: Caller) -> None:
    asked = str(client.call("ir.config_parameter", "get_param", key="database.uuid"))
    if _one(connection, _UUID) != asked:
        raise RefusedError(
            "That is the database of another Odoo.",
            why="Its `database.uuid` is not the one that this Odoo tells.",
            do=f"Look at the address in {_VARIABLE}.",
        )


def _one(connection: psycopg.Connection[Any], query: str) -> Any:
    try:
        row = connection.execute(query).fetchone()
    except psycopg.errors.InsufficientPrivilege as error:
        why, do = str(error).splitlines()[0], "Grant `select` on all tables of the schema."
        raise RefusedError("The user of the database may not read all of it.", why=why, do=do) from None
    except psycopg.errors.UndefinedTable:
        why, do = "It lacks Odoo's tables.", f"Look at the address in {_VARIABLE}."
        raise RefusedError("That is not the database of an Odoo.", why=why, do=do) from None
    return row[0] if row else None
