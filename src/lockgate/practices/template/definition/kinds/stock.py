"""Which kinds of resources make up a warehouse?"""

from typing import Final

from lockgate.practices.template.definition.kinds.checks import at_most, either, goes_with, goes_with_one, in_order
from lockgate.practices.template.definition.kinds.kind import Kind, Short

REMOVAL: Final = {
    "first in, first out": "stock.removal_fifo",
    "last in, first out": "stock.removal_lifo",
    "closest": "stock.removal_closest",
    "fewest packages": "stock.removal_least_packages",
}
_ALIKE: Final = (
    "batch_group_by_partner",
    "batch_group_by_destination",
    "batch_group_by_src_loc",
    "batch_group_by_dest_loc",
    "batch_group_by_carrier",
)
_CODE_LETTERS: Final = 5

KINDS: Final = (
    Kind(
        "warehouse",
        "stock.warehouse",
        "A building, in as many steps on the way in and out as it needs. Odoo makes its places, routes and operations.",
        (
            Short(
                "receipts",
                "reception_steps",
                "How goods come in.",
                choices={
                    "one step": "one_step",
                    "two steps": "two_steps",
                    "three steps": "three_steps",
                },
            ),
            Short(
                "deliveries",
                "delivery_steps",
                "How goods go out.",
                choices={
                    "one step": "ship_only",
                    "pick and ship": "pick_ship",
                    "pick, pack and ship": "pick_pack_ship",
                },
            ),
            Short(
                "production",
                "manufacture_steps",
                "How components get to production.",
                choices={
                    "one step": "mrp_one_step",
                    "pick first": "pbm",
                    "pick first and store": "pbm_sam",
                },
            ),
            Short(
                "supplied_from", "resupply_wh_ids", "The warehouses that it is supplied from; Odoo makes a route each."
            ),
            Short("address", "partner_id", "The partner whose address it has."),
        ),
        needs=("company", "name", "code"),
        find=("code", "company_id"),
        of_company="company_id",
        checks=(at_most("code", _CODE_LETTERS),),
    ),
    Kind(
        "location",
        "stock.location",
        "A place in a warehouse.",
        (
            Short("within", "location_id", "The place that it is part of."),
            Short(
                "holds",
                "usage",
                "What is there.",
                choices={
                    "stock": "internal",
                    "other places": "view",
                    "goods on the way": "transit",
                    "goods of suppliers": "supplier",
                    "goods of customers": "customer",
                    "losses": "inventory",
                    "production": "production",
                },
            ),
            Short("removal", "removal_strategy_id", "What is taken first.", choices=REMOVAL),
            Short("storage", "storage_category_id", "How much fits there."),
            Short("count_every", "cyclic_inventory_frequency", "Days between two counts."),
        ),
        needs=("name", "within"),
        defaults={"usage": "internal"},
        of_company="company_id",
    ),
    Kind(
        "operation-type",
        "stock.picking.type",
        "What Odoo has made with a warehouse, told how to reserve and what to do with a rest.",
        (
            Short("warehouse", "warehouse_id", "The warehouse that it came with."),
            Short(
                "operation",
                "sequence_code",
                "Which one of its operations.",
                choices={
                    "receipts": "IN",
                    "quality control": "QC",
                    "storage": "STOR",
                    "internal transfers": "INT",
                    "picking": "PICK",
                    "packing": "PACK",
                    "shipping": "OUT",
                    "cross dock": "XD",
                    "production": "MO",
                    "components": "PC",
                },
            ),
            Short(
                "reserves",
                "reservation_method",
                "When goods are reserved.",
                choices={"at once": "at_confirm", "by hand": "manual", "before the day": "by_date"},
            ),
            Short("days_before", "reservation_days_before", "How many days before."),
            Short(
                "rest",
                "create_backorder",
                "What becomes of what is not there.",
                choices={"is asked": "ask", "follows": "always", "is dropped": "never"},
            ),
            Short("in_batches", "auto_batch", "Whether Odoo puts several together."),
        ),
        needs=("warehouse", "operation"),
        made_by_odoo=True,
        checks=(
            goes_with("reserves", "before the day", "days_before", because="Say how many days before."),
            goes_with_one("in_batches", *_ALIKE, because="Say what is alike in a batch."),
        ),
    ),
    Kind(
        "route",
        "stock.route",
        "A way that goods go, besides those that Odoo makes with a warehouse.",
        (
            Short("of_products", "product_selectable", "Whether it can be chosen on a product."),
            Short("of_categories", "product_categ_selectable", "Whether it can be chosen on a category."),
            Short("of_order_lines", "sale_selectable", "Whether it can be chosen on a line of an order."),
            Short("of_warehouses", "warehouse_selectable", "Whether it can be chosen on a warehouse."),
            Short(
                "rules",
                "rule_ids",
                "Its steps.",
                lines=(
                    Short(
                        "does",
                        "action",
                        "What a step does.",
                        choices={
                            "pull from": "pull",
                            "push to": "push",
                            "pull and push": "pull_push",
                            "manufacture": "manufacture",
                            "buy": "buy",
                        },
                    ),
                    Short("operation", "picking_type_id", "The type of operation."),
                    Short("from", "location_src_id", "The place that goods leave."),
                    Short("to", "location_dest_id", "The place that they go to."),
                    Short(
                        "takes",
                        "procure_method",
                        "Where goods are taken from.",
                        choices={
                            "stock": "make_to_stock",
                            "another step": "make_to_order",
                            "stock, else another step": "mts_else_mto",
                        },
                    ),
                ),
            ),
        ),
        needs=("name",),
        of_company="company_id",
    ),
    Kind(
        "putaway",
        "stock.putaway.rule",
        "Where something is led to when it comes in.",
        (
            Short("arrives_at", "location_in_id", "The place that it comes to."),
            Short("goes_to", "location_out_id", "The place that it is led to."),
            Short("product", "product_id", "For this product."),
            Short("category", "category_id", "For products of this category."),
            Short("storage", "storage_category_id", "Only to places of this storage category."),
            Short(
                "within_it",
                "sublocation",
                "Which of the places there.",
                choices={
                    "that place itself": "no",
                    "the one used last": "last_used",
                    "the closest one": "closest_location",
                },
            ),
        ),
        needs=("company", "arrives_at", "goes_to"),
        of_company="company_id",
        checks=(either("product", "category", of="a putaway"),),
    ),
    Kind(
        "reordering",
        "stock.warehouse.orderpoint",
        "When a product is ordered again, and how much.",
        (
            Short("product", "product_id", "The product."),
            Short("warehouse", "warehouse_id", "The warehouse."),
            Short("at", "location_id", "The place in it."),
            Short("below", "product_min_qty", "It is ordered when less than this is forecast."),
            Short("up_to", "product_max_qty", "As much is ordered as to have this."),
            Short("ordered", "trigger", "Who orders.", choices={"by itself": "auto", "by hand": "manual"}),
            Short("route", "route_id", "The way that it comes."),
        ),
        needs=("company", "product", "warehouse", "at", "below", "up_to"),
        find=("product_id", "location_id", "company_id"),
        of_company="company_id",
        checks=(in_order("below", "up_to"),),
    ),
)
