"""Which records are the same? Candidates by blocks, decisions by people, rules and scores, clusters of what is linked.

M1  Each pair has a verdict: same, different, review (a person is asked), or apart: it would be the same, but joins two
    that are kept apart.
M2  A pair for review whose records are one by others is the same; one between clusters that are kept apart is apart.
M3  A rule that says never also keeps apart two that others would bring together.
M4  The same records, decisions and settings give the same tables; what stood in them of the entity is replaced.
"""

from collections.abc import Callable, Iterable

import duckdb
import pyarrow as pa  # type: ignore[import-untyped]  # it ships no types

from lockgate.engines.matching.clustering import Clusters, cluster
from lockgate.engines.matching.entity import Entity, Matched
from lockgate.engines.matching.pairing import Paired, pair
from lockgate.engines.matching.rules import Decision, ask, take_decisions
from lockgate.engines.matching.standard import standardise
from lockgate.engines.matching.tables import keep

_PERSON, _RULE = 3.0, 2.0
"""How strong a link is that rests on a decision or a rule; scores are below 1."""

Pairing = Callable[[duckdb.DuckDBPyConnection, Entity, int], Paired]
"""Compares all candidates, of so many records: `pair`, or what does the same elsewhere."""


def match(
    connection: duckdb.DuckDBPyConnection,
    entity: Entity,
    *,
    decisions: Iterable[Decision] = (),
    pairing: Pairing = pair,
) -> Matched:
    """Fill the tables `pairs` and `clusters` for the entity and return what came of it."""
    records = standardise(connection, entity)
    unknown = take_decisions(connection, decisions)
    paired = pairing(connection, entity, records)
    _judge(connection, entity)
    _settle(connection, entity)
    kept = keep(connection, entity)
    return Matched(
        records=records,
        candidates=paired.candidates,
        pairs=kept.pairs,
        sure=kept.sure,
        to_review=kept.to_review,
        clusters=kept.clusters,
        merged=records - kept.clusters,
        apart=kept.apart,
        unknown=unknown,
        skipped=paired.skipped,
        trained=paired.trained,
    )


def _judge(connection: duckdb.DuckDBPyConnection, entity: Entity) -> None:
    """Make the temporary table `_judged` of (l, r, probability, weights, decided_by, verdict)."""
    connection.execute(
        """
        create or replace temp table _judged as
        with barred as (select l, r, min(rule) as rule from _barred group by all),
        ruled as (select l, r, min(rule) as rule from _ruled group by all),
        named as (
            select l, r from _scored union select l, r from _decided union select l, r from ruled
        )
        select l, r, s.probability, coalesce(s.weights, '[]') as weights,
            case when d.same is not null then 'person' when b.rule is not null then 'never: ' || b.rule
                when u.rule is not null then 'same: ' || u.rule else 'score' end as decided_by,
            case when d.same then 'same' when not d.same then 'different' when b.rule is not null then 'different'
                when u.rule is not null then 'same' when s.probability >= ? then 'same' else 'review' end as verdict
        from named left join _scored s using (l, r) left join _decided d using (l, r)
        left join barred b using (l, r) left join ruled u using (l, r)
        """,
        [entity.sure],
    )


def _settle(connection: duckdb.DuckDBPyConnection, entity: Entity) -> None:
    """Make the temporary tables `_members` and `_verdicts`: who is one, and what follows for each pair."""
    links = connection.execute(
        "select l, r, case when decided_by = 'person' then ? when decided_by like 'same:%' then ? else probability end "
        "from _judged where verdict = 'same' order by l, r",
        [_PERSON, _RULE],
    ).fetchall()
    apart = set(connection.execute("select l, r from _judged where verdict = 'different'").fetchall())
    while True:
        clusters = cluster(links, apart)
        barred = _barred_within(connection, entity, clusters) - apart  # M3
        if not barred:
            _mark(connection, clusters, apart)
            return
        apart |= barred


def _barred_within(connection: duckdb.DuckDBPyConnection, entity: Entity, clusters: Clusters) -> set[tuple[int, int]]:
    if not entity.never:
        return set()
    _members(connection, clusters)
    connection.execute("""
        create or replace temp table _within as
        select l.n as l, r.n as r from _members l join _members r on l.first = r.first and l.n < r.n
    """)
    ask(connection, "_barred_within", entity.never, pairs="_within")
    found = connection.execute(
        "select distinct l, r from _barred_within anti join (from _decided where same) using (l, r)"
    ).fetchall()
    return {(left, right) for left, right in found}


def _members(connection: duckdb.DuckDBPyConnection, clusters: Clusters) -> None:
    members = sorted(clusters.first.items())
    batch = pa.table(
        {
            "n": pa.array([record for record, _ in members], pa.int64()),
            "first": pa.array([first for _, first in members], pa.int64()),
        }
    )
    connection.register("_batch", batch)
    connection.execute("create or replace temp table _members as select * from _batch")
    connection.unregister("_batch")


def _mark(connection: duckdb.DuckDBPyConnection, clusters: Clusters, apart: set[tuple[int, int]]) -> None:
    """Give the pairs the verdicts that follow from the clusters (M1, M2)."""
    _members(connection, clusters)
    first = clusters.first
    foes = sorted({tuple(sorted((first.get(left, left), first.get(right, right)))) for left, right in apart})
    batch = pa.table(
        {"one": pa.array([one for one, _ in foes], pa.int64()), "other": pa.array([two for _, two in foes], pa.int64())}
    )
    connection.register("_batch", batch)
    connection.execute("""
        create or replace temp table _verdicts as
        with placed as (
            select j.*, coalesce(a.first, l) as one, coalesce(b.first, r) as other
            from _judged j left join _members a on a.n = l left join _members b on b.n = r
        )
        select l, r, probability, weights,
            case when verdict = 'review' and p.one = p.other then 'others' else decided_by end as decided_by,
            case when verdict = 'same' and p.one <> p.other then 'apart'
                when verdict = 'review' and p.one = p.other then 'same'
                when verdict = 'review' and f.one is not null then 'apart'
                else verdict end as verdict
        from placed p left join _batch f on f.one = least(p.one, p.other) and f.other = greatest(p.one, p.other)
    """)
    connection.unregister("_batch")
