"""Which jobs of a migration are measured? Whole programs beside others, loads again, bad rows, stock and orders.

What is measured beside another way has that way beside it in the same run, so that the ratio is of one hour.
"""

import time
from collections.abc import Callable, Sequence
from datetime import date

from benchmarks import peers, programs
from benchmarks.experiment import Experiment, Way
from benchmarks.live import Database, drop, fresh
from benchmarks.rows import CUSTOMER_COLUMNS, PRODUCT_COLUMNS, Row, customers, products
from lockgate.lab.debian_lab import DebianLab
from lockgate.odoo.client import Client
from lockgate.odoo.loading import QUIET, load
from lockgate.practices.migration.perform.sending.posting import post

CUSTOMERS, PRODUCTS = "res.partner", "product.product"
ORDER_LINES = 5
PLACES = 2
READ_FIELDS = ("name", "ref", "street", "city", "zip", "country_id", "email", "phone", "is_company")

Run = Callable[[Database], tuple[int, float]]


def customers_by_program(lab: DebianLab, scale: float) -> Experiment:
    """Return the job of loading 10,000 customers from a file, from the start of the program to its end."""
    rows = customers(int(10_000 * scale))
    given = {"model": CUSTOMERS, "columns": CUSTOMER_COLUMNS, "rows": rows}
    theirs = programs.import_export_client(CUSTOMERS, size=500)
    ways = [
        programs.loading("Lockgate", **given, words=programs.lockgate("load"), remark="journal, read back"),  # type: ignore[arg-type]
        programs.loading("odoo-import-export-client by 500", **given, words=theirs),  # type: ignore[arg-type]
    ]
    return Experiment(f"Loading {len(rows):,} customers from a file, 2 workers", ways, lambda: fresh(lab), drop)


def products_by_program(lab: DebianLab, scale: float) -> Experiment:
    """Return the job of loading 5,000 products from a file, from the start of the program to its end."""
    rows = products(int(5_000 * scale))
    given = {"columns": PRODUCT_COLUMNS, "rows": rows}
    template = "product.template"
    theirs = programs.import_export_client(template, size=250)
    ways = [
        programs.loading("Lockgate", PRODUCTS, **given, words=programs.lockgate("load"), remark="journal, read back"),  # type: ignore[arg-type]
        programs.loading("odoo-import-export-client by 250", template, **given, words=theirs),  # type: ignore[arg-type]
    ]
    return Experiment(f"Loading {len(rows):,} products from a file, 2 workers", ways, lambda: fresh(lab), drop)


def again(lab: DebianLab, scale: float, *, changed: int = 20) -> Experiment:
    """Return the job of loading customers that are there already, one in so many of them changed."""
    rows = customers(int(2_000 * scale))
    new = [(*row[:3], "1 New Street", *row[4:]) if changed and n % changed == 0 else row for n, row in enumerate(rows)]
    ways = [
        Way("Lockgate, changes only", _loaded(CUSTOMERS, CUSTOMER_COLUMNS, new, changes_only=True)),
        Way("load() again by 500", _plainly(CUSTOMERS, CUSTOMER_COLUMNS, new), "what importers do"),
    ]
    what = f"{1 / changed:.0%} changed" if changed else "nothing changed"
    return Experiment(f"Loading {len(rows):,} customers again, {what}", ways, lambda: _with(lab, rows), drop)


def unchanged(lab: DebianLab, scale: float) -> Experiment:
    """Return the job of loading customers that are there already as they are."""
    return again(lab, scale, changed=0)


def bad_rows(lab: DebianLab, scale: float) -> Experiment:
    """Return the job of loading customers of whom one in a hundred has no name or a country that is not there."""
    rows = customers(int(5_000 * scale))
    bad = {n: (1, "") if n % 200 == 0 else (6, "base.atlantis") for n in range(0, len(rows), 100)}
    spoilt = [(*row[: bad[n][0]], bad[n][1], *row[bad[n][0] + 1 :]) if n in bad else row for n, row in enumerate(rows)]
    ways = [
        Way("1 % bad", _loaded(CUSTOMERS, CUSTOMER_COLUMNS, spoilt, rejects=len(bad)), "all good rows are saved"),
        Way("clean", _loaded(CUSTOMERS, CUSTOMER_COLUMNS, rows)),
    ]
    return Experiment(f"Loading {len(rows):,} customers, 2 workers", ways, lambda: fresh(lab), drop)


