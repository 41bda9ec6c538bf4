"""How are candidates compared on Spark? It brings records together of which a block says the same, and tasks ask them.

S1  Spark joins and counts numbers and texts, and decides nothing. What is asked is asked by `asking`.
S2  What the answers weigh is learnt here, from the counts of all of them. The counts are the same, so the weights are.
S3  Back come the pairs that are worth a look or that a rule calls the same. Whether another one is barred is all one.
"""

from typing import Any

import duckdb
import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]  # it ships no types
import pyarrow.parquet as pq  # type: ignore[import-untyped]  # same

from lockgate.engines.matching import Entity
from lockgate.engines.matching.blocking import MOST, Skipped
from lockgate.engines.matching.pairing import Paired, blocks_of, names_alone
from lockgate.engines.matching.scoring import learn
from lockgate.engines.spark.asking import ANSWERS, SAYS, answering, refuse_early, saying
from lockgate.engines.spark.exchange import fetch, send
from lockgate.engines.spark.session import Spark


def pair(connection: duckdb.DuckDBPyConnection, entity: Entity, records: int, *, spark: Spark) -> Paired:
    """Make `_scored`, `_ruled` and `_barred` as `matching.pair` does."""
    alone = names_alone(entity)
    with spark.step() as folder:
        send(connection, "select * from _records", folder / "records")
        refuse_early(entity, pq.read_schema(folder / "records" / "rows.parquet"))
        known = spark.read(folder / "records")
        says = spark.kept(known.mapInArrow(saying(entity), SAYS), folder / "blocks")
        sizes = says.groupBy("block", "says").count().where("count > 1")
        pairs = _with_records(_candidates(says, sizes), known)
        answers = spark.kept(pairs.mapInArrow(answering(entity), ANSWERS), folder / "answers")
        counts = answers.groupBy("pattern", "mask").count().orderBy("pattern", "mask").toArrow()
        trained = () if alone else learn(connection, entity, records, _counted(counts))
        worth = answers.where("probability is not null or ruled is not null")
        if not alone:
            patterns = spark.session.createDataFrame(connection.sql("select pattern from _patterns").to_arrow_table())
            worth = worth.unionByName(answers.where("ruled is null").join(patterns, "pattern", "left_semi"))
        spark.kept(worth, folder / "worth")
        fetch(connection, folder / "worth", "_answers")
        skipped = _skipped(sizes, blocks_of(entity))
    _hand_on(connection, alone=alone)
    return Paired(sum(counts["count"].to_pylist()), skipped, trained)


def _candidates(says: Any, sizes: Any) -> Any:
    """Return the pairs of which a block says the same, with the blocks that do, as `matching.block` finds them."""
    few = sizes.where(f"count <= {MOST}").select("block", "says")
    together = says.join(few, ["block", "says"])
    left, right = (together.withColumnRenamed("n", side) for side in ("l", "r"))
    return (
        left.join(right, ["block", "says"])
        .where("l < r")
        .selectExpr("l", "r", "shiftleft(1L, block) as bit")
        .groupBy("l", "r")
        .agg({"bit": "bit_or"})
        .withColumnRenamed("bit_or(bit)", "mask")
    )


def _with_records(pairs: Any, known: Any) -> Any:
    """Return the pairs with both of their records."""
    one, other = (
        known.selectExpr(f"n as {side}", f"struct(*) as {name}") for side, name in (("l", "one"), ("r", "other"))
    )
    return pairs.join(one, "l").join(other, "r").select("l", "r", "mask", "one", "other")


def _skipped(sizes: Any, blocks: tuple[str, ...]) -> tuple[Skipped, ...]:
    """Return the blocks that say the same of too many."""
    found = sizes.where(f"count > {MOST}").groupBy("block").agg({"says": "count", "count": "max"}).orderBy("block")
    return tuple((blocks[row["block"]], row["count(says)"], row["max(count)"]) for row in found.collect())


def _counted(counts: pa.Table) -> dict[str, Any]:
    return {name: np.asarray(counts[of]) for name, of in (("pattern", "pattern"), ("mask", "mask"), ("pairs", "count"))}


def _hand_on(connection: duckdb.DuckDBPyConnection, *, alone: bool) -> None:
    """Make of the answers that came back what the rest of matching reads."""
    if alone:
        scored = "select l, r, probability, weights from _answers where probability is not null"
    else:
        scored = "select l, r, p.probability, p.weights from _answers join _patterns p using (pattern)"
    connection.execute(f"create or replace temp table _scored as {scored}")
    for name, column in (("_ruled", "ruled"), ("_barred", "barred")):
        connection.execute(
            f"create or replace temp table {name} as"
            f" select l, r, {column} as rule from _answers where {column} is not null"
        )
    connection.execute("drop table _answers")
