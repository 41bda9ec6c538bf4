"""What does an item cost whom? `PREISE.CSV` by list and by customer, `EKINFO.CSV` by supplier."""

from collections.abc import Iterator
from datetime import date

import numpy as np
import polars as pl

from lockgate.engines.legacy.chance import Ints
from lockgate.engines.legacy.erp.partners import customers, suppliers
from lockgate.engines.legacy.erp.partners.roll import Roll
from lockgate.engines.legacy.erp.wares import codes
from lockgate.engines.legacy.erp.wares.items import Stocklist, key
from lockgate.engines.legacy.facts.goods import GROUPS
from lockgate.engines.legacy.facts.house import POUND
from lockgate.engines.legacy.making import Making, slices
from lockgate.engines.legacy.mess.kinds import KINDS
from lockgate.engines.legacy.mess.planting import deleted, shares
from lockgate.engines.legacy.outlets.german import amounts, days

SALES, BUYING = "PREISE.CSV", "EKINFO.CSV"
LISTS = ("GH", "IN", "WS", "EX")
PER_MILLE = np.array([820, 930, 1050, round(950 * POUND)])
"""Of the list price in euro, by price list; the last one is in pounds."""
_TIERS = 2
_SPREAD = 2_147_483_647
"""A prime: steps of it visit every combination of list and item once."""
_OF_LISTS = 0.85
BRITAIN = 5


def _since(year: int, month: int) -> int:
    return (date(year, month, 1) - date(1970, 1, 1)).days


def prices(making: Making, buyers: Roll, listed: Stocklist) -> None:
    """Write the prices of lists and customers."""
    making.dump(SALES, _sales(making, buyers, listed))


def _sales(making: Making, buyers: Roll, listed: Stocklist) -> Iterator[pl.DataFrame]:
    """Yield the prices; a line after the first `rows` repeats one of them with a period that overlaps."""
    chance, rows = making.chance, making.sizes.of("prices")
    by_list = _by_list(making)
    again = max(1, round(rows * KINDS["price-overlap"].share))
    source = np.concatenate([np.arange(rows), chance.shuffled("prices/again", rows)[:again]])
    mess = chance.allot("prices/orphan", (source >= by_list) & (np.arange(len(source)) < rows), shares("orphan"))
    mess |= chance.allot("prices/unit", np.ones(len(source), dtype=np.bool_), shares("unit-notation"))
    bed = making.bed("erp", SALES, "PRNR")
    for lines in slices(len(source)):
        frame = _priced(making, buyers, listed, lines, source[lines])
        later = lines >= rows
        bed.mark(frame, "price-overlap", later, column="PRNR", right=pl.lit(_number(source[lines])))
        gone = deleted("KDNR")
        frame = bed.plant(frame, "orphan", "KDNR", mess["orphan"][lines], gone)
        yield bed.plant(frame, "unit-notation", "ME", mess["unit-notation"][lines], pl.col("ME").replace(codes.ALSO))


def _by_list(making: Making) -> int:
    """Return how many lines are of lists; the ones after them are of one customer each."""
    return round(making.sizes.of("prices") * _OF_LISTS)


def _number(lines: Ints) -> pl.Series:
    return pl.Series(lines + 1).cast(pl.String).str.zfill(8)


