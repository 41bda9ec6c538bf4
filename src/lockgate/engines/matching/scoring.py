"""How probable is it that two records are the same, and why? Answers of all candidates, weighed by what they teach.

P1  A pair's answers are one number, its pattern; there are few patterns however many pairs there are, so learning and
    explaining cost the same for a thousand records and for millions.
P2  The weight of each answer is kept in words with its bits: each bit doubles the odds.
"""

import json
import random
from collections.abc import Mapping, Sequence
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]  # it ships no types

from lockgate.engines.matching.blocking import touched
from lockgate.engines.matching.comparisons import Comparison, comparisons
from lockgate.engines.matching.entity import Entity, Trained
from lockgate.engines.matching.training import Floats, Ints, Observed, Weights, random_answers, train

SAMPLE = 400_000
"""Pairs drawn at random."""
SEED = 7


def score(connection: duckdb.DuckDBPyConnection, entity: Entity, records: int) -> tuple[Trained, ...]:
    """Make the temporary table `_scored` of (l, r, probability, weights) with the candidates worth a look."""
    answer(connection, entity)
    counted = connection.execute(
        "select pattern, mask, count(*) as pairs from _answered group by all order by all"
    ).fetchnumpy()
    trained = learn(connection, entity, records, counted)
    connection.execute("""
        create or replace temp table _scored as
        select l, r, probability, weights from _answered join _patterns using (pattern);
        drop table _answered;
    """)
    return trained


def answer(connection: duckdb.DuckDBPyConnection, entity: Entity) -> None:
    """Make the temporary table `_answered` of (l, r, mask, pattern): what each candidate answers."""
    pattern = _pattern(comparisons(entity.kind, entity.columns))
    connection.execute(f"""
        create or replace temp table _answered as
        select c.l, c.r, c.mask, {pattern} as pattern
        from _candidates c join _records l on l.n = c.l join _records r on r.n = c.r
    """)  # noqa: S608  # our own SQL


def learn(
    connection: duckdb.DuckDBPyConnection, entity: Entity, records: int, counted: Mapping[str, Any]
) -> tuple[Trained, ...]:
    """Make the temporary table `_patterns` of those worth a look, from the sorted counts of all."""
    asked = comparisons(entity.kind, entity.columns)
    patterns = np.asarray(counted["pattern"], dtype=np.int64)
    observed = Observed(
        _levels(patterns, asked), np.asarray(counted["mask"], np.int64), np.asarray(counted["pairs"], np.float64)
    )
    expected = [np.array([level.expected for level in comparison.levels]) for comparison in asked]
    weights = train(
        observed,
        expected=expected,
        different=_different(connection, asked, records, expected),
        touched=touched(entity.blocks, asked),
        pairs=records * (records - 1) / 2,
    )
    _explain(connection, entity, asked, weights, np.unique(patterns))
    return tuple(
        Trained(
            comparison.column,
            tuple(level.said for level in comparison.levels),
            tuple(same.tolist()),
            tuple(other.tolist()),
        )
        for comparison, same, other in zip(asked, weights.same, weights.different, strict=True)
    )


def _pattern(asked: Sequence[Comparison]) -> str:
    """Return SQL for all answers of a pair as one number (P1)."""
    terms, base = [], 1
    for comparison in asked:
        terms.append(f"({comparison.sql})::bigint * {base}")
        base *= len(comparison.levels) + 1
    return " + ".join(terms)


def _levels(patterns: Ints, asked: Sequence[Comparison]) -> Ints:
    levels, rest = [], patterns
    for comparison in asked:
        levels.append(rest % (len(comparison.levels) + 1))
        rest = rest // (len(comparison.levels) + 1)
    return np.stack(levels, axis=1)


def _different(
    connection: duckdb.DuckDBPyConnection,
    asked: Sequence[Comparison],
    records: int,
    expected: Sequence[Floats],
) -> tuple[Floats, ...]:
    """Return what pairs answer that are drawn at random: each record with some others, at distances by lot."""
    lot = random.Random(SEED)
    farthest = max(1, records // 2)
    distances = lot.sample(range(1, farthest + 1), min(farthest, max(1, SAMPLE // max(records, 1))))
    step = max(1, records * len(distances) // SAMPLE)
    connection.execute(
        """
        create or replace temp table _random as
        select n as l, (n + unnest(?::bigint[])) % ? as r from _records where n % ? = 0
        """,
        [distances, max(records, 1), step],
    )
    counted = connection.execute(f"""
        select {_pattern(asked)} as pattern, count(*) as pairs
        from _random c join _records l on l.n = c.l join _records r on r.n = c.r where c.l <> c.r
        group by all order by all
    """).fetchnumpy()  # noqa: S608  # our own SQL
    levels = _levels(np.asarray(counted["pattern"], dtype=np.int64), asked)
    return random_answers(levels, np.asarray(counted["pairs"], np.float64), expected)


def _explain(
    connection: duckdb.DuckDBPyConnection,
    entity: Entity,
    asked: Sequence[Comparison],
    weights: Weights,
    patterns: Ints,
) -> None:
    levels = _levels(patterns, asked)
    probable, bits = weights.probabilities(levels), weights.bits(levels)
    kept = np.flatnonzero(probable >= min(entity.review, entity.sure))
    told = pa.table(
        {
            "pattern": pa.array(patterns[kept], pa.int64()),
            "probability": pa.array(probable[kept], pa.float64()),
            "weights": pa.array([_words(asked, levels[line], bits[line], weights.share) for line in kept], pa.string()),
        }
    )
    connection.register("_batch", told)
    connection.execute("create or replace temp table _patterns as select * from _batch")
    connection.unregister("_batch")


def _words(asked: Sequence[Comparison], levels: Ints, bits: Floats, share: float) -> str:
    """Return why in JSON, the heaviest first (P2)."""
    said = [
        {"about": comparison.column, "said": comparison.levels[level - 1].said, "bits": round(float(weight), 2)}
        for comparison, level, weight in zip(asked, levels, bits, strict=True)
        if level
    ]
    said.sort(key=lambda each: -abs(float(str(each["bits"]))))
    prior = {
        "about": "any two records",
        "said": "are seldom the same",
        "bits": round(float(np.log2(share / (1 - share))), 2),
    }
    return json.dumps([*said, prior])
