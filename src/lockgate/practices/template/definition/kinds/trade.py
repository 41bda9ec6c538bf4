"""Which kinds of resources say what is bought, made and sold, and who approves it?"""

from typing import Final

from lockgate.practices.template.definition.kinds.accounting import CURRENCY
from lockgate.practices.template.definition.kinds.checks import either, goes_with
from lockgate.practices.template.definition.kinds.kind import Check, Code, Kind, Short
from lockgate.practices.template.definition.kinds.stock import REMOVAL

_NUMBER: Final = r"\d+(\.\d+)?"
_ABOVE: Final = Code(_NUMBER, '[("amount_untaxed", ">", {})]', "25000")
_DISCOUNT: Final = Code(_NUMBER, '[("order_line.discount", ">", {})]', "15")
_REVIEWERS: Final = (
    Short("approved_by", "reviewer_group_id", "The group that approves.", sets={"review_type": "group"}),
    Short("approved_by_person", "reviewer_id", "The person who approves.", sets={"review_type": "individual"}),
    Short("with_comment", "has_comment", "Whether a reason has to be written."),
)
_REVIEWED: Final[Check] = either("approved_by", "approved_by_person", of="what needs approval")

KINDS: Final = (
    Kind(
        "product-category",
        "product.category",
        "How products are valued, leave the shelf and are counted.",
        (
            Short("within", "parent_id", "The category that it is part of."),
            Short(
                "costing",
                "property_cost_method",
                "What a product is worth.",
                choices={"standard price": "standard", "average cost": "average", "first in, first out": "fifo"},
            ),
            Short(
                "valuation",
                "property_valuation",
                "When stock gets into the books.",
                choices={"at the end of the period": "periodic", "perpetual": "real_time"},
            ),
            Short("valuation_account", "property_stock_valuation_account_id", "The account that stock stands in."),
            Short("stock_journal", "property_stock_journal", "The journal that it is booked in."),
            Short("income_account", "property_account_income_categ_id", "The account of what is sold."),
            Short("expense_account", "property_account_expense_categ_id", "The account of what is bought."),
            Short("removal", "removal_strategy_id", "What is taken first.", choices=REMOVAL),
        ),
        needs=("name",),
        checks=(
            goes_with(
                "valuation",
                "perpetual",
                "valuation_account",
                "stock_journal",
                because="What is booked with each move needs its account and its journal, in the same company.",
            ),
        ),
    ),
    Kind(
        "product",
        "product.product",
        "A product, a material or a service.",
        (
            Short("number", "default_code", "Its own number."),
            Short("category", "categ_id", "Its category."),
            Short("unit", "uom_id", "The unit that it is counted in."),
            Short("price", "list_price", "What it is sold for."),
            Short("cost", "standard_price", "What it costs."),
            Short("is", "type", "What it is.", choices={"goods": "consu", "a service": "service", "a choice": "combo"}),
            Short("stocked", "is_storable", "Whether stock of it is kept."),
            Short(
                "tracked",
                "tracking",
                "How single pieces are told apart.",
                choices={"by lot": "lot", "by serial number": "serial", "not at all": "none"},
            ),
            Short(
                "billed_by_suppliers",
                "purchase_method",
                "Which quantity a bill of a supplier is held against.",
                choices={"as ordered": "purchase", "as received": "receive"},
            ),
            Short(
                "invoiced",
                "invoice_policy",
                "Which quantity is invoiced.",
                choices={"as ordered": "order", "as delivered": "delivery"},
            ),
        ),
        needs=("name", "category"),
        checks=(
            goes_with("tracked", "by lot", "stocked", because="Only what is kept in stock has lots."),
            goes_with("tracked", "by serial number", "stocked", because="Only what is kept in stock has numbers."),
        ),
    ),
    Kind(
        "price-list",
        "product.pricelist",
        "What a channel or a customer pays.",
        (
            Short("currency", "currency_id", "Its currency.", code=CURRENCY),
            Short(
                "rules",
                "item_ids",
                "The first that fits holds, a product before a category.",
                lines=(
                    Short("product", "product_tmpl_id", "For this product.", sets={"applied_on": "1_product"}),
                    Short("category", "categ_id", "For this category.", sets={"applied_on": "2_product_category"}),
                    Short("from_quantity", "min_quantity", "From this quantity on."),
                    Short(
                        "discount",
                        "percent_price",
                        "Percent off the sales price.",
                        sets={"compute_price": "percentage"},
                    ),
                    Short("at_price", "fixed_price", "This price.", sets={"compute_price": "fixed"}),
                    Short(
                        "markup",
                        "price_markup",
                        "Percent above the cost.",
                        sets={"compute_price": "formula", "base": "standard_price"},
                    ),
                ),
                in_lines={"applied_on": "3_global"},
            ),
        ),
        needs=("name", "currency"),
        of_company="company_id",
    ),
    Kind(
        "discount-limit",
        "tier.definition",
        "Orders with a discount above a limit wait until somebody approves them.",
        (
            Short("above", "definition_domain", "Percent; the line with the largest counts.", code=_DISCOUNT),
            *_REVIEWERS,
        ),
        needs=("name", "above"),
        defaults={"model_id": "sale.model_sale_order"},
        of_company="company_id",
        checks=(_REVIEWED,),
    ),
    Kind(
        "approval-tier",
        "tier.definition",
        "Orders above an amount wait until somebody approves them.",
        (
            Short(
                "of",
                "model_id",
                "What is approved.",
                choices={"purchase orders": "purchase.model_purchase_order", "orders": "sale.model_sale_order"},
            ),
            Short("above", "definition_domain", "The amount without taxes.", code=_ABOVE),
            *_REVIEWERS,
        ),
        needs=("name", "of", "above"),
        of_company="company_id",
        checks=(_REVIEWED,),
    ),
    Kind(
        "bill-of-materials",
        "mrp.bom",
        "What a product is made of, and in which operations.",
        (
            Short("makes", "product_tmpl_id", "The product, by its template."),
            Short("quantity", "product_qty", "How many come of it."),
            Short(
                "is",
                "type",
                "How it is used.",
                choices={"made": "normal", "a kit": "phantom", "subcontracted": "subcontract"},
            ),
            Short("subcontractors", "subcontractor_ids", "Who makes it."),
            Short(
                "components",
                "bom_line_ids",
                "What goes into it.",
                lines=(
                    Short("product", "product_id", "The product."),
                    Short("quantity", "product_qty", "How many."),
                ),
            ),
            Short(
                "operations",
                "operation_ids",
                "What is done, in order.",
                lines=(
                    Short("at", "workcenter_id", "The work centre."),
                    Short("minutes", "time_cycle_manual", "How long it takes."),
                ),
            ),
        ),
        needs=("makes", "components"),
        of_company="company_id",
        checks=(goes_with("is", "subcontracted", "subcontractors", because="Name who makes it."),),
    ),
)
