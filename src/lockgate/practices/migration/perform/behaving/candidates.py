"""On which of the loaded records can a piece of work be tried? On those of which Odoo has what the work needs.

N1  They are records that the migration brought, found by their external ids, and of the company or of none.
N2  What is sold or counted lies free where the warehouse picks from; what is made has all its parts there, and what is
    finished has them reserved. A shelf that is empty is no fault of the data.
N3  Kits are taken apart when they are sold: nothing is made of them.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from lockgate.kernel.errors import UsageError
from lockgate.odoo.client import Client
from lockgate.practices.migration.decide.sampling import Candidate
from lockgate.practices.migration.definition import Check
from lockgate.practices.migration.definition.behaving import MODELS
from lockgate.practices.migration.perform.bench import Bench
from lockgate.practices.migration.perform.sending.identifying import our_ids

_LYING: Final = frozenset({"reserve-and-ship", "invoice-and-pay", "count"})
"""What can only be tried on what lies in the warehouse (N2)."""
_NOT_RESERVED: Final = ["draft", "waiting", "confirmed", "partially_available"]


def candidates(bench: Bench, client: Client, check: Check, where: tuple[int, int]) -> list[Candidate]:
    """Return the records at a company's warehouse on which it can be tried (N1 to N3)."""
    company, warehouse = where
    mapping = bench.migration.mappings[str(check.records)]
    model = MODELS[check.does]
    if mapping.model != model:
        why = f"`{mapping.key}` makes records of {mapping.model}."
        raise UsageError(f"{check.does} is tried on records of {model}.", why=why, do="Name another mapping.")
    named = _named(client, mapping.same_as or mapping.key, model)
    domain: list[Any] = [["id", "in", list(named)], ["company_id", "in", [False, company]]]
    domain += [*_FIT[model], *check.where]
    if model == "product.product":
        domain.append(["purchase_ok" if check.does == "buy-and-receive" else "sale_ok", "=", True])
    fields = [*([check.each] if check.each else []), *(["free_qty"] if check.does in _LYING else [])]
    [place] = client.search_read("stock.warehouse", [["id", "=", warehouse]], ["lot_stock_id"], load="")
    here = client.within(warehouse_id=warehouse, location=place["lot_stock_id"])
    rows = here.search_read(model, domain, [*fields, "company_id"], order="id", load="")
    whole = _WHOLE[model](here, [row["id"] for row in rows]) if model in _WHOLE else None
    return [
        Candidate(named[row["id"]], row["id"], str(row[check.each]) if check.each else "")
        for row in rows
        if row.get("free_qty", 1) >= 1 and (whole is None or row["id"] in whole)
    ]


def partners_of(bench: Bench, client: Client, mapping: str, company: int) -> list[Candidate]:
    """Return with whom it can be tried (N1)."""
    declared = bench.migration.mappings[mapping]
    named = _named(client, declared.same_as or declared.key, declared.model)
    theirs: list[Any] = [["id", "in", list(named)], ["company_id", "in", [False, company]], ["parent_id", "=", False]]
    return [Candidate(named[one], one) for one in client.search(declared.model, theirs, order="id")]


def _with_all_parts(client: Client, bills: Sequence[int]) -> set[int]:
    """Return the bills of materials of which all parts are there for one piece (N2)."""
    fields = ["bom_id", "product_id", "product_qty", "product_uom_id"]
    lines = client.search_read("mrp.bom.line", [["bom_id", "in", list(bills)]], fields, load="")
    known = [["id", "in", sorted({line["product_id"] for line in lines})]]
    rows = client.search_read("product.product", known, ["free_qty", "is_storable", "uom_id"], load="")
    parts = {row["id"]: row for row in rows}
    sizes = {row["id"]: row["factor"] for row in client.search_read("uom.uom", [], ["factor"])}
    short = {line["bom_id"] for line in lines if _is_short(line, parts[line["product_id"]], sizes)}
    return {line["bom_id"] for line in lines} - short


def _is_short(line: Mapping[str, Any], part: Mapping[str, Any], sizes: Mapping[int, float]) -> bool:
    wanted = line["product_qty"] * sizes[line["product_uom_id"]] / sizes[part["uom_id"]]
    return bool(part["is_storable"] and part["free_qty"] < wanted)


def _with_parts_reserved(client: Client, orders: Sequence[int]) -> set[int]:
    """Return the orders for which all that is to be fetched is reserved (N2)."""
    fetched = client.search_read("stock.picking", [["production_ids", "in", list(orders)]], ["production_ids"], load="")
    of = {row["id"]: set(row["production_ids"]) for row in fetched}
    short: list[Any] = [["picking_id", "in", list(of)], ["state", "in", _NOT_RESERVED]]
    rows = client.search_read("stock.move", short, ["picking_id"], load="")
    return set(orders) - {order for row in rows for order in of[row["picking_id"]]}


def _named(client: Client, owner: str, model: str) -> dict[int, str]:
    """Return the external ids of the records of a mapping that Odoo has."""
    return {row["res_id"]: str(row["name"]) for row in our_ids(client, owner, model)}


_FIT: Final[Mapping[str, list[Any]]] = {
    "product.product": [["is_storable", "=", True]],
    "mrp.bom": [["type", "=", "normal"]],  # N3
    "mrp.production": [["state", "in", ["confirmed", "progress"]]],
}
_WHOLE: Final[Mapping[str, Callable[[Client, Sequence[int]], set[int]]]] = {
    "mrp.bom": _with_all_parts,
    "mrp.production": _with_parts_reserved,
}
