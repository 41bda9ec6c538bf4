"""What does the workbook of the warehouse system say? `BESTAND.XLSX`, and what the stock is worth in truth."""

from collections.abc import Iterator

import numpy as np
import polars as pl

from lockgate.engines.legacy.chance import Ints
from lockgate.engines.legacy.erp.wares.items import Stocklist
from lockgate.engines.legacy.erp.wares.items import key as item_key
from lockgate.engines.legacy.facts.house import TODAY, UNITS, WAREHOUSE_COMPANY
from lockgate.engines.legacy.goods.truth import TRACKING
from lockgate.engines.legacy.goods.truth import UNITS as BASE_UNITS
from lockgate.engines.legacy.making import Making, slices
from lockgate.engines.legacy.outlets.german import day
from lockgate.engines.legacy.outlets.workbook import Cell, Workbook
from lockgate.engines.legacy.wms.bins import WAREHOUSES, Bins, bins, zones
from lockgate.engines.legacy.wms.holding import Holding, held

FILE = "BESTAND.XLSX"
STOCK, COUNT, BINS, OLD = "Bestand", "Zählung", "Plätze", "Alt_2019"
_STOCK = {
    "ZEILE": Cell.TEXT,
    "LAGER": Cell.TEXT,
    "PLATZ": Cell.TEXT,
    "ARTNR": Cell.TEXT,
    "CHARGE": Cell.TEXT,
    "MHD": Cell.DATE,
    "MENGE": Cell.NUMBER,
    "ME": Cell.TEXT,
    "STATUS": Cell.TEXT,
    "ZUGANG": Cell.DATE,
}
_COUNT = {
    **dict.fromkeys(("ZEILE", "LAGER", "PLATZ", "ARTNR", "CHARGE"), Cell.TEXT),
    "GEZAEHLT": Cell.NUMBER,
    "AM": Cell.TEXT,
    "VON": Cell.TEXT,
}
_BINS = dict.fromkeys(("PLATZ", "LAGER", "ZONE", "REGAL", "EBENE", "GESPERRT"), Cell.TEXT)
_COUNTED_ON = TODAY - 2


def stock(making: Making, listed: Stocklist) -> Ints:
    """Write the workbook and what the stock is worth; return its worth in cents by warehouse."""
    holding = held(making, listed)
    places = bins(holding.rows)
    with Workbook(making.folder / "wms" / FILE, making.told) as book:
        book.sheet(STOCK, "Bestandsliste vom 31.08.2026, alle Lager", _STOCK, _stock(making, listed, holding, places))
        book.sheet(COUNT, "Zählung 29.08.2026; nicht löschen!", _COUNT, _count(making, listed, holding, places))
        book.sheet(BINS, "Platzverzeichnis", _BINS, _bins(making, places))
        book.sheet(OLD, "Bestandsliste vom 31.12.2019", _STOCK, _old(making, listed, holding, places), hidden=True)
    return _worth(making, listed, holding)


def _line(lines: Ints) -> pl.Series:
    return pl.Series(lines + 1).cast(pl.String).str.zfill(7)


