"""What is in a table that nobody knows yet? Each column, the keys, what hangs together, and what does not."""

from collections.abc import Sequence

import duckdb

from lockgate.engines.profiling.columns import SAMPLE, profile_columns
from lockgate.engines.profiling.found import Reference, TableProfile
from lockgate.engines.profiling.relations import dependencies, keys, orphans
from lockgate.engines.quoting import table
from lockgate.kernel.errors import UsageError

_OWN = "_row"
"""The line of a row in its source is ours: no column of the table."""


def profile(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    *,
    sample_values: int = 20_000,
    references: Sequence[Reference] = (),
) -> TableProfile:
    """Return what is in the table; columns with more different values than the sample are looked at by a sample."""
    try:
        described = connection.execute(f"DESCRIBE {table(name)}").fetchall()
    except duckdb.CatalogException as problem:
        raise UsageError(f"There is no table {name}.", do="Stage it first, or correct its name.") from problem
    types = [(row[0], row[1]) for row in described if row[0] != _OWN]
    rows = connection.execute(f"SELECT count(*) FROM {table(name)}").fetchall()[0][0]
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {SAMPLE} AS SELECT * EXCLUDE (_lockgate_number) FROM"
        f" (SELECT *, row_number() OVER () AS _lockgate_number FROM {table(name)})"
        f" WHERE hash(_lockgate_number) % {max(1, rows // sample_values)} = 0"
    )
    columns = profile_columns(connection, name, types, sample_values) if types else ()
    answer = TableProfile(
        table=name,
        rows=rows,
        columns=columns,
        keys=keys(connection, name, columns),
        dependencies=dependencies(connection, name, columns),
        orphans=tuple(orphans(connection, name, reference) for reference in references),
    )
    for spare in (SAMPLE, "temp._lockgate_values"):
        connection.execute(f"DROP TABLE IF EXISTS {spare}")
    return answer
