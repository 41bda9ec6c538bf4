"""How does a library see a column of millions? As distinct values in batches; what it said is joined back by SQL."""

import difflib
from collections.abc import Callable, Iterable, Iterator, Sequence

import duckdb
import pyarrow as pa  # type: ignore[import-untyped]  # it ships no types

from lockgate.engines.quoting import quoted, table
from lockgate.kernel.errors import UsageError

BATCH = 50_000

Said = Callable[[Sequence[str], Sequence[str]], list[tuple[str | None, str]]]
"""Takes values and their countries; returns for each what came of it and by which rule."""


def map_distinct(
    connection: duckdb.DuckDBPyConnection, name: str, column: str, country_column: str | None, said: Said
) -> None:
    """Make the temporary table `_mapped` of (value, country, result, rule), one row for each value and country."""
    country = f"coalesce({quoted(country_column)}::varchar, '')" if country_column else "''"
    connection.execute(f"""
        create or replace temp table _distinct as
        select row_number() over () as n, * from (
            select distinct {quoted(column)}::varchar as value, {country} as country
            from {table(name)} where {quoted(column)} is not null
        )
    """)  # noqa: S608  # names are quoted
    connection.execute(
        "create or replace temp table _mapped (value varchar, country varchar, result varchar, rule varchar)"
    )
    for values, lands in _batches(connection):
        results = said(values, lands)
        batch = pa.table(
            {
                "value": pa.array(values, pa.string()),
                "country": pa.array(lands, pa.string()),
                "result": pa.array([result for result, _ in results], pa.string()),
                "rule": pa.array([rule for _, rule in results], pa.string()),
            }
        )
        connection.register("_batch", batch)
        connection.execute("insert into _mapped select * from _batch")
        connection.unregister("_batch")
    connection.execute("drop table _distinct")


def _batches(connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[list[str], list[str]]]:
    (count,) = connection.execute("select count(*) from _distinct").fetchall()[0]
    for start in range(0, count, BATCH):
        batch = connection.execute(
            "select value, country from _distinct where n > ? and n <= ?", [start, start + BATCH]
        ).fetchall()
        yield [value for value, _ in batch], [country for _, country in batch]


def joined(column: str, country_column: str | None) -> str:
    """Return the condition that joins a table `data` to `_mapped mapped`."""
    on = f"data.{quoted(column)}::varchar = mapped.value"
    return f"{on} and coalesce(data.{quoted(country_column)}::varchar, '') = mapped.country" if country_column else on


def require(connection: duckdb.DuckDBPyConnection, name: str, columns: Iterable[str | None]) -> None:
    """Refuse a table or a column that is not there."""
    try:
        there = [column for column, *_ in connection.execute(f"describe {table(name)}").fetchall()]
    except duckdb.CatalogException:
        raise UsageError(
            f"there is no table {name}", why="it was named for its values to be judged", do="stage it first"
        ) from None
    for column in columns:
        if column is not None and column.casefold() not in {known.casefold() for known in there}:
            near = difflib.get_close_matches(column, there, n=1)
            raise UsageError(
                f"{name} has no column {column}",
                why=f"it has {', '.join(there)}",
                do=f"is {near[0]} meant?" if near else "name one of these",
            )
