"""Which purchase orders are open, and how far is each? `EKKOPF.CSV` and `EKPOS.CSV`."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl

from lockgate.engines.legacy.chance import Ints, Mask
from lockgate.engines.legacy.erp.orders.progress import FULL, NOTHING, PARTLY, STATES, Lines, Stage, lines_of
from lockgate.engines.legacy.erp.partners import suppliers
from lockgate.engines.legacy.erp.partners.roll import Roll, term_codes, terms
from lockgate.engines.legacy.erp.wares import codes
from lockgate.engines.legacy.erp.wares.items import Stocklist, key
from lockgate.engines.legacy.erp.wares.prices import BRITAIN
from lockgate.engines.legacy.facts.goods import GROUPS
from lockgate.engines.legacy.facts.house import POUND, TODAY
from lockgate.engines.legacy.making import Making, slices
from lockgate.engines.legacy.mess.planting import deleted, shares
from lockgate.engines.legacy.outlets.german import amounts, days

HEADS, POSITIONS = "EKKOPF.CSV", "EKPOS.CSV"
STAGES = (
    Stage(0.35, NOTHING, NOTHING),
    Stage(0.2, PARTLY, NOTHING),
    Stage(0.2, FULL, NOTHING),
    Stage(0.1, FULL, PARTLY),
    Stage(0.15, NOTHING, NOTHING),
)
"""All that is not received of the last kind is on its way."""
IN_TRANSIT = len(STAGES) - 1
_MOST_LINES = 6


@dataclass(frozen=True)
class Purchases:
    """All open purchase orders."""

    seller: Ints
    stage: Ints
    lines: Lines
    item: Ints
    orphan: Mask


def key_of(orders: Ints) -> pl.Series:
    """Return the number of each order."""
    return pl.Series(6_000_000 + orders).cast(pl.String).str.zfill(8)


def purchases(making: Making, sellers: Roll, listed: Stocklist) -> Purchases:
    """Write the open purchase orders, and what each should become."""
    chance, rows = making.chance, making.sizes.of("purchases")
    numbers = np.arange(rows)
    used = np.flatnonzero(~sellers.mess["inactive"] & ~sellers.mess["blocked"])
    stage = chance.choose("purchases/stage", numbers, tuple(each.share for each in STAGES))
    stage[: len(STAGES)] = np.arange(len(STAGES))
    lines = lines_of(chance, "purchases", STAGES, stage, _MOST_LINES)
    bought = np.array([group.kind == "L" for group in GROUPS])[listed.goods.groups(listed.entities)]
    pool = np.flatnonzero(bought & ~listed.mess["obsolete"])
    orders = Purchases(
        used[chance.below("purchases/supplier", numbers, len(used))],
        stage,
        lines,
        pool[chance.below("purchases/item", np.arange(len(lines.order)), len(pool))],
        chance.allot("purchases/mess", np.ones(rows, dtype=np.bool_), shares("orphan"))["orphan"],
    )
    netto = np.zeros(rows, dtype=np.int64)
    every = np.arange(len(orders.item))
    np.add.at(netto, lines.order, lines.ordered * _price(making, sellers, listed, orders, every)[1])
    making.dump(HEADS, _heads(making, sellers, orders, netto))
    making.dump(POSITIONS, _positions(making, sellers, listed, orders))
    return orders


def _heads(making: Making, sellers: Roll, orders: Purchases, netto: Ints) -> Iterator[pl.DataFrame]:
    chance = making.chance
    bed = making.bed("erp", HEADS, "BESTNR")
    for numbers in slices(len(orders.seller)):
        entities = sellers.entities[orders.seller[numbers]]
        british = sellers.parties.countries(entities) == BRITAIN
        german = chance.share("purchases/company", numbers) < 0.35  # noqa: PLR2004 - so many are Germany's
        ordered = TODAY - 1 - chance.below("purchases/ordered", numbers, 90)
        frame = pl.DataFrame(
            {
                "BESTNR": key_of(numbers),
                "FIRMA": pl.Series(np.where(german, "02", "01")),
                "LFNR": suppliers.key(suppliers.numbers(orders.seller[numbers])),
                "BESTDAT": ordered,
                "LIEFDAT": ordered + chance.between("purchases/promised", numbers, 5, 80),
                "ZAHLB": term_codes(terms(sellers.parties, entities)),
                "WAEHR": pl.Series(np.where(british, "GBP", "EUR")),
                "LAGER": pl.Series(np.where(german, "03", np.where(numbers % 5 == 4, "02", "01"))),  # noqa: PLR2004 - a fifth for Liège
                "NETTO": netto[numbers],
            }
        ).with_columns(*amounts("NETTO"), *days("BESTDAT", "LIEFDAT"))
        orphan = orders.orphan[numbers]
        stage = orders.stage[numbers]
        moved = np.array([each.moved for each in STAGES])[stage]
        invoiced = np.array([each.invoiced for each in STAGES])[stage]
        making.truth.add(
            "orders",
            frame.select(
                pl.lit(HEADS).alias("file"),
                pl.col("BESTNR").alias("record"),
                pl.Series(np.where(orphan, "refused", "purchase")).alias("state"),
                pl.Series(STATES).gather(moved).alias("delivery"),
                pl.Series(STATES).gather(invoiced).alias("invoicing"),
            ),
        )
        gone = deleted("LFNR")
        yield bed.plant(frame, "orphan", "LFNR", orphan, gone)


def _price(making: Making, sellers: Roll, listed: Stocklist, orders: Purchases, lines: Ints) -> tuple[pl.Series, Ints]:
    """Return unit and price of one in cents of lines."""
    item, entities = orders.item[lines], sellers.entities[orders.seller[orders.lines.order[lines]]]
    packed = making.chance.share("purchases/packed", lines) < 0.5  # noqa: PLR2004 - half is bought in packs
    units, factor = codes.chosen_units(listed, item, packed)
    rate = np.where(sellers.parties.countries(entities) == BRITAIN, round(POUND * 100), 100)
    share = making.chance.between("purchases/price", lines, 90, 104)
    return units, np.maximum(1, listed.goods.costs(listed.entities[item]) * factor * rate * share // 10_000)


def _positions(making: Making, sellers: Roll, listed: Stocklist, orders: Purchases) -> Iterator[pl.DataFrame]:
    for lines in slices(len(orders.item)):
        units, cents = _price(making, sellers, listed, orders, lines)
        each = orders.lines
        coming = np.where(orders.stage[each.order[lines]] == IN_TRANSIT, each.ordered[lines], 0)
        yield pl.DataFrame(
            {
                "BESTNR": key_of(each.order[lines]),
                "POS": pl.Series(10 * (each.place[lines] + 1)).cast(pl.String).str.zfill(3),
                "ARTNR": key(orders.item[lines]),
                "MENGE": each.ordered[lines] * 100,
                "ME": units,
                "PREIS": cents,
                "MNGEING": each.moved[lines] * 100,
                "MNGFAKT": each.invoiced[lines] * 100,
                "MNGUNTW": coming * 100,
            }
        ).with_columns(*amounts("MENGE", "PREIS", "MNGEING", "MNGFAKT", "MNGUNTW"))
