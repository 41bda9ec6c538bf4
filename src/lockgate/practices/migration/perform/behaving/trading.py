"""Can it be sold, shipped, invoiced and paid, bought and received?"""

from lockgate.practices.migration.perform.behaving.moving import carry_through
from lockgate.practices.migration.perform.behaving.scene import Scene, Unlike


def reserve_and_ship(scene: Scene, record: int, partner: int) -> int:
    """Sell one, have it reserved and ship it; return the order."""
    line = {"product_id": record, "product_uom_qty": 1}
    order = scene.make(
        "sale.order",
        partner_id=partner,
        company_id=scene.company,
        warehouse_id=scene.warehouse,
        client_order_ref="Lockgate tries",
        order_line=[[0, 0, line]],
    )
    said = scene.press("sale.order", "action_confirm", order)
    scene.expect("sale.order", order, "state", {"sale"}, said)
    carry_through(scene, [["sale_id", "=", order]])
    scene.expect("sale.order", order, "delivery_status", {"full"})
    return order


def invoice_and_pay(scene: Scene, record: int, partner: int) -> None:
    """Sell and ship one, invoice it, post that and have it paid."""
    order = reserve_and_ship(scene, record, partner)
    about = {"active_model": "sale.order", "active_ids": [order], "active_id": order}
    asked = {"advance_payment_method": "delivered", "sale_order_ids": [[6, 0, [order]]]}
    dialogue = scene.client.call("sale.advance.payment.inv", "create", vals_list=[asked], context=about)
    scene.client.call("sale.advance.payment.inv", "create_invoices", dialogue, context=about)
    invoices = scene.value("sale.order", order, "invoice_ids")
    if not invoices:
        raise Unlike("Odoo made no invoice of the order.")
    said = scene.press("account.move", "action_post", invoices[0])
    scene.expect("account.move", invoices[0], "state", {"posted"}, said)
    paid = {"active_model": "account.move", "active_ids": invoices}
    payment = scene.client.call("account.payment.register", "create", vals_list=[{}], context=paid)
    scene.client.call("account.payment.register", "action_create_payments", payment, context=paid)
    scene.expect("account.move", invoices[0], "payment_state", {"paid", "in_payment"})


def buy_and_receive(scene: Scene, record: int, partner: int) -> None:
    """Buy one and receive it."""
    arrivals = scene.value("stock.warehouse", int(scene.warehouse or 0), "in_type_id")
    line = {"product_id": record, "product_qty": 1, "price_unit": 1.0}
    order = scene.make(
        "purchase.order",
        partner_id=partner,
        company_id=scene.company,
        picking_type_id=arrivals,
        order_line=[[0, 0, line]],
    )
    said = scene.press("purchase.order", "button_confirm", order)
    scene.expect("purchase.order", order, "state", {"purchase", "done"}, said)
    lines = scene.value("purchase.order", order, "order_line")
    carry_through(scene, [["purchase_id", "=", order]], lot=f"TRY-{order}")
    received = scene.value("purchase.order.line", lines[0], "qty_received")
    if received != 1:
        raise Unlike(f"Odoo says that {received:g} of 1 was received.")
