"""How do rows get from DuckDB to Spark and back? As Parquet, a batch at a time, by way of Arrow.

DuckDB itself reaches no file once a round is locked down, and need not: it hands over batches and is handed batches.
"""

from pathlib import Path
from typing import Any, Final

import duckdb
import pyarrow.dataset as ds  # type: ignore[import-untyped]  # same
import pyarrow.parquet as pq  # type: ignore[import-untyped]  # same

from lockgate.engines.quoting import quoted

_BATCH: Final = 200_000
_LOCKED: Final[dict[str, str | bool | int | float | list[str]]] = {
    "threads": 1,  # Spark says how many tasks run at once
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "enable_external_access": False,
    "lock_configuration": True,
}
"""SQL of rules runs where the rows are: it reaches neither files nor network there."""


def send(connection: duckdb.DuckDBPyConnection, query: str, path: Path) -> None:
    """Write what a query gives into a folder."""
    rows = connection.sql(query).to_arrow_reader(_BATCH)
    path.mkdir()
    with pq.ParquetWriter(path / "rows.parquet", rows.schema) as file:
        for batch in rows:
            file.write_batch(batch)


def fetch(connection: duckdb.DuckDBPyConnection, path: Path, name: str) -> None:
    """Make a temporary table of what lies in a folder."""
    put(connection, ds.dataset(path, format="parquet").scanner().to_reader(), name)


def put(connection: duckdb.DuckDBPyConnection, rows: Any, name: str, columns: str = "*") -> None:
    """Make a temporary table of Arrow rows."""
    connection.register("_batch", rows)
    connection.execute(f"create or replace temp table {quoted(name)} as select {columns} from _batch")  # ours
    connection.unregister("_batch")


def at_hand() -> duckdb.DuckDBPyConnection:
    """Return a DuckDB for one task of Spark."""
    return duckdb.connect(config=_LOCKED)
