"""Are counts found that Odoo made no count of, and is none applied twice?

Odoo loses counts when it tries the rows of a call again one by one.
"""

from lockgate.odoo.client import Client
from lockgate.odoo.loading import load
from lockgate.practices.migration.perform.sending.counting import uncounted
from lockgate.practices.migration.perform.sending.posting import post


def test_what_an_earlier_attempt_applies_meanwhile_is_left_as_it_is(odoo, monkeypatch):
    [product] = odoo.create("product.product", [{"name": "Counted once", "type": "consu", "is_storable": True}])
    [stock] = odoo.search("stock.location", [["usage", "=", "internal"]], limit=1, order="id")
    row = [f"lockgate.counted_once_{product}", str(product), str(stock), "5"]
    load(odoo, "stock.quant", ["id", "product_id/.id", "location_id/.id", "inventory_quantity"], [row])
    waiting = odoo.search("stock.quant", [["product_id", "=", product]])
    search, attempts = Client.search, []

    def overtaken(client, model, domain=(), **options):
        found = search(client, model, domain, **options)
        if model == "stock.quant" and found and not attempts:
            attempts.append(odoo.call("stock.quant", "action_apply_inventory", waiting))
        return found

    monkeypatch.setattr(Client, "search", overtaken)
    assert post(odoo, "stock.quant", "apply-inventory", waiting, lambda _: None).done == 1
    [quant] = odoo.read("stock.quant", waiting, ["quantity", "inventory_quantity_set"])
    moves = odoo.search_count("stock.move", [["product_id", "=", product]])
    assert (len(attempts), quant["quantity"], quant["inventory_quantity_set"], moves) == (1, 5, False, 1)


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
