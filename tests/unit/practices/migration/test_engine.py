"""Which engine compares, and what if it is declared by halves?"""

import duckdb
import pytest

from lockgate.engines import comparing, matching
from lockgate.kernel.errors import UsageError
from lockgate.practices.migration.perform.comparing.engine import engine_of
from lockgate.workspace import load

PROGRAMME = """
[programme]
name = "Acme"
playbooks = ["order-to-cash"]
currency = "EUR"
time_zone = "Europe/Brussels"
[data]
"""


@pytest.fixture
def declared(tmp_path):
    """Return what declares a data engine."""

    def declared(text):
        (tmp_path / "lockgate.toml").write_text(PROGRAMME + text)
        return load(tmp_path)

    return declared


def test_without_a_word_it_is_duckdb_in_the_process(declared, store):
    with engine_of(declared(""), store) as engine:
        found = (engine.name, engine.compare, engine.pairing)
    assert found == (f"DuckDB {duckdb.__version__}", comparing.compare, matching.pair)


def test_a_cluster_needs_a_folder_that_all_its_machines_see(declared, store):
    workspace = declared('engine = "spark://spark.example:7077"')
    why = "Nothing is declared by which to exchange files with spark://spark.example:7077"
    with pytest.raises(UsageError, match=why), engine_of(workspace, store):
        pass


@pytest.mark.parametrize("wrong", ['engine = "local"', 'engine = "local[0]"', 'engine = "yarn"', 'memory = "4 GB"'])
def test_what_is_no_engine_is_a_finding_where_it_stands(declared, wrong):
    key, value = wrong.split(" = ")
    (finding,) = [one for one in declared(wrong).findings if one.at.path == "lockgate.toml"]
    assert (finding.at.line, finding.at.column, value.strip('"') in finding.message) == (8, len(key) + 4, True)