def _priced(making: Making, buyers: Roll, listed: Stocklist, lines: Ints, source: Ints) -> pl.DataFrame:
    chance, own = making.chance, source >= _by_list(making)
    combination = source * _SPREAD % (listed.rows * len(LISTS) * _TIERS)
    item = np.where(own, source * _SPREAD % listed.rows, combination % listed.rows)
    which, tier = combination // listed.rows % len(LISTS), combination // listed.rows // len(LISTS)
    buyer = source * _SPREAD // listed.rows % buyers.rows
    british = buyers.parties.countries(buyers.entities[buyer]) == BRITAIN
    which = np.where(own, np.where(british, 3, chance.below("prices/as list", source, 3)), which)
    packed = (tier == 1) & ~own
    units, factor = codes.chosen_units(listed, item, packed)
    list_price = listed.goods.prices(listed.entities[item])
    later = lines != source
    percent = np.where(own, 88, np.where(later, 104, 100)) - 7 * packed
    cents = np.maximum(1, list_price * factor * PER_MILLE[which] * percent // 100_000)
    ends = chance.below("prices/ends", source, 3) == 0
    return pl.DataFrame(
        {
            "PRNR": _number(lines),
            "PRLIST": pl.Series(LISTS).gather(which).set(pl.Series(own), None),
            "KDNR": customers.key(customers.numbers(buyer)).set(pl.Series(~own), None),
            "ARTNR": key(item),
            "ABMENGE": np.where(packed & (factor == 1), 1000, 100),
            "ME": units,
            "PREIS": cents,
            "WAEHR": pl.Series(np.where(which == 3, "GBP", "EUR")),  # noqa: PLR2004 - the list in pounds
            "GUELTAB": np.where(later, _since(2026, 6), _since(2025, 1) + 31 * (source % 12)),
            "GUELTBIS": pl.Series(np.full(len(lines), _since(2027, 1) - 1)).set(pl.Series(~ends | later), None),
        }
    ).with_columns(*amounts("ABMENGE", "PREIS"), *days("GUELTAB", "GUELTBIS"))


def supplier_of(making: Making, sellers: Roll, items: Ints) -> Ints:
    """Return the line of the supplier that each item is bought from as a rule."""
    return making.chance.below("supply/first", items, sellers.rows)


def supplier_prices(making: Making, sellers: Roll, listed: Stocklist) -> None:
    """Write what suppliers ask for items."""
    making.dump(BUYING, _buying(making, sellers, listed))


def _buying(making: Making, sellers: Roll, listed: Stocklist) -> Iterator[pl.DataFrame]:
    bought = np.array([group.kind == "L" for group in GROUPS])
    for part in slices(listed.rows):
        lines = part[bought[listed.goods.groups(listed.entities[part])]]
        second = lines[making.chance.share("supply/has second", lines) < 0.3]  # noqa: PLR2004 - have two
        first_of_them = supplier_of(making, sellers, second)
        other = (first_of_them + 1 + making.chance.below("supply/second", second, sellers.rows - 1)) % sellers.rows
        frames = [
            _asked(making, sellers, listed, lines, supplier_of(making, sellers, lines)),
            _asked(making, sellers, listed, second, other),
        ]
        yield pl.concat(frames).sort("ARTNR", "LFNR")


def _asked(making: Making, sellers: Roll, listed: Stocklist, lines: Ints, seller: Ints) -> pl.DataFrame:
    chance, entities = making.chance, listed.entities[lines]
    small = listed.goods.costs(entities) < 200  # noqa: PLR2004 - cents: priced by the hundred
    british = sellers.parties.countries(sellers.entities[seller]) == BRITAIN
    share = chance.between("supply/share", lines * 7 + seller, 88, 100)
    rate = np.where(british, round(POUND * 100), 100)
    cents = np.maximum(1, listed.goods.costs(entities) * np.where(small, 100, 1) * share * rate // 10_000)
    return pl.DataFrame(
        {
            "LFNR": suppliers.key(suppliers.numbers(seller)),
            "ARTNR": key(lines),
            "LFARTNR": "B" + pl.Series(chance.below("supply/number", lines, 10**8)).cast(pl.String).str.zfill(8),
            "PREIS": cents,
            "PE": pl.Series(np.where(small, "100", "1")),
            "WAEHR": pl.Series(np.where(british, "GBP", "EUR")),
            "MINMNG": pl.Series(np.array([1, 10, 100])[chance.below("supply/least", lines, 3)]).cast(pl.String),
            "LFZEIT": pl.Series(chance.between("supply/days", lines, 3, 40)).cast(pl.String),
            "GUELTAB": _since(2025, 1) + chance.below("supply/since", lines, 500),
        }
    ).with_columns(*amounts("PREIS"), *days("GUELTAB"))
