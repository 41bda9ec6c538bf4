"""How is one row asked for? To the end: DuckDB takes no other statement while rows of the last one are left."""

from collections.abc import Sequence
from typing import Any

import duckdb


def row_of(connection: duckdb.DuckDBPyConnection, query: str, values: Sequence[Any] = ()) -> tuple[Any, ...]:
    """Return the first row of a query; an empty one when there is none."""
    rows: list[tuple[Any, ...]] = connection.execute(query, list(values)).fetchall()
    return rows[0] if rows else ()
