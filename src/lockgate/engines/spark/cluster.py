"""Where does Spark run, and how is it begun and ended? On this machine, reached by itself alone, or on a cluster.

K1  One Spark at a time in a process: it has one context only.
K2  What is exchanged with it lies in a folder of its own that is for its owner only, and is gone afterwards.
K3  On this machine it listens on the loopback alone, and shows no page.
K4  What it logs goes to that folder, not among what a verb says.
"""

import os
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from lockgate.kernel.errors import UnreachableError, UsageError

_ONE: Final = threading.Lock()
_LOGS: Final = """\
rootLogger.level = warn
rootLogger.appenderRef.file.ref = file
appender.file.type = File
appender.file.name = file
appender.file.fileName = {folder}/spark.log
appender.file.layout.type = PatternLayout
appender.file.layout.pattern = %d %p %c: %m%n
"""


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
        return self.master.startswith("local")


@dataclass(frozen=True)
class Spark:
    """A Spark that has begun."""

    session: Any
    folder: Path
    name: str

    @property
    def cores(self) -> int:
        """How many tasks it does at once."""
        return int(self.session.sparkContext.defaultParallelism)

    def read(self, path: Path) -> Any:
        """Return what lies in a folder of the exchange."""
        return self.session.read.parquet(path.as_uri())

    def kept(self, rows: Any, path: Path) -> Any:
        """Work out rows, keep them in a folder of the exchange, and return them from there."""
        from pyspark.errors import PySparkException  # noqa: PLC0415  (optional extra `spark`)

        try:
            rows.write.parquet(path.as_uri())
        except PySparkException as error:
            told = [line.strip() for line in str(error).splitlines() if line.strip() and "JVM" not in line]
            why = told[-1] if told else ""
            do = "Mend what it names, or take the engine `duckdb` in lockgate.toml."
            raise UsageError(f"{self.name} could not do it.", why=why, do=do) from error
        return self.read(path)

    @contextmanager
    def step(self) -> Iterator[Path]:
        """Give a folder of the exchange for one piece of work; it is gone afterwards (K2)."""
        with tempfile.TemporaryDirectory(dir=self.folder) as folder:
            yield Path(folder)


@contextmanager
def begun(cluster: Cluster) -> Iterator[Spark]:
    """Give a Spark, and end it afterwards."""
    require(cluster)
    cluster.exchange.mkdir(parents=True, exist_ok=True)
    with _ONE, tempfile.TemporaryDirectory(prefix="spark-", dir=cluster.exchange) as name:  # K1, K2
        folder = Path(name).resolve()
        session = _begin(cluster, folder)
        try:
            version = f"Spark {session.version} at {cluster.master}"
            session.conf.set("spark.sql.shuffle.partitions", 4 * session.sparkContext.defaultParallelism)
            yield Spark(session, folder, version)
        finally:
            _end(session)


def require(cluster: Cluster) -> None:
    """Refuse where something is missing that Spark needs."""
    try:
        import pyspark  # noqa: F401, PLC0415  (optional extra `spark`)
    except ImportError:
        why = f"The engine {cluster.master} of lockgate.toml needs PySpark."
        raise UsageError("Spark is not installed.", why=why, do="Run: pip install 'lockgate[spark]'") from None
    java = Path(os.environ["JAVA_HOME"], "bin", "java") if "JAVA_HOME" in os.environ else shutil.which("java")
    if java is None or not Path(java).is_file():
        why = f"There is no {java}." if java else "There is no `java` on the path."
        raise UsageError(
            "Spark can't run without Java.", why=why, do="See what to install: `lockgate doctor --for spark`"
        )


def settings(cluster: Cluster, folder: Path) -> dict[str, str]:
    """Return how Spark is set up."""
    logs = folder / "log4j2.properties"
    common = {
        "spark.app.name": "Lockgate",
        "spark.master": cluster.master,
        "spark.driver.extraJavaOptions": f"-Dlog4j2.configurationFile={logs.as_uri()}",  # K4
        "spark.sql.warehouse.dir": (folder / "warehouse").as_uri(),
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
    }
    if not cluster.here:
        return {**common, "spark.executor.memory": cluster.memory}
    loopback = {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}  # K3
    return {**common, **loopback, "spark.driver.memory": cluster.memory, "spark.local.dir": str(folder)}


def _begin(cluster: Cluster, folder: Path) -> Any:
    from pyspark import SparkConf  # noqa: PLC0415  (optional extra `spark`)
    from pyspark.errors import PySparkException  # noqa: PLC0415  (same)
    from pyspark.sql import SparkSession  # noqa: PLC0415  (same)

    (folder / "log4j2.properties").write_text(_LOGS.format(folder=folder), encoding="utf-8")
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    conf = SparkConf(loadDefaults=False).setAll(list(settings(cluster, folder).items()))
    try:
        session = SparkSession.builder.config(conf=conf).getOrCreate()
        session.range(1).count()  # a cluster that does not answer shows here only
    except (PySparkException, OSError) as error:
        raise _not_begun(cluster, error) from error
    return session


def _not_begun(cluster: Cluster, error: Exception) -> UnreachableError:
    why = next((line.strip() for line in str(error).splitlines() if line.strip()), "")
    return UnreachableError(
        f"Spark does not begin at {cluster.master}.", why=why, do="Look at `data` in lockgate.toml."
    )


def _end(session: Any) -> None:
    """End Spark and its process of Java, which would stay as long as this process."""
    context = session.sparkContext
    gateway = context._gateway  # noqa: SLF001  (PySpark has no other way to it)
    session.stop()
    gateway.shutdown()
    gateway.proc.stdin.close()  # Java ends when nobody speaks to it any more
    gateway.proc.wait()
    type(context)._gateway = type(context)._jvm = None  # noqa: SLF001  (so that the next one begins anew)
