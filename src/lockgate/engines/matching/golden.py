"""What is the one record of each cluster? Each of its values from one record, by a strategy, and from which it came.

G1  `source order`: the value of the first record, in the order of the parts and their keys, blank or not.
G2  `not blank`: the first value in that order that says something. So is a column without a strategy.
G3  `longest`, `most frequent`, `newest`: of those that say something; a tie goes to the first in that order. `newest`
    goes by the column `changed` that the parts give, in a notation that sorts, like 2026-08-31; without it comes last.
G4  What a person chose, record and column, comes before any strategy. `chosen`: where nobody did, as G2.
G5  The golden record bears the name of its first record, so it keeps it while the cluster grows at its end.
"""

import re
from collections.abc import Iterable, Mapping

import duckdb
import pyarrow as pa  # type: ignore[import-untyped]  # it ships no types

from lockgate.engines.matching.entity import Entity
from lockgate.engines.matching.standard import blank, read
from lockgate.engines.quoting import literal, quoted
from lockgate.engines.transaction import together
from lockgate.kernel.errors import UsageError

STRATEGIES: Mapping[str, tuple[str, ...]] = {
    "source order": ("n",),
    "not blank": ("silent", "n"),
    "longest": ("silent", "length(value) desc", "n"),
    "most frequent": ("silent", "bearers desc", "n"),
    "newest": ("silent", "changed desc nulls last", "n"),
    "chosen": ("silent", "n"),
}
"""Strategy → the order of a cluster's values, the best first."""

_MERGED = "create table if not exists merged (entity varchar, dataset varchar, key varchar, golden varchar)"

Choice = tuple[str, str]
"""A record as `dataset:key`, and the column of it that was chosen."""


def golden(
    connection: duckdb.DuckDBPyConnection,
    entity: Entity,
    survivors: Mapping[str, str],
    *,
    chosen: Iterable[Choice] = (),
) -> int:
    """Make `golden.<entity>` and the entity's lines of `merged` from its clusters; return how many golden records."""
    _require(entity, survivors)
    read(connection, entity)
    _choices(connection, chosen)
    values = [name for name in entity.columns if name != "changed"]
    ranked = {name: ("not chosen", *STRATEGIES[survivors.get(name, "not blank")]) for name in values}  # G4
    kept = "".join(f", {_survivor(name, place, order)}" for place, (name, order) in enumerate(ranked.items()))
    ranks = "".join(_rank(name, place) for place, name in enumerate(values))
    with together(connection):
        connection.execute("create schema if not exists golden")
        connection.execute(_MERGED)
        connection.execute("delete from merged where entity = ?", [entity.key])
        connection.execute(
            "insert into merged select entity, dataset, key, cluster from clusters where entity = ?", [entity.key]
        )
        connection.execute(
            f"""
            create or replace table golden.{quoted(entity.key)} as
            with ranked as (
                select c.cluster, o.*{ranks} from clusters c join _originals o on o.record = c.record where c.entity = ?
            )
            select cluster as golden, count(*) as records{kept} from ranked group by cluster order by min(n)
            """,  # noqa: S608  # names are quoted
            [entity.key],
        )
    (count,) = connection.execute(f"select count(*) from golden.{quoted(entity.key)}").fetchall()[0]  # noqa: S608  # quoted
    return int(count)


def _rank(name: str, place: int) -> str:
    """Return SQL for what is asked of each value: does it say something, how many bear it, did a person choose it."""
    return (
        f", {blank(quoted(name))} as silent_{place}"  # noqa: S608  # names are quoted
        f", count(*) over (partition by c.cluster, {quoted(name)}) as bearers_{place}"
        f", exists (select 1 from _chosen h where h.record = o.record and h.name = {literal(name)}) as chosen_{place}"
    )


def _survivor(name: str, place: int, order: tuple[str, ...]) -> str:
    """Return SQL for the value that survives and the record that it comes from."""
    value = quoted(name)
    own = {**{word: f"{word}_{place}" for word in ("silent", "bearers", "chosen")}, "value": value}
    by = re.sub("|".join(own), lambda found: own[found[0]], ", ".join(order))
    return (
        f"first({value} order by {by}) as {value}, "
        f"first(case when {value} is not null then record end order by {by}) as {quoted(f'{name}_from')}"
    )


def _require(entity: Entity, survivors: Mapping[str, str]) -> None:
    for column, strategy in survivors.items():
        if column not in entity.columns:
            raise UsageError(
                f"{entity.key} has no column {column!r}",
                why=f"its parts give {', '.join(entity.columns)}",
                do="name one of these",
            )
        if strategy not in STRATEGIES:
            raise UsageError(
                f"{strategy!r} is no strategy for {column}",
                why="values survive by one",
                do=f"one of {', '.join(STRATEGIES)}",
            )
        if strategy == "newest" and "changed" not in entity.columns:
            raise UsageError(
                f"the newest {column} can't be told",
                why="no part of the entity gives the column `changed`",
                do="give the date of the last change as `changed`, or take another strategy",
            )


def _choices(connection: duckdb.DuckDBPyConnection, chosen: Iterable[Choice]) -> None:
    pairs = sorted(set(chosen))
    batch = pa.table(
        {
            "record": pa.array([record for record, _ in pairs], pa.string()),
            "name": pa.array([name for _, name in pairs], pa.string()),
        }
    )
    connection.register("_batch", batch)
    connection.execute("create or replace temp table _chosen as select * from _batch")
    connection.unregister("_batch")
