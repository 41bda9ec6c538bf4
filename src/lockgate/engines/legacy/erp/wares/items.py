"""What are the items of the old ERP? `ARTIKEL.CSV`, numbered by scheme A: eight digits with zeros in front."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl

from lockgate.engines.legacy.chance import Ints, Mask
from lockgate.engines.legacy.facts.goods import GROUPS, KNOWN
from lockgate.engines.legacy.facts.house import TODAY
from lockgate.engines.legacy.facts.house import UNITS as CODES
from lockgate.engines.legacy.goods.truth import TRACKING, UNITS, Goods
from lockgate.engines.legacy.making import Making, slices
from lockgate.engines.legacy.mess.kinds import KINDS
from lockgate.engines.legacy.mess.planting import Bed, shares
from lockgate.engines.legacy.outlets.german import amount, day

FILE = "ARTIKEL.CSV"
COLUMNS = (
    "ARTNR", "BEZA", "BEZB", "WGRP", "ARTTYP", "ME", "GTIN", "HERST", "HERSTNR", "GEWKG", "EKPREIS", "VKPREIS",
    "CHARGPF", "MHDTAGE", "ZOLLNR", "URSPR", "STATUS", "GEFAHR", "ANLDAT", "TEXT",
)  # fmt: skip


@dataclass(frozen=True)
class Stocklist:
    """Which item stands in which line of the file."""

    goods: Goods
    entities: Ints
    master: Ints
    mess: dict[str, Mask]

    @property
    def rows(self) -> int:
        """How many lines there are."""
        return len(self.entities)

    @property
    def doubled(self) -> Mask:
        """Which lines are duplicates of another one."""
        doubled: Mask = self.master != np.arange(self.rows)
        return doubled


def key(lines: Ints) -> pl.Series:
    """Return the item number of each line."""
    return pl.Series(200_000 + 7 * lines).cast(pl.String).str.zfill(8)


def items(making: Making) -> Stocklist:
    """Write the items and which they are in truth; return which stands in which line."""
    listed = _listed(making, making.sizes.of("items"))
    making.dump(FILE, _slices(making, listed))
    return listed


def _listed(making: Making, rows: int) -> Stocklist:
    """Give lines to items. Those of the template are never entered twice, so that each has one number."""
    chance, goods = making.chance, Goods(making.chance)
    again = max(2, round(rows * KINDS["item-duplicate"].share))
    different = rows - again
    doubles = len(KNOWN) + chance.shuffled("I/doubled", different - len(KNOWN))[:again]
    order = chance.shuffled("I/order", rows)
    entities = np.concatenate([np.arange(different), doubles])[order]
    first = np.empty(different, dtype=np.int64)
    originals = np.flatnonzero(order < different)
    first[entities[originals]] = originals
    master = np.where(order < different, np.arange(rows), first[entities])
    alone = (master == np.arange(rows)) & (entities >= len(KNOWN))
    mess = {
        **chance.allot("I/mess/gtin", alone & goods.kept(entities), shares("gtin-invalid", "gtin-missing")),
        **chance.allot("I/mess/unit", np.ones(rows, dtype=np.bool_), shares("unit-notation")),
        **chance.allot("I/mess/status", alone, shares("obsolete")),
        **chance.allot("I/mess/price", alone, shares("price-placeholder")),
        **chance.allot("I/mess/name", alone, {"item-blanks": KINDS["trailing-blanks"].share}),
        **chance.allot("I/mess/maker", alone, {"maker-placeholder": KINDS["placeholder"].share}),
    }
    return Stocklist(goods, entities, master, mess)


def _slices(making: Making, listed: Stocklist) -> Iterator[pl.DataFrame]:
    bed = making.bed("erp", FILE, "ARTNR")
    for lines in slices(listed.rows):
        known = listed.goods.described(listed.entities[lines])
        frame = _frame(making, listed, known, lines)
        making.truth.add(
            "items",
            known.select(
                pl.lit("erp").alias("system"),
                pl.lit(FILE).alias("file"),
                frame["ARTNR"].alias("record"),
                "entity",
                "template",
            ),
        )
        doubled = listed.doubled[lines]
        bed.mark(frame, "item-duplicate", doubled, column="ARTNR", right=pl.lit(key(listed.master[lines])))
        yield _messed(bed, frame, {name: mask[lines] for name, mask in listed.mess.items()})


def _frame(making: Making, listed: Stocklist, known: pl.DataFrame, lines: Ints) -> pl.DataFrame:
    chance, goods, entities = making.chance, listed.goods, listed.entities[lines]
    groups, doubled = goods.groups(entities), pl.lit(pl.Series(listed.doubled[lines]))
    lots = goods.tracking(entities) == TRACKING.index("C")
    shelf = np.where(lots, np.array([180, 365, 540, 730])[chance.below("I/shelf", entities, 4)], 0)
    name = pl.col("name")
    kinds = pl.Series([group.kind for group in GROUPS])
    codes = pl.Series([group.code for group in GROUPS])
    stored = kinds.is_in(["L", "F"]).gather(groups)
    noted = pl.Series(chance.share("I/noted", lines) < 0.06)  # noqa: PLR2004 - so many have a long text
    text = pl.concat_str(name, pl.lit('\nNur "ab Lager";\nMindestmenge beachten'))
    return known.select(
        pl.lit(key(lines)).alias("ARTNR"),
        pl.when(doubled).then(name.str.to_uppercase().str.replace("VALVE", "VLV")).otherwise(name).alias("BEZA"),
        pl.col("template").alias("BEZB"),
        pl.lit(codes.gather(groups)).alias("WGRP"),
        pl.lit(kinds.gather(groups)).alias("ARTTYP"),
        pl.lit(pl.Series(UNITS).gather(goods.units(entities))).alias("ME"),
        pl.when(pl.lit(stored) & ~(doubled & pl.lit(pl.Series(lines % 2 == 0)))).then("gtin").alias("GTIN"),
        pl.col("maker").alias("HERST"),
        pl.when(doubled).then(pl.col("maker_number").str.replace("-", " ")).otherwise("maker_number").alias("HERSTNR"),
        pl.concat_str((pl.col("grams") // 1000).cast(pl.String), pl.lit(","), _thousandths()).alias("GEWKG"),
        amount(pl.lit(pl.Series(goods.costs(entities)))).alias("EKPREIS"),
        amount(pl.lit(pl.Series(goods.prices(entities)))).alias("VKPREIS"),
        pl.lit(pl.Series(TRACKING).gather(goods.tracking(entities))).alias("CHARGPF"),
        pl.lit(pl.Series(shelf)).cast(pl.String).replace("0", None).alias("MHDTAGE"),
        pl.lit(pl.Series(["84137000", "84818000", "39173900", "73181500", "85371000"]).gather(groups % 5)).alias(
            "ZOLLNR"
        ),
        pl.lit(pl.Series(["DE", "NL", "IT", "CN", "GB", "PL"]).gather(chance.below("I/origin", entities, 6))).alias(
            "URSPR"
        ),
        pl.lit("A").alias("STATUS"),
        pl.when(pl.lit(pl.Series(lots))).then(pl.lit("J")).alias("GEFAHR"),
        day(pl.lit(pl.Series(chance.between("I/began", lines, TODAY - 8000, TODAY - 20)))).alias("ANLDAT"),
        pl.when(pl.lit(noted)).then(text).alias("TEXT"),
    )


def _thousandths() -> pl.Expr:
    return (pl.col("grams") % 1000).cast(pl.String).str.zfill(3)


def _messed(bed: Bed, frame: pl.DataFrame, mess: dict[str, Mask]) -> pl.DataFrame:
    """Return the slice with its mess; the GTIN of a service is empty rightly, so only what has one can lose it."""
    has_gtin = frame["GTIN"].is_not_null().to_numpy()
    last = pl.col("GTIN").str.slice(12).replace(dict(zip("0123456789", "5678901234", strict=True)))
    wrong = pl.concat_str(pl.col("GTIN").str.slice(0, 12), last)
    frame = bed.plant(frame, "gtin-invalid", "GTIN", mess["gtin-invalid"] & has_gtin, wrong)
    gone = pl.lit(None, dtype=pl.String)
    frame = bed.plant(frame, "gtin-missing", "GTIN", mess["gtin-missing"] & has_gtin, gone)
    others = {unit.code: unit.also[0] for unit in CODES}
    frame = bed.plant(frame, "unit-notation", "ME", mess["unit-notation"], pl.col("ME").replace(others))
    frame = bed.plant(frame, "trailing-blanks", "BEZA", mess["item-blanks"], pl.concat_str("BEZA", pl.lit("  ")))
    frame = bed.plant(frame, "placeholder", "HERSTNR", mess["maker-placeholder"], pl.lit("99999"))
    frame = bed.plant(frame, "price-placeholder", "VKPREIS", mess["price-placeholder"], pl.lit("99.999,00"))
    frame = frame.with_columns(
        pl.when(pl.Series(mess["obsolete"])).then(pl.lit("O")).otherwise("STATUS").alias("STATUS")
    )
    bed.mark(frame, "obsolete", mess["obsolete"], column="STATUS")
    return frame