def _plain(making: Making, listed: Stocklist, holding: Holding, places: Bins, lines: Ints) -> pl.DataFrame:
    """Return a slice of the stock as it is written, with `LOT`: what the lot or serial number is in truth."""
    chance, entity = making.chance, holding.entity[lines]
    apart, warehouse = holding.apart[lines], holding.warehouse[lines]
    zone = zones(listed.goods.groups(entity), apart)
    number = chance.below("stock/bin", lines, places.counts[warehouse, zone])
    tracking = pl.Series(TRACKING).gather(listed.goods.tracking(entity))
    own = pl.Series(holding.source[lines] + 1).cast(pl.String).str.zfill(8)
    came = TODAY - 1 - chance.below("stock/came", lines, 700)
    expired = holding.mess["lot-expired"][lines]
    left = chance.between("stock/left", lines, 20, 700)
    lots = (tracking == "C").to_numpy()
    expires = TODAY + np.where(expired, -(left // 4) - 1, left)
    return (
        places.code(warehouse, zone, number)
        .select(
            pl.lit(_line(lines)).alias("ZEILE"),
            "LAGER",
            "PLATZ",
            pl.lit(item_key(holding.item[lines])).alias("ARTNR"),
            pl.when(pl.lit(tracking) == "S")
            .then(pl.concat_str(pl.lit("SN"), pl.lit(own)))
            .when(pl.lit(tracking) == "C")
            .then(pl.concat_str(pl.lit("L"), pl.lit(own)))
            .alias("LOT"),
            pl.when(pl.lit(pl.Series(lots))).then(pl.lit(pl.Series(expires))).alias("MHD"),
            pl.lit(pl.Series(holding.quantity[lines])).alias("MENGE"),
            pl.lit(pl.Series([unit.code for unit in UNITS]).gather(holding.unit[lines])).alias("ME"),
            pl.lit(pl.Series(["F", "Q", "R"]).gather(apart)).alias("STATUS"),
            pl.lit(pl.Series(came)).alias("ZUGANG"),
            pl.lit(pl.Series(holding.mess["lot-missing"][lines] | holding.mess["serial-missing"][lines])).alias("bare"),
            pl.lit(pl.Series(BASE_UNITS).gather(listed.goods.units(entity))).alias("base unit"),
            pl.lit(pl.Series(holding.base_quantity[lines])).alias("base quantity"),
        )
        .with_columns(pl.when("bare").then(None).otherwise("LOT").alias("CHARGE"))
    )


def _stock(making: Making, listed: Stocklist, holding: Holding, places: Bins) -> Iterator[pl.DataFrame]:
    bed = making.bed("wms", STOCK, "ZEILE")
    for lines in slices(holding.rows):
        frame = _plain(making, listed, holding, places, lines)
        mess = {name: mask[lines] for name, mask in holding.mess.items()}
        bed.mark(frame, "stock-unit", mess["stock-unit"], column="ME", right=pl.col("base unit"))
        bed.mark(frame, "stock-unit", mess["stock-unit"], column="MENGE", right=pl.col("base quantity"))
        bed.mark(frame, "negative-stock", mess["negative-stock"], column="MENGE")
        bed.mark(frame, "serial-twice", mess["serial-twice"], column="CHARGE")
        bed.mark(frame, "serial-missing", mess["serial-missing"], column="CHARGE", right=pl.col("LOT"))
        bed.mark(frame, "lot-missing", mess["lot-missing"], column="CHARGE", right=pl.col("LOT"))
        expires = pl.col("MHD").cast(pl.Int32).cast(pl.Date).cast(pl.String)
        bed.mark(frame.with_columns(expires), "lot-expired", mess["lot-expired"], column="MHD")
        bed.mark(frame, "obsolete-stock", mess["obsolete-stock"], column="ARTNR")
        yield frame.select(list(_STOCK))


def _count(making: Making, listed: Stocklist, holding: Holding, places: Bins) -> Iterator[pl.DataFrame]:
    bed = making.bed("wms", COUNT, "ZEILE")
    for lines in slices(holding.rows):
        frame = _plain(making, listed, holding, places, lines).with_columns(
            pl.Series("GEZAEHLT", holding.counted[lines]),
            day(pl.lit(_COUNTED_ON)).alias("AM"),
            pl.Series("VON", ["dw", "el", "gl", "jk"])
            .gather(making.chance.below("stock/counter", lines, 4))
            .alias("VON"),
        )
        bed.mark(frame, "count-differs", holding.mess["count-differs"][lines], column="GEZAEHLT", right=pl.col("MENGE"))
        yield frame.select(list(_COUNT))


def _bins(making: Making, places: Bins) -> Iterator[pl.DataFrame]:
    for lines in slices(places.rows):
        locked = making.chance.share("stock/locked", lines) < 0.01  # noqa: PLR2004 - so many may not be used
        frame = places.all(lines)
        yield frame.with_columns(pl.when(pl.Series(locked)).then(pl.lit("J")).alias("GESPERRT")).select(list(_BINS))


def _old(making: Making, listed: Stocklist, holding: Holding, places: Bins) -> Iterator[pl.DataFrame]:
    """Yield what nobody deleted: the first lines with other quantities, received long ago."""
    frame = _plain(making, listed, holding, places, np.arange(min(holding.rows, 500)))
    yield frame.with_columns(pl.col("MENGE") * 3, pl.col("ZUGANG") - 2500).select(list(_STOCK))


def _worth(making: Making, listed: Stocklist, holding: Holding) -> Ints:
    cents = holding.base_quantity * listed.goods.costs(holding.entity)
    loadable = ~(holding.mess["negative-stock"] | holding.mess["serial-twice"])
    by_warehouse = np.zeros(len(WAREHOUSES), dtype=np.int64)
    for place, code in enumerate(WAREHOUSES):
        there = holding.warehouse == place
        by_warehouse[place] = cents[there].sum()
        making.truth.total("stock", by_warehouse[place], company=WAREHOUSE_COMPANY[code], place=code)
        some = int(cents[there & loadable].sum())
        making.truth.total("stock-loadable", some, company=WAREHOUSE_COMPANY[code], place=code)
    return by_warehouse
