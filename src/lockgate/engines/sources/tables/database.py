"""How is a table of a database server read? Read-only, by a query on its side, through its ADBC driver.

B1  The address comes from the environment by the name of its variable. It is a secret: no message holds it.
B2  PostgreSQL tells all values as text itself, so that numbers of any length stay exact; moments are in UTC.
B3  The transaction is read-only where the database knows that.
"""

import importlib
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from typing import Any, Final

import adbc_driver_manager.dbapi as adbc
import adbc_driver_postgresql.dbapi as postgresql  # type: ignore[import-untyped]  # it has no types
import duckdb
import psycopg
import pyarrow as pa  # type: ignore[import-untyped]  # it has no types

from lockgate.engines.quoting import quoted
from lockgate.engines.quoting import table as quoted_table
from lockgate.engines.sources.asking import row_of
from lockgate.engines.sources.extract import Extract, Kind, Notation
from lockgate.engines.sources.headings import checked
from lockgate.engines.sources.raw import INCOMING, Progress, Raw
from lockgate.engines.sources.refusal import Refusal, Refused, refuse
from lockgate.engines.sources.tables.digest import digest_of
from lockgate.engines.sources.tables.native import NATIVE, columns_of, selected
from lockgate.engines.sources.tables.rows import filled
from lockgate.kernel.address import readable, unreadable
from lockgate.kernel.errors import UnreachableError, UsageError
from lockgate.kernel.secret import Secret, scrub

_TYPED: Final = (
    pa.types.is_integer,
    pa.types.is_floating,
    pa.types.is_decimal,
    pa.types.is_date,
    pa.types.is_timestamp,
    pa.types.is_boolean,
)


def read(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    extract: Extract,
    environment: Mapping[str, str],
    *,
    progress: Progress,
) -> Raw:
    """Make a table of a table or query of a database; return what came into it."""
    place = f"{extract.connection} {extract.table or 'query'}"
    source = quoted_table(extract.table) if extract.table else f"({(extract.query or '').rstrip().rstrip(';')})"
    with _connected(extract, environment) as database, database.cursor() as cursor:
        try:
            if extract.kind is Kind.POSTGRESQL:
                return _of_postgresql(connection, table, extract, cursor, source, place=place, progress=progress)
            return _of_another(connection, table, extract, cursor, source, place=place)
        except adbc.Error as error:
            raise refuse(
                place, "query", f"The database refuses: {_told(error)}", "Look at `table` and `query`."
            ) from None


@contextmanager
def _connected(extract: Extract, environment: Mapping[str, str]) -> Iterator[Any]:
    variable = extract.connection or ""
    address = Secret(environment.get(variable, ""))  # B1
    if not address.reveal():
        what = f"There is no address for {extract.place}."
        raise UsageError(what, why=f"{variable} is not set.", do=f"Set {variable} to the address of the database.")
    try:
        database = _connect(extract, address, variable)
    except (adbc.Error, OSError) as error:
        why = _told(error)
        raise UnreachableError(
            f"The database of {variable} is out of reach.", why=why, do="See to it, and try again."
        ) from None
    with closing(database):
        yield database


def _connect(extract: Extract, address: Secret, variable: str) -> Any:
    uri = readable(address, variable)  # B1
    if extract.kind is Kind.POSTGRESQL or extract.driver == postgresql.__package__:
        try:
            psycopg.conninfo.conninfo_to_dict(uri)
        except psycopg.ProgrammingError:
            raise unreadable(variable) from None
    if extract.kind is Kind.POSTGRESQL:
        return postgresql.connect(uri)
    driver = extract.driver or ""
    try:
        path = importlib.import_module(driver)._driver_path()  # noqa: SLF001 - how the drivers themselves do it
    except (ImportError, AttributeError):
        what = f"The driver {driver} is not here."
        do = f"Install it: pip install {driver.replace('_', '-')}"
        raise UsageError(what, why="Each database has its own.", do=do) from None
    return adbc.connect(driver=path, db_kwargs={"uri": uri})


def _of_postgresql(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    extract: Extract,
    cursor: Any,
    source: str,
    *,
    place: str,
    progress: Progress,
) -> Raw:
    """Read what PostgreSQL tells as text (B2)."""
    cursor.execute("SET TRANSACTION READ ONLY")  # B3
    cursor.execute("SET LOCAL datestyle = 'ISO, YMD'")
    cursor.execute("SET LOCAL extra_float_digits = 1")
    cursor.execute(f"SELECT * FROM {source} AS source LIMIT 0")  # noqa: S608 - the declared query, read-only
    schema = cursor.fetch_arrow_table().schema
    names = checked(schema.names, extract, place=place)
    binary = [one.name for one in schema if pa.types.is_binary(one.type) or pa.types.is_large_binary(one.type)]
    if binary:
        raise Refused(
            *(
                Refusal(place, "binary", f"The column {name!r} is binary.", "Leave it out by a `query`.")
                for name in binary
            )
        )
    values = ", ".join(f"{_text_of(one)} AS {quoted(one.name)}" for one in schema)
    cursor.execute(f"SELECT {values} FROM {source} AS source")  # noqa: S608 - the declared query, read-only
    rows = filled(connection, table, names, cursor.fetch_record_batch(), place=place, progress=progress)
    return Raw(names, rows, digest_of(connection, table, names), _native(schema))


def _text_of(column: pa.Field) -> str:
    name = quoted(column.name)
    if pa.types.is_timestamp(column.type) and column.type.tz:
        name = f"({name} AT TIME ZONE 'UTC')"
    return f"{name}::text"


def _native(schema: pa.Schema) -> dict[str, Notation]:
    return {
        one.name: NATIVE
        for one in schema
        if any(is_so(one.type) for is_so in _TYPED) or "type_name=numeric" in str(one.type)
    }


def _of_another(
    connection: duckdb.DuckDBPyConnection, table: str, extract: Extract, cursor: Any, source: str, *, place: str
) -> Raw:
    cursor.execute(f"SELECT * FROM {source} source")  # noqa: S608 - the declared query
    connection.register(INCOMING, cursor.fetch_record_batch())
    columns = columns_of(connection, quoted(INCOMING))
    names = checked([one.name for one in columns], extract, place=place)
    connection.execute(f"CREATE TABLE {table} AS {selected(columns, quoted(INCOMING), place=place)}")
    (rows,) = row_of(connection, f"SELECT count(*) FROM {table}")  # noqa: S608 - names are quoted
    return Raw(names, rows, digest_of(connection, table, names), {one.name: NATIVE for one in columns if one.native})


def _told(error: Exception) -> str:
    """Return the first line of what a driver says, without what it knows of the address."""
    return scrub(next((line for line in str(error).splitlines() if line.strip()), type(error).__name__))
