"""How do rows get from DuckDB to Spark and back? As Parquet, a batch at a time, by way of Arrow.

DuckDB itself reaches no file once a round is locked down, and need not: it hands over batches and is handed batches.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import duckdb
import pyarrow.dataset as ds  # type: ignore[import-untyped]  # same
import pyarrow.parquet as pq  # type: ignore[import-untyped]  # same

from lockgate.engines.quoting import quoted
from lockgate.kernel.errors import UsageError

_BATCH: Final = 200_000
_LOCKED: Final[dict[str, str | bool | int | float | list[str]]] = {
    "threads": 1,  # Spark says how many tasks run at once
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "enable_external_access": False,
    "lock_configuration": True,
}
"""SQL of rules runs where the rows are: it reaches neither files nor network there."""
_REFUSED: Final = "lockgate-refused: "
"""Nobody else writes that; Java says `Connection refused: `."""


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


def locked() -> duckdb.DuckDBPyConnection:
    """Return a DuckDB of its own that reaches nothing outside."""
    return duckdb.connect(config=_LOCKED)


@contextmanager
def at_hand() -> Iterator[duckdb.DuckDBPyConnection]:
    """Give a DuckDB for one task of Spark; a refusal finds its way back through Spark, which passes on texts only."""
    with locked() as connection:
        try:
            yield connection
        except UsageError as refused:
            raise RuntimeError(_REFUSED + json.dumps([refused.what, refused.why, refused.do])) from refused


def told(error: Exception, *, by: str) -> UsageError:
    """Return what Spark could not do: the refusal of a task as it was, else its own last word."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    for line in lines:
        _, found, refused = line.partition(_REFUSED)
        if found:
            what, why, do = json.loads(refused)
            return UsageError(what, why=why, do=do)
    do = 'Mend what it names, or say `engine = "duckdb"` in lockgate.toml.'
    return UsageError(f"{by} could not do it.", why=lines[-1] if lines else "", do=do)