def stock(lab: DebianLab, scale: float) -> Experiment:
    """Return the job of counting 1,000 quants into two places."""
    count = int(1_000 * scale)
    ways = [
        Way("2 workers, each with a place of its own", _counted(count, places=PLACES, workers=2)),
        Way("1 worker", _counted(count, places=PLACES, workers=1)),
    ]
    return Experiment(f"Opening stock, {count:,} quants in two places", ways, lambda: _with_goods(lab, count), drop)


def orders(lab: DebianLab, scale: float) -> Experiment:
    """Return the job of making 200 sales orders of five lines, of two warehouses, and confirming them."""
    count = int(200 * scale)
    some = max(count // 8, 2)
    ways = [
        Way("Lockgate, in batches", _ordered(count)),
        Way("odooly, one by one", _ordered_one_by_one(some), f"{some} orders"),
    ]
    return Experiment(f"{count:,} sales orders of five lines, confirmed", ways, lambda: _with_goods(lab, 100), drop)


def reading_to_disk(lab: DebianLab, scale: float, *, external_ids: bool = False) -> Experiment:
    """Return the job of reading 50,000 customers into a CSV file, from the start of the program to its end."""
    rows = customers(int(50_000 * scale))
    database = _with(lab, rows)
    with database.client() as client:
        there = client.search_count(CUSTOMERS, [])
    first = "id" if external_ids else ".id"
    names = (first, *(f"{name}/{first}" if name.endswith("_id") else name for name in READ_FIELDS))
    job = {"fields": READ_FIELDS, "external_ids": external_ids}
    given = {"model": CUSTOMERS, "rows": there, "job": job}
    theirs = programs.import_export_client_out(CUSTOMERS, names)
    ways = [
        programs.reading("Lockgate", **given, words=programs.lockgate("read")),  # type: ignore[arg-type]
        programs.reading("fluvo, json2", **given, words=programs.fluvo_out(CUSTOMERS, names)),  # type: ignore[arg-type]
        programs.reading("odoo-import-export-client", **given, words=theirs),  # type: ignore[arg-type]
    ]
    what = ", with external ids" if external_ids else ""
    return Experiment(
        f"Reading {there:,} customers into a file{what}", ways, lambda: database, lambda _: None, lambda: drop(database)
    )


def reading_with_ids(lab: DebianLab, scale: float) -> Experiment:
    """Return the same with the external id of each."""
    return reading_to_disk(lab, scale, external_ids=True)


JOBS: dict[str, Callable[[DebianLab, float], Experiment]] = {
    "customers-by-program": customers_by_program,
    "products-by-program": products_by_program,
    "unchanged": unchanged,
    "again": again,
    "bad-rows": bad_rows,
    "stock": stock,
    "orders": orders,
    "reading-to-disk": reading_to_disk,
    "reading-with-ids": reading_with_ids,
}


def _with(lab: DebianLab, rows: list[Row]) -> Database:
    database = fresh(lab)
    _loaded(CUSTOMERS, CUSTOMER_COLUMNS, rows)(database)
    return database


def _with_goods(lab: DebianLab, count: int) -> Database:
    database = fresh(lab)
    _loaded(PRODUCTS, PRODUCT_COLUMNS, products(count))(database)
    _loaded(CUSTOMERS, CUSTOMER_COLUMNS, customers(1))(database)
    places: list[Row] = [(f"bench.place_{n}", f"Place {n}", "stock.stock_location_stock") for n in range(PLACES)]
    _loaded("stock.location", ("id", "name", "location_id/id"), places)(database)
    houses: list[Row] = [(f"bench.house_{n}", f"Warehouse {n}", f"BW{n}") for n in range(PLACES)]
    _loaded("stock.warehouse", ("id", "name", "code"), houses)(database)
    return database


def _loaded(model: str, columns: Row, rows: list[Row], *, changes_only: bool = False, rejects: int = 0) -> Run:
    def run(database: Database) -> tuple[int, float]:
        with database.client() as client:
            begun = time.perf_counter()
            result = load(client, model, columns, rows, changes_only=changes_only)
            seconds = time.perf_counter() - begun
        if (len(result.rejected), len(result.unknown)) != (rejects, 0):
            raise RuntimeError(f"{len(result.rejected)} rows were rejected: {result.rejected[:1]}")
        return result.rows, seconds

    return run


def _plainly(model: str, columns: Row, rows: list[Row]) -> Run:
    def run(database: Database) -> tuple[int, float]:
        with database.client() as client:
            begun = time.perf_counter()
            for start in range(0, len(rows), 500):
                part = [list(row) for row in rows[start : start + 500]]
                answer = client.call(model, "load", context=dict(QUIET), fields=list(columns), data=part)
                if not answer["ids"]:
                    raise RuntimeError(str(answer["messages"][:1]))
            return len(rows), time.perf_counter() - begun

    return run


def _counted(count: int, *, places: int, workers: int) -> Run:
    columns = ("id", "product_id/id", "location_id/id", "inventory_quantity")
    rows = [
        (f"bench.quant_{n}", f"bench.product_{n}", f"bench.place_{n * places // count}", f"{1 + n % 90}")
        for n in range(count)
    ]

    def run(database: Database) -> tuple[int, float]:
        with database.client() as client:
            begun = time.perf_counter()
            counting = {"inventory_mode": True}
            load(client, "stock.quant", columns, rows, partition_by="location_id/id", workers=workers, context=counting)
            ids = _ids(client, "stock.quant", "quant")
            done = post(client, "stock.quant", "apply-inventory", ids, lambda _: None, workers=workers)
            seconds = time.perf_counter() - begun
        if done.done != count:
            raise RuntimeError(f"{done.done} of {count} quants were counted: {done.refused[:1]}")
        return count, seconds

    return run


def _ordered(count: int) -> Run:
    of_line = ("order_line/id", "order_line/product_id/id", "order_line/product_uom_qty")
    columns = ("id", "partner_id/id", "client_order_ref", "warehouse_id/id", *of_line)
    rows = [
        (
            *(
                (f"bench.order_{n}", "bench.customer_0", f"O{n}", f"bench.house_{n % PLACES}")
                if line == 0
                else ("", "", "", "")
            ),
            *(f"bench.order_{n}_{line}", f"bench.product_{(n * ORDER_LINES + line) % 100}", "2"),
        )
        for n in range(count)
        for line in range(ORDER_LINES)
    ]

    def run(database: Database) -> tuple[int, float]:
        with database.client() as client:
            begun = time.perf_counter()
            load(client, "sale.order", columns, rows, batch_rows=200)
            done = post(client, "sale.order", "confirm", _ids(client, "sale.order", "order"), lambda _: None, workers=2)
            seconds = time.perf_counter() - begun
        if done.done != count:
            raise RuntimeError(f"{done.done} of {count} orders were confirmed: {done.refused[:1]}")
        return count, seconds

    return run


def _ordered_one_by_one(count: int) -> Run:
    def run(database: Database) -> tuple[int, float]:
        env = peers.odooly_env(database)
        (partner,) = env["res.partner"].search([("ref", "=", "C000000")]).ids
        goods = env[PRODUCTS].search([("default_code", "=like", "P0%")]).ids
        begun = time.perf_counter()
        for n in range(count):
            wanted = (goods[(n * ORDER_LINES + line) % len(goods)] for line in range(ORDER_LINES))
            lines = [(0, 0, {"product_id": product, "product_uom_qty": 2}) for product in wanted]
            order = {"partner_id": partner, "date_order": str(date(2026, 8, 1)), "order_line": lines}
            env["sale.order"].create(order).action_confirm()
        return count, time.perf_counter() - begun

    return run


def _ids(client: Client, model: str, name: str) -> Sequence[int]:
    ours = [["module", "=", "bench"], ["model", "=", model], ["name", "=like", f"{name}\\_%"]]
    return [row["res_id"] for row in client.search_read("ir.model.data", ours, ["res_id"], order="res_id")]
