"""How are two tables compared on Spark? In buckets: rows with the same key meet in one, and each is compared by itself.

S1  Which bucket a row is in follows from its key, in the type that both sides have in common. So what belongs together,
    and what is doubled, is never parted, and the counts of the buckets add up to those of the whole.
S2  A bucket is compared by `comparing.compare` itself, on tables of the same types: what counts as a difference is said
    in one place.
S3  Values travel as texts, which DuckDB reads back as they were: what Spark thinks of a type changes nothing.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

import duckdb
import pyarrow as pa  # type: ignore[import-untyped]  # it ships no types

from lockgate.engines import comparing
from lockgate.engines.comparing import Compared, Field
from lockgate.engines.comparing.comparison import SPARES, sides
from lockgate.engines.comparing.pairing import Two
from lockgate.engines.comparing.side import Side
from lockgate.engines.comparing.writing import COLUMNS, begin
from lockgate.engines.quoting import quoted, table
from lockgate.engines.spark.exchange import at_hand, fetch, put, send
from lockgate.engines.spark.session import Spark

ROWS: Final = 250_000
"""So many rows of both sides a bucket has, about."""
_FOUND: Final = "_lockgate_found"
_TOLD: Final = (*COLUMNS, "counts")
_NOTHING: Final = Compared(0, 0, 0, 0, 0, 0, {}, 0, 0)


@dataclass(frozen=True)
class _Plan:
    """What is compared in each bucket, as plain data."""

    key: tuple[str, ...]
    fields: tuple[Field, ...]
    left: tuple[str, ...]
    """The types of the left, key first."""
    right: tuple[str, ...]
    domain: str


def compare(
    connection: duckdb.DuckDBPyConnection,
    left: str,
    right: str,
    key: Sequence[str],
    fields: Sequence[Field],
    *,
    spark: Spark,
    into: str = "differences",
    domain: str = "",
) -> Compared:
    """Compare the tables, write each difference to `into` and return the counts, as `comparing.compare` does."""
    both = sides(connection, left, right, key, fields)
    plan = _Plan(tuple(key), tuple(fields), _types(both.left), _types(both.right), domain)
    buckets = max(spark.cores, (both.left.rows(connection) + both.right.rows(connection)) // ROWS + 1)
    with spark.step() as folder:
        grouped = []
        for name, side in (("left", both.left), ("right", both.right)):
            send(connection, _rows(both, side, buckets), folder / name)
            grouped.append(spark.read(folder / name).groupBy("bucket"))
        schema = ", ".join(f"`{name}` string" for name in _TOLD)
        spark.kept(grouped[0].cogroup(grouped[1]).applyInArrow(_compared(plan), schema), folder / "found")
        fetch(connection, folder / "found", _FOUND)
    begin(connection, into, domain)
    listed = ", ".join(map(quoted, COLUMNS))
    connection.execute(f"INSERT INTO {table(into)} ({listed}) SELECT {listed} FROM {_FOUND} WHERE counts IS NULL")
    told = connection.execute(f"SELECT counts FROM {_FOUND} WHERE counts IS NOT NULL").fetchall()
    for spare in (_FOUND, *SPARES):
        connection.execute(f"DROP TABLE IF EXISTS {spare}")
    return _added([json.loads(counts) for (counts,) in told], fields)


def _types(side: Side) -> tuple[str, ...]:
    return (*side.key_types, *side.field_types)


def _rows(both: Two, side: Side, buckets: int) -> str:
    """Return the query for the rows of a side: the bucket, the key and the fields (S1, S3)."""
    values = [f"CAST(t.{column} AS VARCHAR) AS c{number}" for number, column in enumerate((*side.key, *side.fields))]
    bucket = f"CAST(hash({', '.join(both.key_of(side, 't'))}) % {buckets} AS INTEGER) AS bucket"
    return f"SELECT {', '.join([bucket, *values])} FROM {side.relation} t"


def _compared(plan: _Plan) -> Callable[[pa.Table, pa.Table], pa.Table]:
    """Return what Spark does with both sides of a bucket (S2)."""
    names = (*plan.key, *(field.name for field in plan.fields))

    def compared(left: pa.Table, right: pa.Table) -> pa.Table:
        with at_hand() as connection:
            for name, rows, types in (("l", left, plan.left), ("r", right, plan.right)):
                columns = (
                    f"CAST(c{number} AS {kind}) AS {quoted(column)}"
                    for number, (column, kind) in enumerate(zip(names, types, strict=True))
                )
                put(connection, rows, name, ", ".join(columns))
            counts = comparing.compare(connection, "l", "r", plan.key, plan.fields, domain=plan.domain)
            told = json.dumps(asdict(counts))
            query = f"SELECT *, NULL::VARCHAR FROM differences UNION ALL SELECT {'NULL, ' * len(COLUMNS)} $told"
            found: pa.Table = connection.sql(query, params={"told": told}).to_arrow_table()
            return found.rename_columns(_TOLD)

    return compared


def _added(parts: Sequence[Mapping[str, Any]], fields: Sequence[Field]) -> Compared:
    """Return the counts of all buckets together."""
    whole = {name: sum(part[name] for part in parts) for name in asdict(_NOTHING) if name != "fields"}
    each = {field.name: sum(part["fields"][field.name] for part in parts) for field in fields}
    return Compared(**whole, fields=each)
