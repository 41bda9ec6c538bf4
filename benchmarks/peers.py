"""How do people use the other clients? Plainly, as their own documentation shows: connect, then create or read."""

import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any
from urllib.parse import urlsplit

import odooly
import odoorpc

from benchmarks.live import Database
from benchmarks.rows import COUNTRIES, Row, as_values

Values = list[dict[str, object]]


def create_with_odooly(
    model: str, columns: Row, rows: list[Row], at_once: int
) -> Callable[[Database], tuple[int, float]]:
    """Return a way that creates records with odooly, so many in one call."""

    def run(database: Database) -> tuple[int, float]:
        records = odooly_env(database)[model]
        values = as_values(columns, rows, countries_of(database))
        return len(rows), _timed(records.create, _packed(values, at_once))

    return run


def create_with_odoorpc(
    model: str, columns: Row, rows: list[Row], at_once: int
) -> Callable[[Database], tuple[int, float]]:
    """Return a way that creates records with odoorpc, so many in one call."""

    def run(database: Database) -> tuple[int, float]:
        records = odoorpc_session(database).env[model]
        values = as_values(columns, rows, countries_of(database))
        return len(rows), _timed(records.create, _packed(values, at_once))

    return run


def read_with_odooly(model: str, fields: Sequence[str]) -> Callable[[Database], tuple[int, float]]:
    """Return a way that reads all records with odooly."""

    def run(database: Database) -> tuple[int, float]:
        records = odooly_env(database)[model]
        begun = time.perf_counter()
        rows = records.search([]).read(list(fields))
        return len(rows), time.perf_counter() - begun

    return run


def read_with_odoorpc(model: str, fields: Sequence[str]) -> Callable[[Database], tuple[int, float]]:
    """Return a way that reads all records with odoorpc."""

    def run(database: Database) -> tuple[int, float]:
        records = odoorpc_session(database).env[model]
        begun = time.perf_counter()
        rows = records.search_read([], list(fields))
        return len(rows), time.perf_counter() - begun

    return run


def odooly_env(database: Database) -> Any:
    """Return odooly's environment on the database."""
    return odooly.Client(database.url, database.name, database.login, api_key=database.key.reveal()).env


def odoorpc_session(database: Database) -> odoorpc.ODOO:
    """Return odoorpc's session on the database."""
    address = urlsplit(database.url)
    session = odoorpc.ODOO(address.hostname, port=address.port, timeout=600)
    session.login(database.name, database.login, database.key.reveal())
    return session


def countries_of(database: Database) -> dict[str, int]:
    """Return the database ids of the countries that the rows name."""
    with database.client() as client:
        rows = client.search_read(
            "ir.model.data", domain=[["module", "=", "base"], ["name", "in", COUNTRIES]], fields=["name", "res_id"]
        )
    return {f"base.{row['name']}": row["res_id"] for row in rows}


def _packed(values: Values, at_once: int) -> Iterable[Any]:
    if at_once == 1:
        return values
    return [values[start : start + at_once] for start in range(0, len(values), at_once)]


def _timed(create: Callable[[Any], Any], packs: Iterable[Any]) -> float:
    begun = time.perf_counter()
    for pack in packs:
        create(pack)
    return time.perf_counter() - begun
