"""What does the house leave behind, in which order? Partners and items first, since all else speaks of them."""

from lockgate.engines.legacy.acquired.firm import acquired_firm
from lockgate.engines.legacy.chance import Ints
from lockgate.engines.legacy.erp.books.balance import Controlled, trial_balance
from lockgate.engines.legacy.erp.books.open_items import CREDITORS, DEBTORS, open_items
from lockgate.engines.legacy.erp.orders.production import production
from lockgate.engines.legacy.erp.orders.purchases import purchases
from lockgate.engines.legacy.erp.orders.sales import sales
from lockgate.engines.legacy.erp.papers import claims, equipment, papers
from lockgate.engines.legacy.erp.partners.addresses import addresses, contacts
from lockgate.engines.legacy.erp.partners.customers import customers
from lockgate.engines.legacy.erp.partners.roll import Roll
from lockgate.engines.legacy.erp.partners.staff import staff
from lockgate.engines.legacy.erp.partners.suppliers import suppliers
from lockgate.engines.legacy.erp.wares.codes import codes
from lockgate.engines.legacy.erp.wares.items import Stocklist, items
from lockgate.engines.legacy.erp.wares.parts import parts
from lockgate.engines.legacy.erp.wares.prices import prices, supplier_prices
from lockgate.engines.legacy.making import Making
from lockgate.engines.legacy.wms.stock import stock


def leave_behind(making: Making) -> None:
    """Write everything that the three systems leave behind, and the truth about it."""
    buyers, sellers, listed = customers(making), suppliers(making), items(making)
    codes(making, listed)
    addresses(making, buyers)
    contacts(making, buyers, sellers)
    prices(making, buyers, listed)
    supplier_prices(making, sellers, listed)
    sales(making, buyers, listed)
    purchases(making, sellers, listed)
    claims(making, buyers, listed)
    papers(making, sellers, listed)
    staff(making)
    equipment(making)
    _books(making, buyers, sellers, listed)
    acquired_firm(making, buyers, sellers, listed)


def _books(making: Making, buyers: Roll, sellers: Roll, listed: Stocklist) -> None:
    """Write what is worth something, and the trial balance that it ties to."""
    worth = stock(making, listed)
    wip = production(making, listed, parts(making, listed))
    owed, owing = open_items(making, buyers, DEBTORS), open_items(making, sellers, CREDITORS)
    trial_balance(
        making, {"01": _controlled(owed, owing, worth[:2], 0), "02": _controlled(owed[1:], owing[1:], worth[2:], wip)}
    )


def _controlled(owed: Ints, owing: Ints, worth: Ints, wip: int) -> Controlled:
    return Controlled(receivable=int(owed[0]), payable=-int(owing[0]), stock=int(worth.sum()), wip=wip)
