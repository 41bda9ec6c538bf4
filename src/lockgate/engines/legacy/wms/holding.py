"""What lies where, how much of it, and what is wrong with it? Decided for all lines of stock at once, as numbers."""

from dataclasses import dataclass

import numpy as np

from lockgate.engines.legacy.chance import Ints, Mask
from lockgate.engines.legacy.erp.wares.items import Stocklist
from lockgate.engines.legacy.facts.goods import GROUPS, KNOWN
from lockgate.engines.legacy.facts.house import UNITS
from lockgate.engines.legacy.goods.truth import TRACKING
from lockgate.engines.legacy.making import Making
from lockgate.engines.legacy.mess.kinds import KINDS
from lockgate.engines.legacy.mess.planting import shares
from lockgate.engines.legacy.wms.bins import SHARES

_CODES = tuple(unit.code for unit in UNITS)
_FACTORS = np.array([unit.factor for unit in UNITS])
_BASE = np.array([_CODES.index(group.unit) for group in GROUPS])
_PACK = np.array([_CODES.index(group.pack or "DZ") for group in GROUPS])
_ASSEMBLED = tuple(group.code for group in GROUPS).index("75")
_KOELN = 2


@dataclass(frozen=True)
class Holding:
    """All lines of stock."""

    item: Ints
    """The line of the item in the list of items."""
    entity: Ints
    warehouse: Ints
    quantity: Ints
    """In the unit of the line."""
    unit: Ints
    """The place of that unit in `UNITS`."""
    source: Ints
    """The line whose lot or serial number it bears: its own, unless a serial number is there twice."""
    counted: Ints
    """What was counted, in the unit of the line."""
    apart: Ints
    """1 in quarantine, 2 returned, else 0."""
    mess: dict[str, Mask]

    @property
    def rows(self) -> int:
        """How many lines there are."""
        return len(self.item)

    @property
    def base_quantity(self) -> Ints:
        """The quantity of each line in the base unit of its item."""
        quantity: Ints = self.quantity * _FACTORS[self.unit]
        return quantity


def held(making: Making, listed: Stocklist) -> Holding:
    """Return what lies where."""
    chance, rows = making.chance, making.sizes.of("stock")
    lines = np.arange(rows)
    item = _items(making, listed, rows)
    goods, entity = listed.goods, listed.entities[item]
    groups, tracking = goods.groups(entity), goods.tracking(entity)
    serial = tracking == TRACKING.index("S")
    plain = tracking == TRACKING.index("")
    mess = {
        **chance.allot("stock/mess/plain", plain, shares("negative-stock", "stock-unit")),
        **chance.allot("stock/mess/serial", serial, shares("serial-twice", "serial-missing")),
        **chance.allot("stock/mess/lot", tracking == TRACKING.index("C"), shares("lot-missing", "lot-expired")),
    }
    source = _sources(serial & ~mess["serial-missing"], mess["serial-twice"])
    item, entity, groups = item[source], entity[source], groups[source]
    warehouse = chance.choose("stock/warehouse", source, SHARES)
    warehouse = np.where(groups == _ASSEMBLED, _KOELN, warehouse)
    many = np.array([6, 60, 240, 1200, 8, 90, 1, 1, 1, 1])[groups]
    quantity = np.where(serial, 1, 1 + chance.below("stock/quantity", lines, many))
    unit = np.where(mess["stock-unit"], _PACK[groups], _BASE[groups])
    unit = np.where(goods.units(entity) == 0, unit, _CODES.index("M"))
    unit = np.where(mess["stock-unit"] & (goods.units(entity) == 1), _CODES.index("RO"), unit)
    quantity = np.where(mess["stock-unit"], 1 + quantity % 9, quantity)
    quantity = np.where(mess["negative-stock"], -(1 + quantity % 12), quantity)
    mess["obsolete-stock"] = listed.mess["obsolete"][item]
    mess["count-differs"] = _miscounted(making, mess)
    counted = _counted(making, mess, quantity, serial=serial)
    apart = chance.choose("stock/apart", lines, (0.975, 0.015, 0.01))
    return Holding(item, entity, warehouse, quantity, unit, source, counted, apart, mess)


def _items(making: Making, listed: Stocklist, rows: int) -> Ints:
    """Return the item of each line: some obsolete ones, each of the template that is kept, then any that is in use."""
    kept = listed.goods.kept(listed.entities)
    obsolete = kept & listed.mess["obsolete"]
    old = making.chance.allot("stock/obsolete", obsolete, {"old": KINDS["obsolete-stock"].share})["old"]
    sure = np.concatenate([np.flatnonzero(old), np.flatnonzero(kept & (listed.entities < len(KNOWN)))])
    pool = np.flatnonzero((kept & ~obsolete) | old)
    any_of_them = pool[making.chance.below("stock/item", np.arange(rows), len(pool))]
    any_of_them[: len(sure)] = sure
    return any_of_them[making.chance.shuffled("stock/order", rows)]


def _sources(lend: Mask, borrow: Mask) -> Ints:
    """Return for each line the one whose serial number it bears; borrowers take that of the lender before them."""
    lines = np.arange(len(lend))
    lenders = np.flatnonzero(lend & ~borrow)
    before = lenders[np.searchsorted(lenders, np.flatnonzero(borrow)) - 1]  # -1 is the last one: also a lender
    source = lines.copy()
    source[borrow] = before
    return source


def _miscounted(making: Making, mess: dict[str, Mask]) -> Mask:
    """Return where the count differs: a share of what is sound, and wherever the stock can't be as it is written."""
    impossible = mess["negative-stock"] | mess["serial-twice"]
    differs = making.chance.allot("stock/miscounted", ~impossible, shares("count-differs"))["count-differs"]
    together: Mask = differs | impossible
    return together


def _counted(making: Making, mess: dict[str, Mask], quantity: Ints, *, serial: Mask) -> Ints:
    lines = np.arange(len(quantity))
    off = making.chance.between("stock/off", lines, 1, 4)
    fewer = making.chance.below("stock/fewer", lines, 2) == 0
    wrong = np.where(serial | ((quantity > off) & fewer), np.maximum(quantity - off, 0), quantity + off)
    wrong = np.where(mess["negative-stock"] | mess["serial-twice"], 0, wrong)
    return np.where(mess["count-differs"], wrong, quantity)
