"""Do the sums agree? Control totals of a table by any grouping, and figures that have to be the same.

T1  Sums are exact: binary floats are added as decimals of nine places, so that the order of rows changes nothing.
T2  A group that only one side has differs by all that it holds; rows are counted along with every sum.
T3  Groups are never added up across what they are grouped by: an amount in one currency says nothing of another.
T4  Figures tie when the largest and the smallest are apart by no more than the tolerance. A figure that is not known,
    or one alone, ties with nothing: that is no answer, neither yes nor no.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import duckdb

from lockgate.engines.comparing.fields import NUMBERS
from lockgate.engines.comparing.side import column_types, require
from lockgate.engines.quoting import quoted, table
from lockgate.kernel.errors import UsageError

ROWS = "rows"
"""What the count of the rows of a group is called, beside its sums."""
_FLOATS = ("FLOAT", "DOUBLE")


@dataclass(frozen=True)
class Total:
    """One group: what it is grouped by, its rows, and its sums in the order asked for."""

    group: tuple[str | None, ...]
    rows: int
    sums: tuple[Decimal, ...]


@dataclass(frozen=True)
class TotalDifference:
    """One sum (or the count of rows) of a group that is not the same on both sides."""

    group: tuple[str | None, ...]
    what: str
    left: Decimal | None
    """None when the side does not have the group."""
    right: Decimal | None

    @property
    def difference(self) -> Decimal:
        """How far the right is above the left."""
        return (self.right or Decimal(0)) - (self.left or Decimal(0))


@dataclass(frozen=True)
class Tie:
    """Figures that ought to be the same, by name."""

    figures: Mapping[str, Decimal | None]
    tolerance: Decimal

    @property
    def difference(self) -> Decimal | None:
        """How far the largest is above the smallest, None when that can't be told (T4)."""
        known = [figure for figure in self.figures.values() if figure is not None]
        return max(known) - min(known) if len(known) == len(self.figures) > 1 else None

    @property
    def holds(self) -> bool | None:
        """Whether they tie; None when that can't be told."""
        return None if self.difference is None else self.difference <= self.tolerance


def tie(figures: Mapping[str, Decimal | None], *, tolerance: Decimal = Decimal(0)) -> Tie:
    """Return whether two or more figures are the same, within the tolerance."""
    return Tie(dict(figures), tolerance)


def totals(
    connection: duckdb.DuckDBPyConnection, name: str, by: Sequence[str], sums: Sequence[str]
) -> tuple[Total, ...]:
    """Return the control totals of a table, in the order of their groups."""
    found = connection.execute(f"{_totals(connection, name, by, sums)} ORDER BY ALL").fetchall()
    width = len(by)
    return tuple(
        Total(tuple(row[:width]), row[width], tuple(Decimal(number) for number in row[width + 1 :])) for row in found
    )


def compare_totals(
    connection: duckdb.DuckDBPyConnection,
    left: str,
    right: str,
    by: Sequence[str],
    sums: Sequence[str],
    *,
    tolerance: Decimal = Decimal(0),
) -> tuple[TotalDifference, ...]:
    """Return where the control totals of two tables are apart by more than the tolerance; rows by none at all."""
    both = [_totals(connection, name, by, sums) for name in (left, right)]
    on = " AND ".join(f"l.g{number} IS NOT DISTINCT FROM r.g{number}" for number in range(len(by))) or "true"
    groups = [f"CASE WHEN l.{ROWS} IS NULL THEN r.g{n} ELSE l.g{n} END" for n in range(len(by))]
    values = [f"l.{ROWS}", f"r.{ROWS}", *(f"{side}.s{n}" for n in range(len(sums)) for side in "lr")]
    found = connection.execute(
        f"SELECT {', '.join([*groups, *values])} FROM ({both[0]}) l FULL JOIN ({both[1]}) r ON {on} ORDER BY ALL"
    ).fetchall()
    pairs = (
        TotalDifference(tuple(row[: len(by)]), what, _decimal(row[place]), _decimal(row[place + 1]))
        for row in found
        for what, place in zip((ROWS, *sums), range(len(by), len(row), 2), strict=True)
    )
    return tuple(pair for pair in pairs if _apart(pair, Decimal(0) if pair.what == ROWS else tolerance))


def _apart(pair: TotalDifference, tolerance: Decimal) -> bool:
    return pair.left is None or pair.right is None or abs(pair.difference) > tolerance  # T2


def _decimal(number: int | Decimal | None) -> Decimal | None:
    return None if number is None else Decimal(number)


def _totals(connection: duckdb.DuckDBPyConnection, name: str, by: Sequence[str], sums: Sequence[str]) -> str:
    types = column_types(connection, name)
    for column in (*by, *sums):
        require(column, types, of=name)
    for column in sums:
        if not types[column].startswith(NUMBERS):
            raise UsageError(
                f"{column} of {name} can't be added up.",
                why=f"It is held as {types[column]}.",
                do="Declare it as a number where it is read.",
            )
    groups = [f"CAST({quoted(column)} AS VARCHAR) AS g{number}" for number, column in enumerate(by)]
    added = [f"coalesce(sum({_exact(quoted(column), types[column])}), 0) AS s{n}" for n, column in enumerate(sums)]
    grouped = f" GROUP BY {', '.join(quoted(column) for column in by)}" if by else ""
    return f"SELECT {', '.join([*groups, f'count(*) AS {ROWS}', *added])} FROM {table(name)}{grouped}"


def _exact(column: str, kind: str) -> str:
    return f"CAST({column} AS DECIMAL(38,9))" if kind.startswith(_FLOATS) else column  # T1
