"""Which rows belong together, and which of them are not alike? One full join of keys and digests.

P1  Rows belong together when every part of their keys is equal. A key with an empty part belongs to nothing.
P2  A key that stands on several rows of one side is doubled: its rows are never paired, on either side.
P3  Rows are alike when the 64-bit digests of what is compared are equal; only the others are looked at field by field.
    Two different rows have the same digest once in 18 million million million.
P4  A join of doubled keys yields more pairs than rows. So counting the pairs proves that no key is doubled, and only
    a wrong count makes the keys be searched.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from lockgate.engines.comparing.fields import Typed
from lockgate.engines.comparing.side import Side, common_type, count

APART = "temp._lockgate_apart"
"""The places of the rows that have no partner or are not like it."""
DOUBLED = "temp._lockgate_doubled"
"""The doubled keys, and how often each side has them."""


@dataclass(frozen=True)
class Two:
    """Both sides, and what the fields and the parts of the key have in common."""

    left: Side
    right: Side
    fields: tuple[Typed, ...]
    key: tuple[str, ...]
    """The types of the parts of the key."""

    def key_of(self, side: Side, row: str) -> tuple[str, ...]:
        """Return the SQL of each part of a row's key."""
        return tuple(f"CAST({row}.{part} AS {kind})" for part, kind in zip(side.key, self.key, strict=True))


@dataclass(frozen=True)
class Paired:
    """How many rows have a partner, and how many on each side have none."""

    both: int
    left_only: int
    right_only: int


def two(connection: duckdb.DuckDBPyConnection, left: Side, right: Side, fields: Sequence[Typed]) -> Two:
    """Return both sides with their keys brought to one type."""
    kinds = (common_type(connection, *types) for types in zip(left.key_types, right.key_types, strict=True))
    return Two(left, right, tuple(fields), tuple(kinds))


def pair(connection: duckdb.DuckDBPyConnection, both: Two) -> Paired:
    """Fill the tables of rows that are apart and of doubled keys, and return the counts."""
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {DOUBLED} AS {_doubled(both)} LIMIT 0")
    paired = _join(connection, both, doubled=False)
    if _all_single(connection, both, paired):
        return paired
    connection.execute(f"INSERT INTO {DOUBLED} {_doubled(both)}")
    return _join(connection, both, doubled=True)


def _join(connection: duckdb.DuckDBPyConnection, both: Two, *, doubled: bool) -> Paired:
    left, right = (_digests(both, side, doubled=doubled) for side in (both.left, both.right))
    on = " AND ".join(f"l.k{number} = r.k{number}" for number in range(len(both.key)))  # P1
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {APART} AS"
        " SELECT CASE WHEN apart THEN l_row END AS l_row, CASE WHEN apart THEN r_row END AS r_row, count(*) AS pairs"
        " FROM (SELECT l.place AS l_row, r.place AS r_row, l.digest IS DISTINCT FROM r.digest AS apart"
        f" FROM ({left}) l FULL JOIN ({right}) r ON {on}) GROUP BY 1, 2"
    )
    found = connection.execute(
        "SELECT coalesce(sum(pairs) FILTER ((l_row IS NULL) = (r_row IS NULL)), 0),"
        " count(*) FILTER (l_row IS NOT NULL AND r_row IS NULL), count(*) FILTER (l_row IS NULL AND r_row IS NOT NULL)"
        f" FROM {APART}"
    ).fetchall()[0]
    return Paired(*(int(number) for number in found))


def _digests(both: Two, side: Side, *, doubled: bool) -> str:
    keys = both.key_of(side, "t")
    listed = ", ".join(f"{part} AS k{number}" for number, part in enumerate(keys))
    own = zip(both.fields, side.fields, side.field_types, strict=True)
    normal = ", ".join(field.normal(f"t.{column}", kind) for field, column, kind in own)
    matches = " AND ".join(f"{part} = d.k{number}" for number, part in enumerate(keys))
    single = f" ANTI JOIN {DOUBLED} d ON {matches}" if doubled else ""  # P2
    return f"SELECT {listed}, t.rowid AS place, hash({normal or '0'}) AS digest FROM {side.relation} t{single}"


def _all_single(connection: duckdb.DuckDBPyConnection, both: Two, paired: Paired) -> bool:
    """Return whether no key is doubled on any side (P4)."""
    for side, row, other, alone in (
        (both.left, "l_row", "r_row", paired.left_only),
        (both.right, "r_row", "l_row", paired.right_only),
    ):
        if paired.both + alone != side.rows(connection):
            return False
        keys = both.key_of(side, "t")
        twice = (
            f"SELECT count(*) FROM (SELECT 1 FROM {APART} a JOIN {side.relation} t ON a.{row} = t.rowid"
            f" WHERE a.{other} IS NULL AND {_whole(keys)} GROUP BY {', '.join(keys)} HAVING count(*) > 1)"
        )
        if alone > 1 and count(connection, twice):
            return False
    return True


def _doubled(both: Two) -> str:
    sides = []
    for side, counts in ((both.left, "1 AS l, 0 AS r"), (both.right, "0 AS l, 1 AS r")):
        keys = both.key_of(side, "t")
        listed = ", ".join(f"{part} AS k{number}" for number, part in enumerate(keys))
        sides.append(f"SELECT {listed}, {counts} FROM {side.relation} t WHERE {_whole(keys)}")
    keys = tuple(f"k{number}" for number in range(len(both.key)))
    return (
        f"SELECT {', '.join(keys)}, sum(l) AS l, sum(r) AS r FROM ({' UNION ALL '.join(sides)})"
        f" GROUP BY {', '.join(keys)} HAVING sum(l) > 1 OR sum(r) > 1"
    )


def _whole(keys: Sequence[str]) -> str:
    return " AND ".join(f"{part} IS NOT NULL" for part in keys)
