"""How is a whole column judged and tidied? Each distinct value once, joined back; every change is kept.

C1  Libraries see distinct values (with their country), some 50,000 at a time; rows are joined in SQL.
C2  Nothing changes in silence: what a value was, what it became and by which rule goes to `changes`, in the same
    transaction as the change.
C3  A second run changes nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from lockgate.engines.quoting import quoted, table
from lockgate.engines.transaction import together
from lockgate.engines.values.distinct import joined, map_distinct, require
from lockgate.engines.values.kind import Kind
from lockgate.engines.values.kinds import KINDS

CHANGES = """
    create table if not exists changes (
        dataset varchar, "row" bigint, key varchar, "column" varchar, before varchar, after varchar, rule varchar
    )
"""


@dataclass(frozen=True)
class Normalised:
    """What became of a column."""

    rows: int
    """Rows whose value was written anew."""
    emptied: int
    """Those of them that held a blank word and hold nothing now."""


def check_column(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    column: str,
    kind: str | Kind,
    country_column: str | None = None,
    *,
    into: str = "column_faults",
    row: str = "_row",
) -> duckdb.DuckDBPyRelation:
    """Make the temporary table `into` of (row, value, why), one row for each value that is not of its kind."""
    judge = KINDS[kind] if isinstance(kind, str) else kind

    def why(values: Sequence[str], lands: Sequence[str]) -> list[tuple[str | None, str]]:
        return [(fault, "") for fault in judge.check(values, lands)]

    require(connection, name, (column, country_column, row))
    map_distinct(connection, name, column, country_column, why)
    connection.execute(f"""
        create or replace temp table {quoted(into)} as
        select data.{quoted(row)} as "row", mapped.value as value, mapped.result as why
        from {table(name)} data join _mapped mapped on {joined(column, country_column)}
        where mapped.result is not null
        order by all
    """)  # noqa: S608  # names are quoted, values are joined
    return connection.table(into)


def normalise_column(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    column: str,
    kind: str | Kind,
    country_column: str | None = None,
    *,
    dataset: str | None = None,
    key: str | None = None,
    row: str = "_row",
) -> Normalised:
    """Write each value of the column as its kind is written; keep what it was in `changes` (C2)."""
    tidy = KINDS[kind] if isinstance(kind, str) else kind

    def after(values: Sequence[str], lands: Sequence[str]) -> list[tuple[str | None, str]]:
        new = tidy.normalise(values, lands)
        return [(value, tidy.rule(old, value)) for old, value in zip(values, new, strict=True)]

    require(connection, name, (column, country_column, key, row))
    map_distinct(connection, name, column, country_column, after)
    connection.execute("delete from _mapped where result is not distinct from value")
    on, key_of = joined(column, country_column), f"data.{quoted(key)}::varchar" if key else "null"
    connection.execute(f"""
        create or replace temp table _changed as
        select data.{quoted(row)} as "row", {key_of} as key, mapped.value as before, mapped.result as after, mapped.rule
        from {table(name)} data join _mapped mapped on {on}
    """)  # noqa: S608  # names are quoted, values are joined
    with together(connection):
        connection.execute(CHANGES)
        connection.execute(
            'insert into changes select ?, "row", key, ?, before, after, rule from _changed order by "row"',
            [dataset or name.rpartition(".")[2], column],
        )
        connection.execute(
            f"update {table(name)} as data set {quoted(column)} = mapped.result from _mapped mapped where {on}"  # noqa: S608  # names are quoted
        )
    rows, emptied = connection.execute("select count(*), count(*) - count(after) from _changed").fetchall()[0]
    connection.execute("drop table _changed")
    return Normalised(rows, emptied)
