"""What is the digest of a table's content? The same whatever the order in which its rows come."""

import hashlib
from collections.abc import Sequence
from typing import Final

import duckdb

from lockgate.engines.quoting import quoted

_BATCH: Final = 100_000
_HEX: Final = 64
"""How many letters the digest of a row has."""


def digest_of(
    connection: duckdb.DuckDBPyConnection, table: str, columns: Sequence[str], *, order: str = "digest"
) -> str:
    """Return the digest of a table: of the names of its columns, then of the digests of its rows in their order.

    Their order is that of the digests, unless a column is named that orders them.
    """
    digest = hashlib.sha256("\0".join(columns).encode())
    values = ", ".join(quoted(name) for name in columns)
    rows = connection.sql(f"SELECT sha256(to_json([{values}])::VARCHAR) AS digest FROM {table} ORDER BY {order}")  # noqa: S608 - names are quoted
    for batch in rows.to_arrow_reader(_BATCH):
        column = batch.column(0)
        texts = memoryview(column.buffers()[2])
        digest.update(texts[column.offset * _HEX : (column.offset + len(column)) * _HEX])
    return digest.hexdigest()
