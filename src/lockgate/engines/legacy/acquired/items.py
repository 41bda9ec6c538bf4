"""What did the acquired firm sell, and what is left of it? Items by scheme B, and the stock of them."""

from collections.abc import Iterator

import numpy as np
import polars as pl

from lockgate.engines.legacy.acquired.overlap import Overlap, lines_in_erp, overlap
from lockgate.engines.legacy.chance import Ints, Mask
from lockgate.engines.legacy.erp.wares.items import Stocklist
from lockgate.engines.legacy.erp.wares.items import key as erp_key
from lockgate.engines.legacy.facts.house import TODAY
from lockgate.engines.legacy.goods.truth import TRACKING, Goods
from lockgate.engines.legacy.making import Making, slices
from lockgate.engines.legacy.mess.planting import shares

ITEM = {
    "sku": "TEXT",
    "description": "TEXT",
    "gtin": "TEXT",
    "maker": "TEXT",
    "maker_number": "TEXT",
    "unit": "TEXT",
    "cost_cents": "INTEGER",
    "price_cents": "INTEGER",
    "tracking": "TEXT",
    "active": "INTEGER",
}
STOCK = {
    "stock_id": "INTEGER",
    "sku": "TEXT",
    "place": "TEXT",
    "lot": "TEXT",
    "expires_on": "TEXT",
    "quantity": "INTEGER",
}
PREFIXES = ("PMP", "VLV", "HOS", "FST", "CTL", "CHM", "KIT", "ASM", "SRV", "CHG")
"""By the place of the group in `GROUPS`."""


def which(making: Making, listed: Stocklist) -> Overlap:
    """Return which item stands in which row of `item`."""
    known = int(listed.entities.max()) + 1
    return overlap(making.chance, "acquired/item", making.sizes.of("acquired items"), known)


def sku(goods: Goods, found: Overlap, rows: Ints) -> pl.Series:
    """Return the item number of each row."""
    prefix = pl.Series(PREFIXES).gather(goods.groups(found.entities[rows]))
    return prefix + "-" + pl.Series(1000 + rows).cast(pl.String).str.zfill(5)


