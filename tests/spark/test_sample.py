"""Does the sample's migration come out the same on Spark, and does evidence say where it was measured?"""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from lockgate.engines import comparing, legacy
from lockgate.engines import spark as spark_engine
from lockgate.practices.migration.perform.bench import bench
from lockgate.practices.migration.perform.reading.cleansing import cleansed
from lockgate.practices.migration.perform.reading.judging import judged, keep_back
from lockgate.practices.migration.perform.reading.staging import extracts, staged

SAMPLE = Path(__file__).parents[2] / "examples" / "meridian"
ENGINE = """
[data]
engine = "local[2]"
memory = "1g"
"""


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    """The folder of the sample, its extracts read and put right in a round."""
    here = tmp_path_factory.mktemp("sample")
    written = legacy.write(here / "extracts", scale=0.02, seed=7)
    folder = shutil.copytree(SAMPLE, here / "meridian", ignore=shutil.ignore_patterns(".lockgate"))
    with bench(folder, "anna", begin=True) as work:
        there = extracts(folder, written.folder)
        staged(work.store, work.migration, there, work.migration.datasets, lambda *_: None)
        cleansed(work.store, work.migration)
        judged(work.store, work.migration)
        keep_back(work.store, work.migration)
    return folder


def test_customers_suppliers_and_items_become_the_same_golden_records(sample, cluster):
    here, there = _matched(sample), _matched(sample, ENGINE)
    assert (here.pop("engine").split()[0], there.pop("engine")[-11:]) == ("DuckDB", "at local[2]")
    assert there == here
    assert [len(rows) > 10 for rows in here["tables"].values()] == [True] * 6


def _matched(folder, engine=""):
    """Return what matching answers and leaves, and what its evidence says was at work."""
    text = (folder / "lockgate.toml").read_text()
    (folder / "lockgate.toml").write_text(text + engine)
    command = [sys.executable, "-m", "lockgate", "migrate", "match", "--json", "--by=anna", f"--workspace={folder}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode in {0, 1}, done.stderr
    answer = json.loads(done.stdout)
    with bench(folder, "anna") as work:
        evidence = {one.pop("entity"): one.pop("evidence") for one in answer["entities"]}
        checked = [one.pop("evidence") for one in answer["domains"]]  # data that is right is no matter of the engine
        assert len(set(checked)) == len(checked) > 3
        told = {work.place.ledger.record(number).payload["notes"]["engine"] for number in evidence.values()}
        tables = ["pairs", "clusters", "merged", *(f"golden.{entity}" for entity in evidence)]
        query = work.store.connection.execute
        kept = {name: query(f"from {name} order by all").fetchall() for name in tables}
    (folder / "lockgate.toml").write_text(text)
    assert told == {answer["engine"]}
    return {**answer, "tables": kept}


def test_what_was_read_differs_from_what_was_put_right_alike(sample, spark):
    with bench(sample, "anna") as work:
        connection, counted = work.store.connection, 0
        work.store.lock_down()
        for key in ("customers", "items"):
            columns = [row[0] for row in connection.execute(f'describe clean."{key}"').fetchall()]
            columns = [name for name in columns if not name.startswith("_")]
            fields = [comparing.Field(name) for name in columns]
            given = (connection, f"typed.{key}", f"clean.{key}", ["_row"], fields)
            here = comparing.compare(*given, into="here", domain=key)
            assert spark_engine.compare(*given, spark=spark, into="there", domain=key) == here
            counted += here.different_rows
        rows = [connection.execute(f"from {name} order by all").fetchall() for name in ("here", "there")]
        connection.execute("drop table here; drop table there")
    assert rows[1] == rows[0]
    assert counted > 20
