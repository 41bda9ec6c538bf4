"""Does a cost that was entered after the day of a count hold on that day, and is one with a history left alone?"""

from datetime import UTC, date, datetime, timedelta

from lockgate.odoo.loading import load
from lockgate.practices.migration.perform.sending.posting import post


def test_the_cost_of_an_item_that_never_moved_holds_before_its_count_and_the_cost_of_another_stays(odoo):
    kind = {"type": "consu", "is_storable": True, "standard_price": 12.5}
    new, moved = odoo.create("product.product", [{"name": name, **kind} for name in ("New", "Moved")])
    assert _counted(odoo, moved, "moved before", None) == 1
    entered = _held_from(odoo, moved)
    day = datetime.now(UTC).date() - timedelta(days=9)

    assert _counted(odoo, new, "new", day) == 1
    assert _counted(odoo, moved, "moved again", day) == 1

    assert set(_held_from(odoo, new)) == {f"{day} 00:00:00"}
    assert _held_from(odoo, moved) == entered
    assert min(entered) > f"{day} 23:59:59"


def _counted(odoo, product: int, place: str, on: date | None) -> int:
    """Count five pieces at a place of their own, for that day; return how many counts were applied."""
    [stock] = odoo.search("stock.location", [["usage", "=", "internal"]], limit=1, order="id")
    [there] = odoo.create("stock.location", [{"name": place, "location_id": stock}])
    columns = ["id", "product_id/.id", "location_id/.id", "inventory_quantity"]
    row = [f"lockgate.costing_{there}", str(product), str(there), "5"]
    assert load(odoo, "stock.quant", columns, [row]).created == 1
    quants = odoo.search("stock.quant", [["location_id", "=", there]])
    return post(odoo, "stock.quant", "apply-inventory", quants, lambda _: None, on=on).done


def _held_from(odoo, product: int) -> list[str]:
    """Return from when on the costs of an item hold that were entered by hand."""
    entered = [["product_id", "=", product], ["move_id", "=", False]]
    return [row["date"] for row in odoo.search_read("product.value", entered, ["date"], order="id")]
