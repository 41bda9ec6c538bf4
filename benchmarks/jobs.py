"""Which jobs are measured? Loading customers, loading products and reading many records."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from benchmarks import peers
from benchmarks.experiment import Experiment, Way
from benchmarks.in_process import load_in_process, read_in_process
from benchmarks.live import Database, drop, fresh
from benchmarks.rows import CUSTOMER_COLUMNS, PRODUCT_COLUMNS, Row, customers, products
from lockgate.kernel.secret import Secret
from lockgate.lab.debian_lab import DebianLab
from lockgate.odoo.catalogue import Catalogue
from lockgate.odoo.client import Client
from lockgate.odoo.database import database_of, stream_past
from lockgate.odoo.loading import load
from lockgate.odoo.reading import stream

READ_FIELDS = ("name", "ref", "street", "city", "zip", "country_id", "email", "phone", "is_company", "create_date")
PAGE = 5_000
SINGLES = 100
"""One record in one call is so slow that a sample has to do."""


def loading_customers(lab: DebianLab, scale: float) -> Experiment:
    """Return the job of loading 10,000 customers."""
    rows = customers(int(10_000 * scale))
    model, columns = "res.partner", CUSTOMER_COLUMNS
    ways = [
        Way("Lockgate, 2 workers", _load(model, columns, rows, workers=2), "external ids, read back"),
        Way("Lockgate, 1 worker", _load(model, columns, rows, workers=1), "external ids, read back"),
        Way("inside of Odoo, load by 500", load_in_process(model, columns, rows), "the server's own limit, 1 process"),
        Way("odooly, create by 500", peers.create_with_odooly(model, columns, rows, 500), "no external ids"),
        Way("odoorpc, create by 500", peers.create_with_odoorpc(model, columns, rows, 500), "no external ids"),
        Way("odooly, one by one", peers.create_with_odooly(model, columns, rows[:SINGLES], 1), f"{SINGLES} rows"),
        Way("odoorpc, one by one", peers.create_with_odoorpc(model, columns, rows[:SINGLES], 1), f"{SINGLES} rows"),
    ]
    return Experiment(f"Loading {len(rows):,} customers", ways, lambda: fresh(lab), drop)


def loading_products(lab: DebianLab, scale: float) -> Experiment:
    """Return the job of loading 5,000 products."""
    rows = products(int(5_000 * scale))
    columns = PRODUCT_COLUMNS
    part = rows[: len(rows) // 5]
    template, variant = "product.template", "product.product"
    ways = [
        Way("Lockgate, 2 workers", _load(variant, columns, rows, workers=2), "external ids, read back"),
        Way("Lockgate, 1 worker", _load(variant, columns, rows, workers=1), "external ids, read back"),
        Way(
            "inside of Odoo, load by 500", load_in_process(variant, columns, rows), "the server's own limit, 1 process"
        ),
        Way("odooly, create by 500", peers.create_with_odooly(template, columns, part, 500), f"{len(part):,} rows"),
        Way("odoorpc, create by 500", peers.create_with_odoorpc(template, columns, part, 500), f"{len(part):,} rows"),
        Way("odooly, one by one", peers.create_with_odooly(template, columns, rows[:SINGLES], 1), f"{SINGLES} rows"),
        Way("odoorpc, one by one", peers.create_with_odoorpc(template, columns, rows[:30], 1), "30 rows"),
    ]
    return Experiment(f"Loading {len(rows):,} products", ways, lambda: fresh(lab), drop)


def reading_customers(lab: DebianLab, scale: float) -> Experiment:
    """Return the job of reading 50,000 customers, all ways from the same database."""
    database = fresh(lab)
    _load("res.partner", CUSTOMER_COLUMNS, customers(int(50_000 * scale)), workers=2)(database)
    model = "res.partner"
    ways = [
        Way("Lockgate, 2 workers", _read(model, workers=2), "as Arrow columns"),
        Way("Lockgate, 1 worker", _read(model, workers=1), "as Arrow columns"),
        Way("Lockgate, 2 workers, external ids too", _read(model, workers=2, with_external_ids=True)),
        Way("Lockgate, from the database", _read_past(model), "as Arrow columns, by a user who may only read"),
        Way("rows by search_read, pages of 5,000 by id, 2 at once", _read_in_rows(model), "JSON-2, relations as ids"),
        Way("inside of Odoo, search_read", read_in_process(model, READ_FIELDS), "the server's own limit, 1 process"),
        Way("odooly, search and read", peers.read_with_odooly(model, READ_FIELDS)),
        Way("odoorpc, search_read", peers.read_with_odoorpc(model, READ_FIELDS)),
    ]
    return Experiment(
        f"Reading {int(50_000 * scale):,} customers", ways, lambda: database, lambda _: None, lambda: drop(database)
    )


JOBS: dict[str, Callable[[DebianLab, float], Experiment]] = {
    "customers": loading_customers,
    "products": loading_products,
    "reading": reading_customers,
}


def _load(model: str, columns: Row, rows: list[Row], *, workers: int) -> Callable[[Database], tuple[int, float]]:
    def run(database: Database) -> tuple[int, float]:
        with database.client() as client:
            begun = time.perf_counter()
            result = load(client, model, columns, rows, workers=workers)
            seconds = time.perf_counter() - begun
        if not result.complete:
            raise RuntimeError(f"{len(result.rejected)} rows were rejected: {result.rejected[:1]}")
        return result.rows, seconds

    return run


def _read_past(model: str) -> Callable[[Database], tuple[int, float]]:
    def run(database: Database) -> tuple[int, float]:
        address = Secret(database.reader())
        with database.client() as client:
            catalogue = Catalogue(client)
            begun = time.perf_counter()
            with database_of(client, address) as kept:
                found = stream_past(kept, model, READ_FIELDS, [["active", "=", True]], catalogue)
                rows = sum(batch.num_rows for batch in found or ())
            seconds = time.perf_counter() - begun
        return rows, seconds

    return run


def _read(model: str, *, workers: int, with_external_ids: bool = False) -> Callable[[Database], tuple[int, float]]:
    def run(database: Database) -> tuple[int, float]:
        with database.client() as client:
            begun = time.perf_counter()
            batches = stream(client, model, READ_FIELDS, workers=workers, with_external_ids=with_external_ids)
            return sum(batch.num_rows for batch in batches), time.perf_counter() - begun

    return run


def _read_in_rows(model: str) -> Callable[[Database], tuple[int, float]]:
    """Return the way that a careful script takes: pages by id, each half of the ids in a thread of its own."""

    def run(database: Database) -> tuple[int, float]:
        with database.client() as client, ThreadPoolExecutor(2) as pool:
            begun = time.perf_counter()
            [last] = client.search(model, [], order="id desc", limit=1)
            halves = ((0, last // 2), (last // 2, last))
            rows = sum(pool.map(lambda ids: _rows_between(client, model, *ids), halves))
            return rows, time.perf_counter() - begun

    return run


def _rows_between(client: Client, model: str, after: int, last: int) -> int:
    rows = 0
    while page := client.search_read(
        model, [["id", ">", after], ["id", "<=", last]], READ_FIELDS, order="id", limit=PAGE, load=""
    ):
        after = page[-1]["id"]
        rows += len(page)
    return rows
