"""How do several statements take hold wholly or not at all? In one transaction, the caller's where it has one."""

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb


@contextmanager
def together(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Do what stands inside wholly or not at all; in a transaction of the caller's, the caller decides."""
    if _in_transaction(connection):
        yield
        return
    connection.begin()
    try:
        yield
    except BaseException:
        connection.rollback()
        raise
    connection.commit()


def _in_transaction(connection: duckdb.DuckDBPyConnection) -> bool:
    """Return True when two statements bear one number: outside of a transaction each has its own."""
    first, second = (connection.execute("select txid_current()").fetchall() for _ in range(2))
    return first == second
