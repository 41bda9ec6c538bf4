"""How fast is a template planned and applied? `python -m benchmarks.template [--resources N]`

Applying is held against the same products made one by one through XML-RPC, and against Odoo's own `load` inside of the
server; planning against planning a tenth of it, which shows how it grows.
"""

import argparse
import time
from collections.abc import Callable, Collection
from typing import Any, TypeVar

from benchmarks.in_process import load_in_process
from benchmarks.live import Database, bring_up, drop, fresh
from benchmarks.peers import odooly_env
from benchmarks.rows import Row
from lockgate.odoo.client import Client
from lockgate.practices.template.decide.facts import Declared, Live
from lockgate.practices.template.decide.planning import Plan, plan
from lockgate.practices.template.definition import Resource
from lockgate.practices.template.perform.applying.applying import apply
from lockgate.practices.template.perform.looking.looking import look

_ONE_BY_ONE = 100
"""Products that are made one by one; more would only take longer."""
_Found = TypeVar("_Found")


def resources(number: int) -> list[Declared]:
    """Return categories, and products in them: one category for 50 products."""
    categories = [
        Resource(key=f"category-{at}", model="product.category", values={"name": f"Category {at}"})
        for at in range(number // 51 + 1)
    ]
    products = [
        Resource(key=f"product-{at}", model="product.template", values=product(at, f"category-{at // 50}"))
        for at in range(number - len(categories))
    ]
    return [Declared(one, "template/all.yaml", at) for at, one in enumerate([*categories, *products])]


def product(number: int, category: Any) -> dict[str, Any]:
    """Return the values of a product."""
    return {
        "name": f"Product {number}",
        "default_code": f"P{number:06}",
        "list_price": 10 + number % 90,
        "weight": 0.5,
        "type": "consu",
        "categ_id": category,
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--resources", type=int, default=2_000)
    number = parser.parse_args().resources
    lab = bring_up()
    rates = {}
    database = fresh(lab)
    try:
        rates["Lockgate, the whole template"] = _lockgate(database, number)
        rates["one by one, odooly over XML-RPC"] = _one_by_one(database)
    finally:
        drop(database)
    database = fresh(lab)
    try:
        rows, seconds = load_in_process("product.template", *_as_rows(number))(database)
        rates["load inside of Odoo, products alone"] = rows / seconds
    finally:
        drop(database)
    first = next(iter(rates.values()))
    for name, rate in rates.items():
        print(f"{name:<40}{rate:>8.0f} records/s{first / rate:>8.1f} times")


def _lockgate(database: Database, number: int) -> float:
    all_of_it = resources(number)
    with database.client() as client:
        live, found = _planned(client, all_of_it, "none there")
        _, applied = _timed(lambda: apply(client, found, live, keep=lambda: None, on_done=lambda _: None))
        for some in (all_of_it[: number // 10], all_of_it):
            _, found = _planned(client, some, "all there", elsewhere=_keys(all_of_it))
            if not found.empty:
                raise SystemExit("The plan is not empty after applying.")
    return number / applied


def _planned(client: Client, some: list[Declared], how: str, elsewhere: Collection[str] = ()) -> tuple[Live, Plan]:
    live, looked = _timed(lambda: look(client, some))
    found, planned = _timed(lambda: plan(some, live, elsewhere=elsewhere))
    print(f"plan of {len(some):,} resources, {how}: looked {looked:.2f} s, planned {planned:.2f} s")
    return live, found


def _keys(declared: list[Declared]) -> set[str]:
    return {one.resource.key for one in declared}


def _one_by_one(database: Database) -> float:
    records = odooly_env(database)["product.template"]
    begun = time.perf_counter()
    for at in range(_ONE_BY_ONE):
        records.create(product(at, 1))
    return _ONE_BY_ONE / (time.perf_counter() - begun)


def _as_rows(number: int) -> tuple[Row, list[Row]]:
    values = [product(at, None) for at in range(number)]
    columns = tuple(name for name in values[0] if name != "categ_id")
    rows = [(f"bench.p{at}", *(str(one[name]) for name in columns)) for at, one in enumerate(values)]
    return ("id", *columns), rows


def _timed(work: Callable[[], _Found]) -> tuple[_Found, float]:
    begun = time.perf_counter()
    return work(), time.perf_counter() - begun


if __name__ == "__main__":
    main()
