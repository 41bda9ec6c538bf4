"""How is Spark begun and ended, where does it listen, and what if it can't run?"""

import os
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import duckdb
import pytest

from lockgate.engines import spark as spark_engine
from lockgate.engines.comparing import compare
from lockgate.engines.spark.cluster import require
from lockgate.kernel.errors import UnreachableError, UsageError
from lockgate.lab.odoo_program import free_port
from support.rows.apart import FIELDS, planted, put

TWICE = """
import sys
from pathlib import Path
from lockgate.engines.spark import Cluster, begun
for _ in range(2):
    with begun(Cluster("local[1]", "1g", Path(sys.argv[1]))) as spark:
        print(spark.cores)
print([text for text in Path("/proc/self/task").glob("*/children") if text.read_text()])
"""

ON_A_CLUSTER = """
import sys
from pathlib import Path
import duckdb
from lockgate.engines import spark
from support.rows.apart import FIELDS
address, store, exchange = sys.argv[1:]
cluster = spark.Cluster(address, "512m", Path(exchange))
with duckdb.connect(store) as connection, spark.begun(cluster) as begun:
    spark.compare(connection, "l", "r", ["id"], FIELDS, spark=begun, into="there")
"""


def test_it_begins_again_after_it_ended_and_leaves_neither_files_nor_java(cluster):  # B1, B2, B3
    command = [sys.executable, "-c", TWICE, cluster.exchange]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stdout.splitlines() == ["1", "1", "[]"], done.stderr
    assert list(cluster.exchange.iterdir()) == []


def test_on_this_machine_it_listens_on_the_loopback_alone(spark):  # K1
    java = spark.session.sparkContext._gateway.proc.pid
    family = [java, *map(int, Path(f"/proc/{java}/task/{java}/children").read_text().split())]
    listening = {address for pid in family for address in listened(pid)}
    assert len(listening) >= 1
    assert {address for address in listening if not address.endswith("0100007F")} == set()


def listened(pid):
    """Yield the addresses at which a process listens, as the kernel writes them."""
    sockets = set()
    with suppress(FileNotFoundError):  # a child that ended meanwhile
        for link in Path(f"/proc/{pid}/fd").iterdir():
            with suppress(FileNotFoundError):  # closed meanwhile
                sockets.add(str(link.readlink()).removeprefix("socket:[").removesuffix("]"))
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]:
            words = line.split()
            if words[3] == "0A" and words[9] in sockets:
                yield words[1].partition(":")[0]


def test_without_java_it_says_what_to_ask(cluster, monkeypatch, tmp_path):
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UsageError) as refused:
        require(cluster)
    assert refused.value.lines() == (
        "Spark can't run without Java.",
        "There is no `java` on the path.",
        "See what is missing: lockgate doctor --for spark",
    )


def test_a_cluster_that_nobody_answers_for_is_told_at_once(cluster, tmp_path):
    with pytest.raises(UnreachableError) as refused:
        require(spark_engine.Cluster("spark://127.0.0.1:1", "1g", tmp_path))
    assert refused.value.lines()[:2] == (
        "Spark does not begin at spark://127.0.0.1:1.",
        "127.0.0.1:1: [Errno 111] Connection refused.",
    )


@pytest.fixture
def address(cluster, tmp_path):
    """The address of a cluster of its own: a master, and a worker with two cores."""
    import pyspark  # noqa: PLC0415  (an extra that may not be there)

    home, port = Path(pyspark.__file__).parent, free_port()
    environment = {**os.environ, "SPARK_HOME": str(home), "SPARK_WORKER_DIR": str(tmp_path / "work")}
    here, there = ["--host", "127.0.0.1", "--webui-port", "0"], f"spark://127.0.0.1:{port}"
    master = ["master.Master", *here, "--port", str(port)]
    worker = ["worker.Worker", *here, "--cores", "2", "--memory", "1g", there]
    running = []
    with (tmp_path / "log").open("w") as log:
        for name, *options in (master, worker):
            command = [home / "bin" / "spark-class", f"org.apache.spark.deploy.{name}", *options]
            running.append(subprocess.Popen(command, env=environment, stdout=log, stderr=log))
        while all(one.poll() is None for one in running) and not listens(port):
            time.sleep(0.1)
        yield there
        for one in running:
            one.terminate()
            one.wait()


def listens(port):
    """Return whether somebody listens at a port of this machine."""
    with socket.socket() as asked:
        return asked.connect_ex(("127.0.0.1", port)) == 0


def test_the_executors_of_a_cluster_find_the_same_in_processes_of_their_own(address, tmp_path):
    store = tmp_path / "store.duckdb"
    with duckdb.connect(store) as connection:
        put(connection, *planted(3, 300)[:2])
        compare(connection, "l", "r", ["id"], FIELDS, into="here")
    command = [sys.executable, "-c", ON_A_CLUSTER, address, store, tmp_path / "exchange für Spark"]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    with duckdb.connect(store) as connection:
        here, there = (connection.execute(f"from {name} order by all").fetchall() for name in ("here", "there"))
    assert there == here
    assert len(there) > 50
