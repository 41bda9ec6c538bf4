"""What is compared? One side of a comparison: a table, with its key and fields found and their types known."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

import duckdb

from lockgate.engines.quoting import quoted, table
from lockgate.kernel.errors import UsageError


@dataclass(frozen=True)
class Side:
    """A table, as SQL, and the columns of it that matter, as SQL, each with its type."""

    name: str
    relation: str
    key: tuple[str, ...]
    fields: tuple[str, ...]
    key_types: tuple[str, ...]
    field_types: tuple[str, ...]

    def rows(self, connection: duckdb.DuckDBPyConnection) -> int:
        """Return how many rows it has."""
        return count(connection, f"SELECT count(*) FROM {self.relation}")


def side(
    connection: duckdb.DuckDBPyConnection, name: str, *, key: Sequence[str], fields: Sequence[str], spare: str
) -> Side:
    """Return the side that the table is; a view is copied to the temporary table `spare` first."""
    types = column_types(connection, name)
    for column in (*key, *fields):
        require(column, types, of=name)
    found = Side(
        name,
        table(name),
        tuple(quoted(column) for column in key),
        tuple(quoted(column) for column in fields),
        tuple(types[column] for column in key),
        tuple(types[column] for column in fields),
    )
    return found if _numbered(connection, found, types) else _copied(connection, found, spare)


def column_types(connection: duckdb.DuckDBPyConnection, name: str) -> dict[str, str]:
    """Return the columns of a table with their types."""
    try:
        return {row[0]: row[1] for row in connection.execute(f"DESCRIBE {table(name)}").fetchall()}
    except duckdb.CatalogException as problem:
        raise UsageError(f"There is no table {name}.", do="Stage or load it first, or correct its name.") from problem


def require(column: str, types: Mapping[str, str], *, of: str) -> None:
    """Refuse a column that the table does not have."""
    if column not in types:
        near = get_close_matches(column, types, n=1)
        hint = f"Did you mean {near[0]}?" if near else f"It has {', '.join(types)}."
        raise UsageError(f"{of} has no column {column}.", do=hint)


def common_type(connection: duckdb.DuckDBPyConnection, left: str, right: str) -> str:
    """Return the type that holds values of both types: DuckDB's own choice, text when it has none."""
    if left == right or "VARCHAR" in {left, right}:
        return left if left == right else "VARCHAR"
    both = f"coalesce(CAST(NULL AS {left}), CAST(NULL AS {right}))"
    try:
        return str(connection.execute(f"SELECT typeof({both})").fetchall()[0][0])
    except duckdb.BinderException:
        return "VARCHAR"


def count(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    """Return the one number that a query gives."""
    return int(connection.execute(query).fetchall()[0][0] or 0)


def _numbered(connection: duckdb.DuckDBPyConnection, found: Side, types: Mapping[str, str]) -> bool:
    """Return whether DuckDB numbers the rows of the table itself, which it does not for views."""
    if any(column.lower() == "rowid" for column in types):
        return False
    try:
        connection.execute(f"SELECT rowid FROM {found.relation} LIMIT 0")
    except duckdb.BinderException:
        return False
    return True


def _copied(connection: duckdb.DuckDBPyConnection, found: Side, spare: str) -> Side:
    keys = tuple(quoted(f"k{number}") for number in range(len(found.key)))
    fields = tuple(quoted(f"f{number}") for number in range(len(found.fields)))
    columns = zip((*found.key, *found.fields), (*keys, *fields), strict=True)
    listed = ", ".join(f"{old} AS {new}" for old, new in columns)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {quoted(spare)} AS SELECT {listed} FROM {found.relation}")
    return replace(found, relation=f"temp.{quoted(spare)}", key=keys, fields=fields)
