"""A Spark on this machine, for all tests of a run; without Java or PySpark they are left out."""

import os

import pytest

from lockgate.engines import spark as spark_engine
from lockgate.engines.spark.cluster import require
from lockgate.kernel.errors import UsageError

# PySpark leaves sockets to be closed when they are forgotten, and warns of pandas, which nothing here uses.
NOISE = ("ignore:unclosed <socket:ResourceWarning", "ignore:PySpark does not yet fully support pandas:FutureWarning")
EXCHANGE = "exchange für Spark"
"""A folder as people name them."""


def pytest_collection_modifyitems(items):
    for item in items:
        for each in NOISE:
            item.add_marker(pytest.mark.filterwarnings(each))


@pytest.fixture(scope="session", autouse=True)
def _quick_java():
    """Java makes no effort to run long: that takes longer than these tests."""
    os.environ["JAVA_TOOL_OPTIONS"] = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
    yield
    del os.environ["JAVA_TOOL_OPTIONS"]


@pytest.fixture
def cluster(tmp_path):
    """This machine, with two cores."""
    return needed(spark_engine.Cluster("local[2]", "1g", tmp_path / EXCHANGE))


@pytest.fixture(scope="package")
def spark(tmp_path_factory):
    """A Spark that has begun; it ends after the last test."""
    cluster = needed(spark_engine.Cluster("local[2]", "1g", tmp_path_factory.mktemp("spark") / EXCHANGE))
    with spark_engine.begun(cluster) as begun:
        yield begun


def needed(cluster):
    """Return the cluster, or leave the test out with the reason."""
    try:
        require(cluster)
    except UsageError as error:
        pytest.skip(" ".join(error.lines()))
    return cluster
