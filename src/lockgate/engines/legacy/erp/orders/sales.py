"""Which sales orders are open, and how far is each? `VKKOPF.CSV` and `VKPOS.CSV`."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl

from lockgate.engines.legacy.chance import Ints, Mask
from lockgate.engines.legacy.erp.orders.progress import FULL, NOTHING, PARTLY, STATES, Lines, Stage, lines_of
from lockgate.engines.legacy.erp.partners import customers
from lockgate.engines.legacy.erp.partners.addresses import delivery_addresses
from lockgate.engines.legacy.erp.partners.roll import Roll, term_codes, terms
from lockgate.engines.legacy.erp.wares import codes
from lockgate.engines.legacy.erp.wares.items import Stocklist, key
from lockgate.engines.legacy.erp.wares.prices import BRITAIN, PER_MILLE
from lockgate.engines.legacy.facts.goods import GROUPS
from lockgate.engines.legacy.facts.house import TODAY
from lockgate.engines.legacy.making import Making, slices
from lockgate.engines.legacy.mess.kinds import KINDS
from lockgate.engines.legacy.mess.planting import deleted, shares
from lockgate.engines.legacy.outlets.german import amounts, days

HEADS, POSITIONS = "VKKOPF.CSV", "VKPOS.CSV"
STAGES = (
    Stage(0.35, NOTHING, NOTHING),
    Stage(0.15, PARTLY, NOTHING),
    Stage(0.1, PARTLY, FULL),
    Stage(0.2, FULL, NOTHING),
    Stage(0.12, FULL, PARTLY),
    Stage(0.08, NOTHING, NOTHING),
)
"""Of the second kind of partly delivered orders all that left is invoiced; the last kind is on hold."""
HELD = len(STAGES) - 1
_MOST_LINES = 7
_GERMANY = 4


@dataclass(frozen=True)
class Orders:
    """All open sales orders."""

    buyer: Ints
    """The line of the customer of each."""
    stage: Ints
    lines: Lines
    item: Ints
    """The line of the item of each line."""
    mess: dict[str, Mask]


def key_of(orders: Ints) -> pl.Series:
    """Return the number of each order."""
    return pl.Series(4_000_000 + orders).cast(pl.String).str.zfill(8)


def sales(making: Making, buyers: Roll, listed: Stocklist) -> Orders:
    """Write the open sales orders, and what each should become."""
    orders = _orders(making, buyers, listed)
    netto = np.zeros(len(orders.buyer), dtype=np.int64)
    np.add.at(netto, orders.lines.order, _net(making, buyers, listed, orders, np.arange(len(orders.item))))
    making.dump(HEADS, _heads(making, buyers, orders, netto))
    making.dump(POSITIONS, _positions(making, buyers, listed, orders))
    return orders


def _orders(making: Making, buyers: Roll, listed: Stocklist) -> Orders:
    chance, rows = making.chance, making.sizes.of("sales")
    numbers = np.arange(rows)
    mess = chance.allot(
        "sales/mess", np.ones(rows, dtype=np.bool_), shares("orphan", "order-of-inactive", "order-of-blocked")
    )
    mess |= chance.allot("sales/reference", ~mess["orphan"], {"placeholder": KINDS["placeholder"].share})
    inactive, blocked = buyers.mess["inactive"], buyers.mess["blocked"]
    pools = [np.flatnonzero(each) for each in (~inactive & ~blocked, inactive, blocked)]
    picked = [pool[chance.below("sales/customer", numbers, len(pool))] for pool in pools]
    buyer = np.select([mess["order-of-inactive"], mess["order-of-blocked"]], picked[1:], picked[0])
    stage = chance.choose("sales/stage", numbers, tuple(each.share for each in STAGES))
    stage[: len(STAGES)] = np.arange(len(STAGES))
    lines = lines_of(chance, "sales", STAGES, stage, _MOST_LINES)
    sold = np.array([group.code != "90" for group in GROUPS])[listed.goods.groups(listed.entities)]
    pool = np.flatnonzero(sold & ~listed.mess["obsolete"])
    item = pool[chance.below("sales/item", np.arange(len(lines.order)), len(pool))]
    return Orders(buyer, stage, lines, item, mess)


def _heads(making: Making, buyers: Roll, orders: Orders, netto: Ints) -> Iterator[pl.DataFrame]:
    chance = making.chance
    bed = making.bed("erp", HEADS, "AUFNR")
    for numbers in slices(len(orders.buyer)):
        buyer, stage = orders.buyer[numbers], orders.stage[numbers]
        entities = buyers.entities[buyer]
        countries = buyers.parties.countries(entities)
        company = customers.companies(countries, entities)
        addresses = delivery_addresses(chance, buyer)
        ordered = TODAY - 1 - chance.below("sales/ordered", numbers, 120)
        frame = pl.DataFrame(
            {
                "AUFNR": key_of(numbers),
                "FIRMA": pl.Series(["01", "02"]).gather(company - 1),
                "KDNR": customers.key(customers.numbers(buyer)),
                "ADRNR": pl.Series(["001"])
                .gather(np.zeros(len(numbers), dtype=np.int64))
                .set(pl.Series(addresses == 0), None),
                "AUFDAT": ordered,
                "WUNSCH": ordered + chance.between("sales/wish", numbers, 2, 60),
                "KDREF": "PO-" + pl.Series(chance.below("sales/customer reference", numbers, 10**6)).cast(pl.String),
                "ZAHLB": term_codes(terms(buyers.parties, entities)),
                "LIEFART": pl.Series(["PK", "EX", "AB"]).gather(
                    chance.choose("sales/carrier", numbers, (0.75, 0.1, 0.15))
                ),
                "WAEHR": pl.Series(np.where(countries == BRITAIN, "GBP", "EUR")),
                "LAGER": pl.Series(np.where(company == 2, "03", np.where(numbers % 4 == 3, "02", "01"))),  # noqa: PLR2004 - Germany; a quarter from Liège
                "HALT": pl.Series(np.where(numbers % 3 == 0, "P", "K")).set(pl.Series(stage != HELD), None),
                "NETTO": netto[numbers],
            }
        ).with_columns(*amounts("NETTO"), *days("AUFDAT", "WUNSCH"))
        mess = {name: mask[numbers] for name, mask in orders.mess.items()}
        making.truth.add("orders", _fate(frame, stage, mess["orphan"]))
        gone = deleted("KDNR")
        frame = bed.plant(frame, "orphan", "KDNR", mess["orphan"], gone)
        for kind in ("order-of-inactive", "order-of-blocked"):
            bed.mark(frame, kind, mess[kind], column="KDNR")
        yield bed.plant(frame, "placeholder", "KDREF", mess["placeholder"], pl.lit("N/A"))


def _fate(frame: pl.DataFrame, stage: Ints, orphan: Mask) -> pl.DataFrame:
    """Return what each order should become in Odoo."""
    held = np.where(stage == HELD, "draft", "sale")
    moved = np.array([each.moved for each in STAGES])[stage]
    invoiced = np.minimum(moved, np.array([each.invoiced for each in STAGES])[stage])
    return frame.select(
        pl.lit(HEADS).alias("file"),
        pl.col("AUFNR").alias("record"),
        pl.Series(np.where(orphan, "refused", held)).alias("state"),
        pl.Series(STATES).gather(moved).alias("delivery"),
        pl.Series(STATES).gather(invoiced).alias("invoicing"),
    )


def _price(
    making: Making, buyers: Roll, listed: Stocklist, orders: Orders, lines: Ints
) -> tuple[pl.Series, Ints, Ints]:
    """Return unit, price of one in cents, and discount in per cent of lines."""
    chance, item, buyer = making.chance, orders.item[lines], orders.buyer[orders.lines.order[lines]]
    units, factor = codes.chosen_units(listed, item, chance.share("sales/packed", lines) < 0.2)  # noqa: PLR2004 - packs
    entities = buyers.entities[buyer]
    british = buyers.parties.countries(entities) == BRITAIN
    lists = np.where(british, 3, customers.channels(buyers.parties, entities))
    cents = np.maximum(1, listed.goods.prices(listed.entities[item]) * factor * PER_MILLE[lists] // 1000)
    return units, cents, np.array([0, 0, 0, 0, 0, 2, 5, 10])[chance.below("sales/discount", lines, 8)]


def _net(making: Making, buyers: Roll, listed: Stocklist, orders: Orders, lines: Ints) -> Ints:
    _, cents, discount = _price(making, buyers, listed, orders, lines)
    net: Ints = (orders.lines.ordered[lines] * cents * (100 - discount) + 50) // 100
    return net


def _positions(making: Making, buyers: Roll, listed: Stocklist, orders: Orders) -> Iterator[pl.DataFrame]:
    bed = making.bed("erp", POSITIONS, "AUFNR", "POS")
    every = np.ones(len(orders.item), dtype=np.bool_)
    mess = making.chance.allot("sales/unit", every, shares("unit-notation"))["unit-notation"]
    for lines in slices(len(orders.item)):
        buyer = orders.buyer[orders.lines.order[lines]]
        units, cents, discount = _price(making, buyers, listed, orders, lines)
        quantities = {"MENGE": orders.lines.ordered, "MNGLIEF": orders.lines.moved, "MNGFAKT": orders.lines.invoiced}
        frame = pl.DataFrame(
            {
                "AUFNR": key_of(orders.lines.order[lines]),
                "POS": pl.Series(10 * (orders.lines.place[lines] + 1)).cast(pl.String).str.zfill(3),
                "ARTNR": key(orders.item[lines]),
                "ME": units,
                "PREIS": cents,
                "RABATT": discount * 100,
                "STKZ": _tax(buyers, buyer),
                **{name: quantity[lines] * 100 for name, quantity in quantities.items()},
            }
        ).with_columns(*amounts("MENGE", "MNGLIEF", "MNGFAKT", "PREIS", "RABATT"))
        frame = bed.plant(frame, "unit-notation", "ME", mess[lines], pl.col("ME").replace(codes.ALSO))
        yield frame.select("AUFNR", "POS", "ARTNR", "MENGE", "ME", "PREIS", "RABATT", "STKZ", "MNGLIEF", "MNGFAKT")


def _tax(buyers: Roll, buyer: Ints) -> pl.Series:
    entities = buyers.entities[buyer]
    countries = buyers.parties.countries(entities)
    german = customers.companies(countries, entities) == 2  # noqa: PLR2004 - the second company
    home = np.where(german, countries == _GERMANY, countries == 0)
    code = np.select([countries == BRITAIN, ~home, german], ["EXP", "IGL", "D19"], "V21")
    return pl.Series(code)
