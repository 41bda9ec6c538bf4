"""How good is the matching, beside a truth? Pairs that are rightly, wrongly and not found the same."""

from dataclasses import dataclass

import duckdb

from lockgate.engines.matching.entity import Entity
from lockgate.engines.quoting import table


@dataclass(frozen=True)
class Score:
    """Counts of pairs: of two records in one cluster, and of two records of one entity in truth."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """Return the share of the pairs found that are right; 1 when none was found."""
        found = self.right + self.wrong
        return self.right / found if found else 1.0

    @property
    def recall(self) -> float:
        """Return the share of the pairs there are that were found; 1 when there are none."""
        there = self.right + self.missed
        return self.right / there if there else 1.0

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def score_against(connection: duckdb.DuckDBPyConnection, entity: Entity, truth: str) -> Score:
    """Return how the entity's clusters compare to the table `truth` of (dataset, key, entity); others don't count."""
    found, there, right = connection.execute(
        f"""
        with told as (
            select c.cluster, t.entity as truth
            from clusters c join {table(truth)} t on t.dataset = c.dataset and t.key = c.key where c.entity = ?
        ),
        pairs_of as (select count(*) * (count(*) - 1) // 2 as pairs from told group by cluster),
        pairs_in_truth as (select count(*) * (count(*) - 1) // 2 as pairs from told group by truth),
        pairs_right as (select count(*) * (count(*) - 1) // 2 as pairs from told group by cluster, truth)
        select coalesce((select sum(pairs) from pairs_of), 0)::bigint,
            coalesce((select sum(pairs) from pairs_in_truth), 0)::bigint,
            coalesce((select sum(pairs) from pairs_right), 0)::bigint
        """,  # noqa: S608  # the name is quoted
        [entity.key],
    ).fetchall()[0]
    return Score(right=right, wrong=found - right, missed=there - right)
