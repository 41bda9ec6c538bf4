"""How do the values of a column spread? Counted in intervals of one width, from the least to the most.

H1  Numbers and days only. Outliers would squeeze all else into one interval: beyond the fences (three times the
    distance between the quartiles), values count in the first or the last.
H2  A column of one value has one interval.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import duckdb

from lockgate.engines.profiling.columns import is_number
from lockgate.engines.profiling.found import ColumnProfile
from lockgate.engines.quoting import quoted, table

_BINS = 12
_DAYS = ("DATE", "TIMESTAMP")


@dataclass(frozen=True)
class Bin:
    """An interval, and how many rows are in it; the last one includes its upper end."""

    least: str
    most: str
    rows: int


def spread(
    connection: duckdb.DuckDBPyConnection, name: str, columns: Sequence[ColumnProfile], bins: int = _BINS
) -> dict[str, tuple[Bin, ...]]:
    """Return the intervals of each column of numbers or days that holds something."""
    found = {}
    for column in columns:
        if column.filled and (is_number(column.declared) or column.declared.startswith(_DAYS)):
            counted = _counted(connection, name, column, bins)
            if counted:
                found[column.name] = counted
    return found


def _counted(connection: duckdb.DuckDBPyConnection, name: str, column: ColumnProfile, bins: int) -> tuple[Bin, ...]:
    own, of = quoted(column.name), table(name)
    days = not is_number(column.declared)
    value = f"epoch({own}::TIMESTAMP)" if days else f"{own}::DOUBLE"
    finite = f"{own} IS NOT NULL AND isfinite({value})"
    first, third, least, most = connection.execute(
        f"SELECT quantile_cont(v, 0.25), quantile_cont(v, 0.75), min(v), max(v) FROM (SELECT {value} AS v FROM {of}"
        f" WHERE {finite})"
    ).fetchall()[0]
    if least is None:
        return ()
    reach = 3 * (third - first)
    low, high = (max(least, first - reach), min(most, third + reach)) if reach else (least, most)  # H1
    if low == high:
        return (Bin(_said(low, days=days), _said(high, days=days), column.filled),)  # H2
    step = (high - low) / bins
    at = f"greatest(0, least({bins - 1}, floor(({value} - {low!r}) / {step!r})::BIGINT))"
    counts = dict(connection.execute(f"SELECT {at}, count(*) FROM {of} WHERE {finite} GROUP BY 1").fetchall())
    edges = [low + number * step for number in range(bins)] + [high]
    return tuple(
        Bin(_said(edges[number], days=days), _said(edges[number + 1], days=days), counts.get(number, 0))
        for number in range(bins)
    )


def _said(value: float, *, days: bool) -> str:
    if days:
        return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=value)).date().isoformat()
    return f"{value:.6g}" if abs(value) < 1 else f"{value:.2f}".rstrip("0").rstrip(".")
