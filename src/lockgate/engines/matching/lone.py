"""What if a name is all there is? Then nothing can be learnt from other columns, and names are compared by letters.

N1  Names that are the same without their legal form and the order of their words are taken for the same with 0.98: a
    name alone is never certain. From there the probability falls straight to 0 at names that are 60 % alike.
N2  Names are compared when they share a word that few have, or their first letters.
"""

import json
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]  # it ships no types
from rapidfuzz import fuzz, process

from lockgate.engines.matching.entity import Entity

BLOCKS = (
    *("name", "name_sorted", "left(name, 5)"),
    "unnest(list_filter(string_split(name_sorted, ' '), lambda word: length(word) > 2))",
)
CERTAIN, LEAST = 0.98, 0.6
BATCH = 500_000
WORKERS = 2


def score_names(connection: duckdb.DuckDBPyConnection, entity: Entity) -> None:
    """Make the temporary table `_scored` from the names of the candidates alone."""
    connection.execute("create or replace temp table _scored (l bigint, r bigint, probability double, weights varchar)")
    connection.execute("""
        create or replace temp table _named as
        select row_number() over (order by c.l, c.r) - 1 as place, c.l, c.r,
            l.name_sorted as one, r.name_sorted as other
        from _candidates c join _records l on l.n = c.l join _records r on r.n = c.r
    """)
    (count,) = connection.execute("select count(*) from _named").fetchall()[0]
    for start in range(0, count, BATCH):
        found = connection.execute(
            "select l, r, one, other from _named where place >= ? and place < ? order by place", [start, start + BATCH]
        ).fetchnumpy()
        _score(connection, entity, found)
    connection.execute("drop table _named")


def _score(connection: duckdb.DuckDBPyConnection, entity: Entity, found: dict[str, Any]) -> None:
    alike = process.cpdist(
        found["one"].tolist(), found["other"].tolist(), scorer=fuzz.ratio, workers=WORKERS, dtype=np.float64
    )
    probable = np.clip((alike / 100 - LEAST) / (1 - LEAST), 0, 1) * CERTAIN  # N1
    kept = np.flatnonzero(probable >= min(entity.review, entity.sure))
    batch = pa.table(
        {
            "l": pa.array(found["l"][kept], pa.int64()),
            "r": pa.array(found["r"][kept], pa.int64()),
            "probability": pa.array(probable[kept], pa.float64()),
            "weights": pa.array([_words(alike[line], probable[line]) for line in kept], pa.string()),
        }
    )
    connection.register("_batch", batch)
    connection.execute("insert into _scored select * from _batch")
    connection.unregister("_batch")


def _words(alike: float, probable: float) -> str:
    bits = round(float(np.log2(probable / (1 - probable))), 2) if probable else -10.0
    return json.dumps([{"about": "name", "said": f"{alike:.0f} % alike", "bits": bits}])
