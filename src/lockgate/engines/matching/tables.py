"""Where is it kept who is the same as whom? In the tables `pairs` and `clusters`, by entity; all of it or nothing."""

from dataclasses import dataclass

import duckdb

from lockgate.engines.matching.entity import Entity
from lockgate.engines.transaction import together

_PAIRS = """
    create table if not exists pairs (
        entity varchar, "left" varchar, "right" varchar, probability double, decided_by varchar, weights varchar,
        verdict varchar
    )
"""
_CLUSTERS = """
    create table if not exists clusters (entity varchar, cluster varchar, dataset varchar, key varchar, record varchar)
"""


@dataclass(frozen=True)
class Counts:
    """How much of what was kept."""

    pairs: int
    sure: int
    to_review: int
    clusters: int
    apart: int


def keep(connection: duckdb.DuckDBPyConnection, entity: Entity) -> Counts:
    """Replace the entity's lines in `pairs` and `clusters` by what `_verdicts` and `_members` say; return how many."""
    with together(connection):
        connection.execute(_PAIRS)
        connection.execute(_CLUSTERS)
        for name in ("pairs", "clusters"):
            connection.execute(f"delete from {name} where entity = ?", [entity.key])  # noqa: S608  # two names of ours
        connection.execute(
            """
            insert into pairs
            select ?, a.record, b.record, probability, decided_by, weights, verdict
            from _verdicts join _originals a on a.n = l join _originals b on b.n = r
            order by probability desc nulls first, l, r
            """,
            [entity.key],
        )
        connection.execute(
            """
            insert into clusters
            select ?, f.record, o.dataset, o.key, o.record
            from _originals o left join _members m on m.n = o.n join _originals f on f.n = coalesce(m.first, o.n)
            order by o.n
            """,
            [entity.key],
        )
    counted = connection.execute(
        """
        select count(*), count(*) filter (where verdict = 'same'),
            count(*) filter (where verdict = 'review'),
            (select count(distinct cluster) from clusters where entity = ?), count(*) filter (where verdict = 'apart')
        from _verdicts
        """,
        [entity.key],
    ).fetchall()[0]
    return Counts(*counted)
