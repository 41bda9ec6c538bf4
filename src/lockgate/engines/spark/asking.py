"""What does one task of Spark do with some records, or some pairs of them? It asks them by the functions of `matching`.

A task makes the tables that these functions read, of what it was handed only. None of them looks further than one
record or one pair.
"""

from collections.abc import Callable, Iterator
from typing import Final

import duckdb
import pyarrow as pa  # type: ignore[import-untyped]  # it ships no types

from lockgate.engines.matching import Entity
from lockgate.engines.matching.blocking import say
from lockgate.engines.matching.lone import score_names
from lockgate.engines.matching.pairing import ask_rules, blocks_of, names_alone
from lockgate.engines.matching.scoring import answer
from lockgate.engines.spark.exchange import at_hand, locked, put

SAYS: Final = "block int, says string, n long"
ANSWERS: Final = (
    "l long, r long, mask long, pattern long, probability double, weights string, ruled string, barred string"
)
_ANSWERS: Final = """
    select l, r, mask, pattern, probability, weights, u.rule as ruled, b.rule as barred
    from _answered left join _scored using (l, r)
    left join (select l, r, min(rule) as rule from _ruled group by all) u using (l, r)
    left join (select l, r, min(rule) as rule from _barred group by all) b using (l, r)
"""
_NO_PATTERN: Final = "create or replace temp table _answered as select *, null::bigint as pattern from _candidates"
_NO_SCORE: Final = "create or replace temp table _scored (l bigint, r bigint, probability double, weights varchar)"

Task = Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]


def saying(entity: Entity) -> Task:
    """Return what tells what the blocks say of records."""

    def said(records: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        with at_hand() as connection:
            for batch in records:
                put(connection, pa.Table.from_batches([batch]), "_records")
                say(connection, blocks_of(entity))
                yield from connection.sql("select block::int as block, says, n from _blocks").to_arrow_reader()

    return said


def answering(entity: Entity) -> Task:
    """Return what tells how pairs answer, and which rules are true of them; each pair comes with both its records."""

    def answered(pairs: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        with at_hand() as connection:
            for batch in pairs:
                put(connection, pa.Table.from_batches([batch]), "_pairs")
                yield from _answered(connection, entity)

    return answered


def _answered(connection: duckdb.DuckDBPyConnection, entity: Entity) -> Iterator[pa.RecordBatch]:
    connection.execute("create or replace temp table _candidates as select l, r, mask from _pairs")
    connection.execute(
        "create or replace temp table _records as select unnest(one) from _pairs union select unnest(other) from _pairs"
    )
    if names_alone(entity):
        score_names(connection, entity)
        connection.execute(_NO_PATTERN)
    else:
        answer(connection, entity)
        connection.execute(_NO_SCORE)
    ask_rules(connection, entity)
    yield from connection.sql(_ANSWERS).to_arrow_reader()


def refuse_early(entity: Entity, records: pa.Schema) -> None:
    """Refuse blocks and rules that can't be asked at all, before Spark is."""
    with locked() as connection:
        put(connection, records.empty_table(), "_records")
        say(connection, blocks_of(entity))
        connection.execute("create temp table _candidates (l bigint, r bigint)")
        ask_rules(connection, entity)
