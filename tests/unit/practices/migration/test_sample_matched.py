"""Is the sample's migration matched as well as is promised? Its own files and rules, beside the truth kept apart."""

import csv
import shutil
from pathlib import Path

import duckdb
import pytest

from lockgate.engines import legacy
from lockgate.engines.matching import Entity, Score, score_against
from lockgate.practices.migration.perform.bench import bench
from lockgate.practices.migration.perform.matching.matched import match_all
from lockgate.practices.migration.perform.reading.cleansing import cleansed
from lockgate.practices.migration.perform.reading.judging import judged, keep_back
from lockgate.practices.migration.perform.reading.staging import extracts, staged

SAMPLE = Path(__file__).parents[4] / "examples" / "meridian"
FILES = {
    "customer": {"KUNDEN.CSV": "customers", "customer": "acquired-customers"},
    "supplier": {"LIEFER.CSV": "suppliers", "supplier": "acquired-suppliers"},
    "item": {"ARTIKEL.CSV": "items", "item": "acquired-items"},
}
"""Of each entity, the dataset that reads a file or table which the truth names."""


@pytest.fixture(scope="module")
def matched(tmp_path_factory):
    """The round in which the sample's extracts were read, put right and matched, with the truth beside it."""
    here = tmp_path_factory.mktemp("matched")
    written = legacy.write(here / "extracts", scale=0.05, seed=7)
    folder = shutil.copytree(SAMPLE, here / "meridian", ignore=shutil.ignore_patterns(".lockgate"))
    with bench(folder, "anna", begin=True) as work:
        there = extracts(folder, written.folder)
        came = staged(work.store, work.migration, there, work.migration.datasets, lambda *_: None)
        assert {key: one.refusals for key, one in came.items() if one.refusals} == {}
        cleansed(work.store, work.migration)
        judged(work.store, work.migration)
        keep_back(work.store, work.migration)
        match_all(work, ())
        work.store.connection.execute("create temp table truth (dataset varchar, key varchar, entity varchar)")
        yield work.store.connection, written.truth


@pytest.mark.parametrize("entity", FILES)
def test_duplicates_within_and_across_systems_are_found_with_an_f1_of_97_percent(matched, entity):
    score = _scored(*matched, entity)
    told = f"precision {score.precision:.3f}, recall {score.recall:.3f}, F1 {score.f1:.3f}: {score}"
    assert (score.right + score.missed >= 15, score.f1 >= 0.97) == (True, True), told


def _scored(connection: duckdb.DuckDBPyConnection, truth: Path, entity: str) -> Score:
    """Return how good the clusters of an entity are; the truth names files and tables, the round datasets."""
    with (truth / f"{entity}s.csv").open(encoding="utf-8", newline="") as file:
        told = [(FILES[entity][row["file"]], row["record"], row["entity"]) for row in csv.DictReader(file)]
    connection.execute("delete from truth")
    connection.executemany("insert into truth values (?, ?, ?)", told)
    ((compared,),) = connection.execute("select count(*) from clusters where entity = ?", [entity]).fetchall()
    assert compared == len(told)
    return score_against(connection, Entity(entity, "organisation", ()), "truth")
