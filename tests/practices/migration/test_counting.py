"""Are counts found that Odoo made no count of? It does so when it tries the rows of a call again one by one."""

from lockgate.odoo.loading import load
from lockgate.practices.migration.perform.sending.counting import uncounted
from lockgate.practices.migration.perform.sending.posting import post


def test_a_quant_without_its_count_is_found_and_one_that_waits_or_was_counted_is_not(odoo):
    [product] = odoo.create("product.product", [{"name": "Counted", "type": "consu", "is_storable": True}])
    [stock] = odoo.search("stock.location", [["usage", "=", "internal"]], limit=1, order="id")
    places = odoo.create("stock.location", [{"name": name, "location_id": stock} for name in ("A", "B", "C")])
    columns = ["id", "product_id/.id", "location_id/.id", "inventory_quantity"]
    rows = [[f"lockgate.counting_{place}", str(product), str(place), "5"] for place in places[:2]]
    assert load(odoo, "stock.quant", columns, rows).created == 2
    waiting = odoo.search("stock.quant", [["product_id", "=", product]], order="id")
    [lost] = odoo.create("stock.quant", [{"product_id": product, "location_id": places[2]}])

    assert uncounted(odoo, [*waiting, lost]) == [lost]

    assert post(odoo, "stock.quant", "apply-inventory", waiting, lambda _: None).done == 2
    assert uncounted(odoo, [*waiting, lost]) == [lost]
    assert [row["quantity"] for row in odoo.read("stock.quant", waiting, ["quantity"])] == [5, 5]
