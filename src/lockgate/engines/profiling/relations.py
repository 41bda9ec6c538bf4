"""How do columns hang together? Which tell all rows apart, which tell each other, and which references lead nowhere.

R1  A key has no empty value and no value twice. That is counted on all rows, never estimated.
R2  Pairs are tried only where no column is a key alone; first on the sample, and what survives on all rows.
R3  A column tells another when each of its values stands with one value of the other, but for one value in a hundred.
    Its values have to stand on three rows or more on average, or that would be no news.
"""

from collections.abc import Sequence
from itertools import combinations

import duckdb

from lockgate.engines.profiling.columns import SAMPLE
from lockgate.engines.profiling.found import ColumnProfile, Dependency, Orphans, Reference
from lockgate.engines.quoting import quoted, table

_PAIRS, _TELLING, _TRIED = 20, 12, 20
"""How many pairs, telling columns and dependencies are tried on all rows."""


def keys(
    connection: duckdb.DuckDBPyConnection, name: str, columns: Sequence[ColumnProfile]
) -> tuple[tuple[str, ...], ...]:
    """Return the columns that tell all rows apart: alone, else in pairs."""
    full = [column for column in columns if column.filled == column.rows > 0]
    alone = tuple((one.name,) for one in full if one.distinct_exact and one.distinct == one.rows)  # R1
    if alone or not full:
        return alone
    pairs = [(one, other) for one, other in combinations(full, 2) if one.distinct * other.distinct >= one.rows]
    ranked = sorted(pairs, key=lambda pair: pair[0].distinct * pair[1].distinct)  # the leanest tell most
    survived = [pair for pair in ranked if _apart(connection, SAMPLE, pair)][:_PAIRS]
    return tuple(
        (one.name, other.name) for one, other in survived if _apart(connection, table(name), (one, other))
    )  # R2


def _apart(connection: duckdb.DuckDBPyConnection, relation: str, pair: Sequence[ColumnProfile]) -> bool:
    columns = ", ".join(quoted(one.name) for one in pair)
    twice = connection.execute(f"SELECT 1 FROM {relation} GROUP BY {columns} HAVING count(*) > 1 LIMIT 1").fetchall()
    return not twice


def dependencies(
    connection: duckdb.DuckDBPyConnection, name: str, columns: Sequence[ColumnProfile]
) -> tuple[Dependency, ...]:
    """Return which columns tell others (R3): looked for in the sample, counted on all rows."""
    telling = [one for one in columns if 1 < one.distinct <= one.filled / 3][:_TELLING]
    told = [one for one in columns if one.distinct > 1]
    tried: list[tuple[str, str]] = []
    for one in telling:
        others = [other for other in told if other.name != one.name and other.distinct <= one.distinct]
        found = _exceptions(connection, SAMPLE, one.name, [other.name for other in others])
        tried += [(one.name, other.name) for other, bad in zip(others, found[1:], strict=True) if bad * 100 <= found[0]]
    answer = []
    for first, second in tried[:_TRIED]:
        values, exceptions = _exceptions(connection, table(name), first, [second])
        if exceptions * 100 <= values:
            answer.append(Dependency(first, second, values, exceptions))
    return tuple(answer)


def _exceptions(connection: duckdb.DuckDBPyConnection, relation: str, one: str, others: Sequence[str]) -> list[int]:
    """Return how many values a column has, then for each other with how many of them several of its values stand."""
    own = [f"min({quoted(other)}) IS DISTINCT FROM max({quoted(other)}) AS b{n}" for n, other in enumerate(others)]
    counts = ["count(*)", *(f"count(*) FILTER (b{n})" for n in range(len(others)))]
    grouped = (
        f"SELECT {', '.join(['1 AS one', *own])} FROM {relation} WHERE {quoted(one)} IS NOT NULL GROUP BY {quoted(one)}"
    )
    return list(connection.execute(f"SELECT {', '.join(counts)} FROM ({grouped})").fetchall()[0])


def orphans(connection: duckdb.DuckDBPyConnection, name: str, reference: Reference) -> Orphans:
    """Return the rows whose reference leads nowhere; an empty one leads nowhere on purpose and does not count."""
    held, key = f"CAST(t.{quoted(reference.column)} AS VARCHAR)", f"CAST(o.{quoted(reference.key)} AS VARCHAR)"
    lost = (
        f"SELECT {held} AS v, count(*) AS n FROM {table(name)} t ANTI JOIN {table(reference.table)} o ON {held} = {key}"
        f" WHERE {held} IS NOT NULL GROUP BY v"
    )
    rows, values = connection.execute(f"SELECT coalesce(sum(n), 0)::BIGINT, count(*) FROM ({lost})").fetchall()[0]
    shown = connection.execute(f"SELECT v FROM ({lost}) ORDER BY n DESC, v LIMIT 5").fetchall()
    return Orphans(reference, rows, values, tuple(value for (value,) in shown))