def costs(making: Making, goods: Goods, found: Overlap, rows: Ints) -> Ints:
    """Return what each item cost the acquired firm, in cents: nearly what it costs the others."""
    percent = making.chance.between("acquired/item/cost", rows, 95, 108)
    cents: Ints = np.maximum(1, goods.costs(found.entities[rows]) * percent // 100)
    return cents


def items(making: Making, listed: Stocklist, found: Overlap) -> Iterator[pl.DataFrame]:
    """Yield the items with their mess, and keep which they are. Whoever lost the GTIN has the maker's number."""
    chance, goods = making.chance, listed.goods
    bed = making.bed("acquired", "item", "sku")
    has_gtin = goods.kept(found.entities)
    mess = chance.allot("acquired/item/gtin", has_gtin & ~found.doubled, shares("gtin-invalid", "gtin-missing"))
    mess |= chance.allot("acquired/item/status", np.ones(found.rows, dtype=np.bool_), shares("obsolete"))
    for rows in slices(found.rows):
        frame = _item_frame(making, goods, found, rows, has_gtin[rows])
        making.truth.add(
            "items",
            frame.select(
                pl.lit("acquired").alias("system"),
                pl.lit("item").alias("file"),
                pl.col("sku").alias("record"),
                "entity",
                "template",
            ),
        )
        shared = found.shared[rows]
        there = np.zeros(len(rows), dtype=np.int64)
        there[shared] = lines_in_erp(listed.entities, listed.master, found.entities[rows][shared])
        bed.mark(frame, "duplicate-across", shared, column="sku", right=pl.lit(erp_key(there)))
        master = pl.lit(sku(goods, found, found.master[rows]))
        bed.mark(frame, "item-duplicate", found.doubled[rows], column="sku", right=master)
        last = pl.col("gtin").str.slice(12).replace(dict(zip("0123456789", "5678901234", strict=True)))
        wrong = pl.concat_str(pl.col("gtin").str.slice(0, 12), last)
        frame = bed.plant(frame, "gtin-invalid", "gtin", mess["gtin-invalid"][rows], wrong)
        frame = bed.plant(frame, "gtin-missing", "gtin", mess["gtin-missing"][rows], pl.lit(None, dtype=pl.String))
        old = pl.Series(mess["obsolete"][rows])
        frame = frame.with_columns(pl.when(old).then(0).otherwise(1).alias("active"))
        bed.mark(frame, "obsolete", mess["obsolete"][rows], column="active")
        yield frame


def _item_frame(making: Making, goods: Goods, found: Overlap, rows: Ints, has_gtin: Mask) -> pl.DataFrame:
    entities = found.entities[rows]
    known = goods.described(entities)
    nearly = pl.lit(pl.Series(found.shared[rows] | found.doubled[rows]))
    other = pl.col("name").str.replace("valve", "vlv.").str.replace("pump", "pmp.").str.replace("stainless", "inox")
    price = goods.prices(entities) * making.chance.between("acquired/item/price", rows, 92, 110) // 100
    return known.select(
        pl.lit(sku(goods, found, rows)).alias("sku"),
        "entity",
        "template",
        pl.when(nearly).then(other).otherwise("name").alias("description"),
        pl.when(pl.Series(has_gtin)).then("gtin").alias("gtin"),
        "maker",
        pl.when(nearly)
        .then(pl.col("maker_number").str.replace("-", ""))
        .otherwise("maker_number")
        .alias("maker_number"),
        pl.lit(pl.Series(["pc", "m", "h"]).gather(goods.units(entities))).alias("unit"),
        pl.lit(pl.Series(costs(making, goods, found, rows))).alias("cost_cents"),
        pl.lit(pl.Series(np.maximum(1, price))).alias("price_cents"),
        pl.lit(pl.Series(["none", "serial", "lot"]).gather(goods.tracking(entities))).alias("tracking"),
    )


def held(making: Making, goods: Goods, found: Overlap) -> tuple[Ints, Ints]:
    """Return the row of the item of each line of stock, and its quantity."""
    lines = np.arange(making.sizes.of("acquired stock"))
    pool = np.flatnonzero(goods.kept(found.entities))
    item = pool[making.chance.below("acquired/stock/item", lines, len(pool))]
    serial = goods.tracking(found.entities[item]) == TRACKING.index("S")
    return item, np.where(serial, 1, making.chance.between("acquired/stock/quantity", lines, 1, 60))


def stock(making: Making, goods: Goods, found: Overlap) -> Iterator[pl.DataFrame]:
    """Yield the stock."""
    item, quantity = held(making, goods, found)
    chance = making.chance
    for lines in slices(len(item)):
        tracking = goods.tracking(found.entities[item[lines]])
        number = pl.Series(lines + 1).cast(pl.String).str.zfill(6)
        mark = pl.Series(["", "KS", "KL"]).gather(tracking)
        expires = pl.Series(TODAY + chance.between("acquired/stock/left", lines, -30, 600)).cast(pl.Int32).cast(pl.Date)
        shelf = pl.Series(chance.between("acquired/stock/shelf", lines, 1, 40)).cast(pl.String).str.zfill(2)
        yield pl.DataFrame(
            {
                "stock_id": lines + 1,
                "sku": sku(goods, found, item[lines]),
                "place": "K-" + shelf,
                "lot": (mark + number).set(pl.Series(tracking == 0), None),
                "expires_on": expires.cast(pl.String).set(pl.Series(tracking != TRACKING.index("C")), None),
                "quantity": quantity[lines],
            }
        )


def worth(making: Making, goods: Goods, found: Overlap) -> int:
    """Return what the stock is worth in cents."""
    item, quantity = held(making, goods, found)
    return int((quantity * costs(making, goods, found, item)).sum())
