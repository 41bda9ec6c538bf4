"""How is a Spark begun, worked with and ended?

B1  One Spark at a time in a process: it has one context only.
B2  What is exchanged with it lies in a folder of its own that is for its owner only, and is gone afterwards.
B3  With it ends its process of Java, which would stay as long as this process.
"""

import os
import sys
import tempfile
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from lockgate.engines.spark.cluster import Cluster, address, not_begun, require, settings
from lockgate.engines.spark.exchange import told

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
        return self.session.read.parquet(address(path))

    def kept(self, rows: Any, path: Path) -> Any:
        """Work out rows, keep them in a folder of the exchange, and return them from there."""
        rows.write.parquet(address(path))
        return self.read(path)

    @contextmanager
    def step(self) -> Iterator[Path]:
        """Give a folder of the exchange for one piece of work (B2), and tell in short what Spark can't do of it."""
        from py4j.protocol import Py4JError  # noqa: PLC0415  (optional extra `spark`)
        from pyspark.errors import PySparkException  # noqa: PLC0415  (same)

        with tempfile.TemporaryDirectory(dir=self.folder) as folder, warnings.catch_warnings():
            warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas")  # it is handed Arrow only
            try:
                yield Path(folder)
            except (PySparkException, Py4JError) as error:
                raise told(error, by=self.name) from error


@contextmanager
def begun(cluster: Cluster) -> Iterator[Spark]:
    """Give a Spark, and end it afterwards."""
    require(cluster)
    cluster.exchange.mkdir(parents=True, exist_ok=True)
    with _ONE, tempfile.TemporaryDirectory(prefix="spark-", dir=cluster.exchange) as name:  # B1, B2
        folder = Path(name).resolve()
        try:
            session = _begin(cluster, folder)
            spark = Spark(session, folder, f"Spark {session.version} at {cluster.master}")
            session.conf.set("spark.sql.shuffle.partitions", 2 * spark.cores)
            yield spark
        finally:
            _end()


def _begin(cluster: Cluster, folder: Path) -> Any:
    from py4j.protocol import Py4JError  # noqa: PLC0415  (optional extra `spark`)
    from pyspark import SparkConf  # noqa: PLC0415  (same)
    from pyspark.errors import PySparkException  # noqa: PLC0415  (same)
    from pyspark.sql import SparkSession  # noqa: PLC0415  (same)

    logs = folder / "log4j2.properties"
    logs.write_text(_LOGS.format(folder=folder), encoding="utf-8")
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    conf = SparkConf(loadDefaults=False).setAll(list(settings(cluster, folder, logs).items()))
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas")
        try:
            return SparkSession.builder.config(conf=conf).getOrCreate()
        except (PySparkException, Py4JError) as error:
            causes = (line.strip(": ") for line in str(error).splitlines() if line.startswith(": "))
            raise not_begun(cluster, next(causes, str(error))) from error


def _end() -> None:
    """End Spark and its process of Java (B3), for which PySpark has no public way."""
    from pyspark import SparkContext  # noqa: PLC0415  (optional extra `spark`)
    from pyspark.sql import SparkSession  # noqa: PLC0415  (same)

    session, context = SparkSession.getActiveSession(), SparkContext._active_spark_context  # noqa: SLF001
    if session is not None:
        session.stop()
    elif context is not None:
        context.stop()
    gateway = SparkContext._gateway  # noqa: SLF001
    if gateway is not None:
        gateway.shutdown()
        gateway.proc.stdin.close()  # Java ends when nobody speaks to it any more
        gateway.proc.wait()
    SparkContext._gateway = SparkContext._jvm = None  # noqa: SLF001  (so that the next one begins anew)
