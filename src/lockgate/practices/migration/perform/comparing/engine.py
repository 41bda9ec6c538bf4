"""Where are tables and pairs compared? As `data` of lockgate.toml says: by DuckDB in this process, or with Spark.

Both leave the same tables and the same counts. Evidence names the one that it was measured with.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from lockgate.engines import comparing, matching
from lockgate.engines.comparing import Compared
from lockgate.kernel.errors import UsageError
from lockgate.practices.migration.perform.rounds import Round
from lockgate.workspace import Workspace

DUCKDB: Final = "duckdb"


@dataclass(frozen=True)
class Engine:
    """What compares tables, and what compares the pairs of records that may be the same."""

    name: str
    compare: Callable[..., Compared]
    pairing: matching.Pairing


@contextmanager
def engine_of(workspace: Workspace, store: Round) -> Iterator[Engine]:
    """Give the engine that is declared; a Spark ends afterwards."""
    declared = workspace.data
    if declared.engine == DUCKDB:
        yield in_process()
        return
    from lockgate.engines import spark  # noqa: PLC0415  (what it needs is an optional extra)

    cluster = spark.Cluster(declared.engine, declared.memory, store.folder)
    if declared.exchange is not None:
        cluster = spark.Cluster(declared.engine, declared.memory, Path(declared.exchange))
    elif not cluster.here:
        raise UsageError(
            f"Nothing is declared by which to exchange files with {declared.engine}.",
            why="The machines of a cluster don't see the folder of this round.",
            do="Name a folder that all of them see: `exchange` of `data`, in lockgate.toml.",
        )
    with spark.begun(cluster) as begun:
        yield Engine(begun.name, partial(spark.compare, spark=begun), partial(spark.pair, spark=begun))


def in_process() -> Engine:
    """Return DuckDB, as it is in this process."""
    import duckdb  # noqa: PLC0415  (optional extra `data`)

    return Engine(f"DuckDB {duckdb.__version__}", comparing.compare, matching.pair)
