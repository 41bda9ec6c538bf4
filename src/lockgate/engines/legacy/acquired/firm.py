"""What does the acquired firm leave behind? `kempen.db`: partners, items, stock, open items and its balances."""

from lockgate.engines.legacy.acquired import books, items, partners
from lockgate.engines.legacy.erp.partners.roll import Roll
from lockgate.engines.legacy.erp.wares.items import Stocklist
from lockgate.engines.legacy.making import Making
from lockgate.engines.legacy.outlets.database import Database

FILE = "kempen.db"


def acquired_firm(making: Making, buyers: Roll, sellers: Roll, listed: Stocklist) -> None:
    """Write the database and the truth about it."""
    customers, suppliers = partners.who(making, buyers, "customer"), partners.who(making, sellers, "supplier")
    sold, goods = items.which(making, listed), listed.goods
    opened = books.open_items(making, customers.rows, suppliers.rows)
    balances = books.balances(making, opened, items.worth(making, goods, sold))
    tables = (
        ("customer", partners.CUSTOMER, partners.partners(making, buyers, customers, "customer")),
        ("supplier", partners.SUPPLIER, partners.partners(making, sellers, suppliers, "supplier")),
        ("item", items.ITEM, items.items(making, listed, sold)),
        ("stock", items.STOCK, items.stock(making, goods, sold)),
        ("open_item", books.OPEN_ITEM, books.open_rows(making, opened)),
        ("balance", books.BALANCE, iter([balances])),
    )
    with Database(making.folder / "acquired" / FILE) as database:
        for name, columns, frames in tables:
            for rows in database.table(name, columns, frames):
                making.told(name, rows)
