"""Where does Spark run, with what, and what does it need? On this machine, or on a cluster.

K1  On this machine it listens on the loopback alone. It shows no page anywhere.
K2  What it logs goes to the folder that it is given, not among what a verb says.
"""

import os
import shutil
import socket
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from lockgate.kernel.errors import UnreachableError, UsageError

_PATIENCE_SECONDS: Final = 5
_BATCH: Final = 50_000
"""So many rows are handed to a task at once."""


@dataclass(frozen=True)
class Cluster:
    """Which Spark is meant, and what it may take."""

    master: str
    """`local[2]`: this machine, with so many cores; or the address of a cluster."""
    memory: str
    """For the one process on this machine, or for each executor of a cluster."""
    exchange: Path
    """Where files are exchanged with it; all machines of a cluster have to see the same folder."""

    @property
    def here(self) -> bool:
        """Whether it runs on this machine."""
        return self.master.startswith("local[")


def require(cluster: Cluster) -> None:
    """Stop where something is missing that Spark needs, or nobody listens at the address of the cluster."""
    try:
        import pyspark  # noqa: F401, PLC0415  (optional extra `spark`)
    except ImportError:
        why = f"The engine {cluster.master} of lockgate.toml needs PySpark."
        raise UsageError("Spark is not installed.", why=why, do="Run: pip install 'lockgate[spark]'") from None
    java = Path(os.environ["JAVA_HOME"], "bin", "java") if "JAVA_HOME" in os.environ else shutil.which("java")
    if java is None or not Path(java).is_file():
        why = f"There is no {java}." if java else "There is no `java` on the path."
        raise UsageError(
            "Spark can't run without Java.", why=why, do="See what is missing: lockgate doctor --for spark"
        )
    if not cluster.here:
        _require_answer(cluster)


def _require_answer(cluster: Cluster) -> None:
    """Stop at once where nobody listens; Spark itself would try for more than a minute."""
    whys = []
    for address in cluster.master.removeprefix("spark://").split(","):
        host, _, port = address.rpartition(":")
        try:
            socket.create_connection((host, int(port)), _PATIENCE_SECONDS).close()
        except (OSError, ValueError, OverflowError) as error:
            whys.append(f"{address}: {error}.")
        else:
            return
    raise not_begun(cluster, " ".join(whys))


def not_begun(cluster: Cluster, why: str) -> UnreachableError:
    """Return the stop where Spark can't be begun."""
    do = "Look at `data` in lockgate.toml, and whether that Spark runs."
    return UnreachableError(f"Spark does not begin at {cluster.master}.", why=why, do=do)


def settings(cluster: Cluster, folder: Path, logs: Path) -> dict[str, str]:
    """Return how Spark is set up, with a folder for what it keeps and a file that says where it logs (K1, K2)."""
    common = {
        "spark.app.name": "Lockgate",
        "spark.master": cluster.master,
        "spark.driver.extraJavaOptions": f"-Dlog4j2.configurationFile={logs.as_uri()}",
        "spark.sql.execution.arrow.maxRecordsPerBatch": str(_BATCH),
        "spark.sql.warehouse.dir": address(folder / "warehouse"),
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
    }
    if not cluster.here:
        return {**common, "spark.executor.memory": cluster.memory}
    loopback = {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
    return {**common, **loopback, "spark.driver.memory": cluster.memory, "spark.local.dir": str(folder)}


def address(path: Path) -> str:
    """Return how Spark is told a path: as it is, since Hadoop takes the codes of an address for letters."""
    return f"file://{path}"
