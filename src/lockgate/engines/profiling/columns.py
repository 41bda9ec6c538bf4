"""What is in each column? One scan for all of them, then a look at the different values of each.

C1  Columns with few different values are looked at whole. Of others a sample is looked at, the same in every run, and
    the profile says of how many values.
C2  Blanks and odd characters are counted on all rows, whatever is sampled.
C3  How many different values there are is exact up to the size of the sample, and where a column might be a key; else
    it is an estimate, and the profile says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from lockgate.engines.profiling.found import ColumnProfile, Counted, Odd, Outliers, Seen
from lockgate.engines.profiling.texts import COUNTED_ODD, ODD, PLACEHOLDER, SEEN, SHAPE
from lockgate.engines.quoting import quoted, table

NUMBERS = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT")
SAMPLE = "temp._lockgate_sample"
_VALUES = "temp._lockgate_values"
_SHOWN = 10
_MIGHT_BE_KEY = 0.9
"""An estimate is within a few per cent: what is as near as this to the number of rows is counted."""


@dataclass(frozen=True)
class _Scanned:
    """What one scan tells of a column."""

    name: str
    declared: str
    rows: int
    filled: int
    distinct: int
    minimum: str | None
    maximum: str | None
    shortest: int | None
    longest: int | None
    mean: float | None
    quartiles: tuple[float, float, float] | None

    @property
    def text(self) -> bool:
        return self.declared == "VARCHAR"


def is_number(declared: str) -> bool:
    """Return whether a type is one of numbers."""
    return declared.startswith((*NUMBERS, "UHUGEINT", "DECIMAL", "FLOAT", "DOUBLE"))


def profile_columns(
    connection: duckdb.DuckDBPyConnection, name: str, types: Sequence[tuple[str, str]], sample: int
) -> tuple[ColumnProfile, ...]:
    """Return the profile of every column; the sample of the rows is there already."""
    scanned = _scan(connection, name, types)
    outliers = _outliers(connection, name, scanned)
    return tuple(_profiled(connection, name, one, sample, outliers.get(one.name)) for one in scanned)


def _scan(connection: duckdb.DuckDBPyConnection, name: str, types: Sequence[tuple[str, str]]) -> list[_Scanned]:
    parts = ["count(*)"]
    for column, declared in types:
        own = quoted(column)
        lengths = f"min(length({own})), max(length({own}))" if declared == "VARCHAR" else "NULL, NULL"
        numbers = "NULL, NULL"
        if is_number(declared):
            finite = f"CASE WHEN isfinite({own}::DOUBLE) THEN {own}::DOUBLE END"
            numbers = f"avg({finite}), quantile_cont({finite}, [0.25, 0.5, 0.75])"
        span = f"min({own})::VARCHAR, max({own})::VARCHAR"
        parts.append(f"count({own}), approx_count_distinct({own}), {span}, {lengths}, {numbers}")
    rows, *found = connection.execute(f"SELECT {', '.join(parts)} FROM {table(name)}").fetchall()[0]
    answers = []
    for number, (column, declared) in enumerate(types):
        filled, distinct, least, most, shortest, longest, mean, quartiles = found[8 * number : 8 * number + 8]
        middle = tuple(quartiles) if quartiles else None
        one = _Scanned(column, declared, rows, filled, distinct, least, most, shortest, longest, mean, middle)
        answers.append(one)
    return answers


def _outliers(connection: duckdb.DuckDBPyConnection, name: str, scanned: Sequence[_Scanned]) -> dict[str, Outliers]:
    """Return the numbers beyond the fences of each column that has some, in one scan for all columns."""
    parts, fences = [], []
    for one in scanned:
        if one.quartiles is None or one.quartiles[2] <= one.quartiles[0]:
            continue
        first, _, third = one.quartiles
        below, above = first - 3 * (third - first), third + 3 * (third - first)
        own = quoted(one.name)
        where = f"(WHERE {own} < {below!r}::DOUBLE OR {own} > {above!r}::DOUBLE)"
        parts.append(f"count(*) FILTER {where}, min({own}) FILTER {where}, max({own}) FILTER {where}")
        fences.append((one.name, below, above))
    if not parts:
        return {}
    found = connection.execute(f"SELECT {', '.join(parts)} FROM {table(name)}").fetchall()[0]
    answer = {}
    for number, (column, below, above) in enumerate(fences):
        count, least, most = found[3 * number : 3 * number + 3]
        if count:
            answer[column] = Outliers(below, above, count, str(least), str(most))
    return answer


def _profiled(
    connection: duckdb.DuckDBPyConnection, name: str, one: _Scanned, sample: int, outliers: Outliers | None
) -> ColumnProfile:
    whole = one.distinct <= sample
    own = quoted(one.name)
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {_VALUES} AS SELECT {own}::VARCHAR AS v, count(*) AS n"
        f" FROM {table(name) if whole else SAMPLE} WHERE {own} IS NOT NULL GROUP BY {own}"
    )
    values, looked_at, seen = connection.execute(
        f"SELECT count(*), coalesce(sum(n), 0), {SEEN if one.text else 'NULL'} FROM {_VALUES}"
    ).fetchall()[0]
    might_be_key = one.distinct >= _MIGHT_BE_KEY * one.filled
    exact = whole or might_be_key
    counted = values if whole else _distinct(connection, name, own) if might_be_key else one.distinct
    frequent = _counted(connection, "v", "n", "true")
    return ColumnProfile(
        name=one.name,
        declared=one.declared,
        seen=seen if one.text or not values else _as_declared(one.declared),
        rows=one.rows,
        filled=one.filled,
        distinct=counted,
        distinct_exact=exact,
        minimum=one.minimum,
        maximum=one.maximum,
        mean=one.mean,
        quartiles=one.quartiles,
        shortest=one.shortest,
        longest=one.longest,
        looked_at=looked_at,
        shapes=_shapes(connection) if one.text else (),
        frequent=frequent,
        placeholders=_counted(connection, "v", "n", PLACEHOLDER),
        suspicious=_suspicious(frequent, values, looked_at),
        odd=_odd(connection, name, own, whole=whole) if one.text else Odd(),
        outliers=outliers,
    )


def _counted(connection: duckdb.DuckDBPyConnection, value: str, count: str, where: str) -> tuple[Counted, ...]:
    rows = connection.execute(
        f"SELECT {value}, {count} FROM {_VALUES} WHERE {where} ORDER BY {count} DESC, {value} LIMIT {_SHOWN}"
    ).fetchall()
    return tuple(Counted(shown, number) for shown, number in rows)


def _shapes(connection: duckdb.DuckDBPyConnection) -> tuple[Counted, ...]:
    rows = connection.execute(
        f"SELECT {SHAPE} AS shape, sum(n)::BIGINT AS rows, min(v) FROM {_VALUES} WHERE v <> ''"
        f" GROUP BY shape ORDER BY rows DESC, shape LIMIT {_SHOWN}"
    ).fetchall()
    return tuple(Counted(*row) for row in rows)


def _suspicious(frequent: Sequence[Counted], values: int, looked_at: int) -> Counted | None:
    """Return the most frequent value when it is far too frequent (V3)."""
    if values < 50 or frequent[0].count * 100 < looked_at or frequent[0].count * values < 20 * looked_at:  # noqa: PLR2004 - V3
        return None
    return frequent[0]


def _odd(connection: duckdb.DuckDBPyConnection, name: str, own: str, *, whole: bool) -> Odd:
    source = _VALUES if whole else f"(SELECT {own} AS v, 1 AS n FROM {table(name)})"  # C2
    found = connection.execute(f"SELECT {COUNTED_ODD} FROM {source} WHERE regexp_matches(v, ?)", [ODD]).fetchall()[0]
    return Odd(*(int(number) for number in found))


def _distinct(connection: duckdb.DuckDBPyConnection, name: str, own: str) -> int:
    return int(connection.execute(f"SELECT count(DISTINCT {own}) FROM {table(name)}").fetchall()[0][0])


def _as_declared(declared: str) -> Seen:
    if is_number(declared):
        return "decimal" if declared.startswith(("DECIMAL", "FLOAT", "DOUBLE")) else "integer"
    others: dict[str, Seen] = {"DATE": "date", "TIMESTAMP": "date", "BOOLEAN": "boolean"}
    return others.get(declared, "text")
