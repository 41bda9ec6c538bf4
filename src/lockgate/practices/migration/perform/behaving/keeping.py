"""Can it be replenished, made and counted, and can the month be closed?"""

from datetime import UTC, datetime, timedelta
from typing import Any

from lockgate.practices.migration.perform.behaving.moving import carry_through
from lockgate.practices.migration.perform.behaving.scene import Scene, Unlike

_WAYS = (
    ("purchase.order.line", [["state", "in", ["draft", "sent", "to approve", "purchase"]]], "product_qty"),
    ("mrp.production", [["state", "not in", ["done", "cancel"]]], "product_qty"),
    ("stock.move", [["state", "not in", ["done", "cancel"]], ["picking_id", "!=", False]], "product_uom_qty"),
)
"""Where it shows that something was ordered: bought, made, or fetched from another place."""


def replenish(scene: Scene, record: int) -> None:
    """Let it run short at a place, and see that Odoo orders it."""
    place = scene.value("stock.warehouse", int(scene.warehouse or 0), "lot_stock_id")
    before = _ordered(scene, record)
    forecast = _forecast(scene, record)
    short = {"product_min_qty": forecast + 1, "product_max_qty": forecast + 2}
    known = scene.client.search(
        "stock.warehouse.orderpoint", [["product_id", "=", record], ["location_id", "=", place]], limit=1
    )
    if known:
        scene.client.write("stock.warehouse.orderpoint", known[0], short)
        point = known[0]
    else:
        point = scene.make(
            "stock.warehouse.orderpoint",
            product_id=record,
            warehouse_id=scene.warehouse,
            location_id=place,
            company_id=scene.company,
            trigger="manual",
            **short,
        )
    scene.client.call("stock.warehouse.orderpoint", "action_replenish", [point])
    if _ordered(scene, record) <= before:
        raise Unlike("It runs short, and Odoo ordered nothing.")


def _forecast(scene: Scene, record: int) -> float:
    here = scene.client.within(warehouse_id=scene.warehouse)
    [found] = here.read("product.product", [record], ["virtual_available"])
    return max(0.0, float(found["virtual_available"]))


def _ordered(scene: Scene, record: int) -> float:
    return sum(
        float(row[quantity])
        for model, domain, quantity in _WAYS
        for row in scene.client.search_read(model, [["product_id", "=", record], *domain], [quantity])
    )


def make(scene: Scene, record: int) -> None:
    """Make one by a bill of materials: its components are reserved, taken, and it is finished."""
    [bill] = scene.client.call("mrp.bom", "read", [record], fields=["product_id", "product_tmpl_id"], load="")
    product = bill["product_id"] or _variant(scene, bill["product_tmpl_id"])
    kind = scene.value("stock.warehouse", int(scene.warehouse or 0), "manu_type_id")
    order = scene.make(
        "mrp.production",
        product_id=product,
        product_qty=1,
        bom_id=record,
        picking_type_id=kind,
        company_id=scene.company,
    )
    said = scene.press("mrp.production", "action_confirm", order)
    scene.expect("mrp.production", order, "state", {"confirmed", "progress"}, said)
    finish(scene, order)


def finish(scene: Scene, record: int) -> None:
    """Finish an order: its components are fetched and reserved, taken, and what is left of it is made.

    Of what has serial numbers one piece is made, with a number of its own, and the rest is left for later.
    """
    carry_through(scene, [["production_ids", "in", [record]], ["picking_type_code", "=", "internal"]])
    scene.client.call("mrp.production", "action_assign", [record])
    scene.expect("mrp.production", record, "reservation_state", {"assigned"})
    left = scene.value("mrp.production", record, "product_qty") - scene.value("mrp.production", record, "qty_produced")
    product = scene.value("mrp.production", record, "product_id")
    if scene.value("product.product", product, "tracking") == "serial":
        number = scene.make("stock.lot", name=f"TRY-{record}", product_id=product, company_id=scene.company)
        scene.client.write("mrp.production", record, {"qty_producing": 1, "lot_producing_ids": [[6, 0, [number]]]})
    else:
        scene.client.write("mrp.production", record, {"qty_producing": left})
    scene.client.call("mrp.production", "set_qty_producing", [record])
    said = scene.press("mrp.production", "button_mark_done", record)
    scene.expect("mrp.production", record, "state", {"done"}, said)


def _variant(scene: Scene, template: int) -> int:
    found = scene.client.search("product.product", [["product_tmpl_id", "=", template]], order="id", limit=1)
    if not found:
        raise Unlike("The bill of materials is of no product that there is.")
    return found[0]


def count(scene: Scene, record: int) -> None:
    """Count one more than there is, where it lies, and see that Odoo takes it."""
    lies: list[Any] = [["product_id", "=", record], ["location_id.usage", "=", "internal"], ["quantity", ">", 0]]
    lies.append(["location_id.warehouse_id", "=", scene.warehouse])
    found = scene.client.search_read("stock.quant", lies, ["quantity", "lot_id", "product_id"], order="id", limit=1)
    if not found:
        raise Unlike("Nothing of it lies in this warehouse.")
    more = 0 if scene.value("product.product", record, "tracking") == "serial" else 1
    wanted = found[0]["quantity"] + more
    counting = scene.client.within(inventory_mode=True)
    counting.write("stock.quant", found[0]["id"], {"inventory_quantity": wanted})
    scene.press("stock.quant", "action_apply_inventory", found[0]["id"])
    quantity = scene.value("stock.quant", found[0]["id"], "quantity")
    if quantity != wanted:
        raise Unlike(f"{wanted:g} were counted, and Odoo says {quantity:g}.")


def close_the_month(scene: Scene) -> None:
    """Close the last month of a company: its books sum up to nothing, and nothing may be posted in it any more."""
    end = datetime.now(UTC).date().replace(day=1) - timedelta(days=1)
    posted: list[Any] = [["company_id", "=", scene.company], ["parent_state", "=", "posted"]]
    [sums] = scene.client.call(
        "account.move.line", "formatted_read_group", domain=posted, groupby=[], aggregates=["balance:sum"]
    )
    if abs(sums["balance:sum"] or 0) >= 0.005:  # noqa: PLR2004 - half a cent
        raise Unlike(f"The books do not sum up to nothing: {sums['balance:sum']:.2f} is left.")
    scene.client.write("res.company", scene.company, {"fiscalyear_lock_date": end.isoformat()})
    if scene.value("res.company", scene.company, "fiscalyear_lock_date") != end.isoformat():
        raise Unlike(f"Odoo did not close the month that ended on {end}.")
