"""Which codes does the old ERP list itself? `ZAHLBED.CSV`, `STEUER.CSV` and the units of each item, `MENGEH.CSV`."""

from collections.abc import Iterator

import numpy as np
import polars as pl

from lockgate.engines.legacy.chance import Ints, Mask
from lockgate.engines.legacy.erp.wares.items import Stocklist, key
from lockgate.engines.legacy.facts.goods import GROUPS
from lockgate.engines.legacy.facts.house import TAXES, TERMS, UNITS
from lockgate.engines.legacy.making import Making, slices

ALSO = {unit.code: unit.also[-1] for unit in UNITS}
"""What people typed instead of a unit."""
_FACTOR = {unit.code: unit.factor for unit in UNITS}


def codes(making: Making, listed: Stocklist) -> None:
    """Write the three tables."""
    terms = [{"ZAHLB": term.code, "BEZ": term.text, "TAGE": str(term.days)} for term in TERMS]
    making.dump("ZAHLBED.CSV", iter([pl.DataFrame(terms)]))
    taxes = [{"FIRMA": tax.company, "STKZ": tax.code, "SATZ": f"{tax.percent},00", "BEZ": tax.text} for tax in TAXES]
    making.dump("STEUER.CSV", iter([pl.DataFrame(taxes)]))
    making.dump("MENGEH.CSV", _units(making, listed))


def packs(listed: Stocklist, lines: Ints) -> pl.Series:
    """Return the other unit in which the item of each line is handled, or nothing."""
    entities = listed.entities[lines]
    pack = pl.Series([group.pack or None for group in GROUPS]).gather(listed.goods.groups(entities))
    by_piece = listed.goods.units(entities) == 0
    coil_of_pieces = (pack == "RO") & pl.Series(by_piece)
    return pack.set(coil_of_pieces.fill_null(value=False), None)


def factors(units: pl.Series) -> Ints:
    """Return how many base units each unit has; 1 for none."""
    return units.replace_strict(_FACTOR, default=1, return_dtype=pl.Int64).to_numpy()


def _units(making: Making, listed: Stocklist) -> Iterator[pl.DataFrame]:
    for lines in slices(listed.rows):
        pack = packs(listed, lines)
        valve = (pack == "KT").fill_null(value=False).to_numpy()
        dozen = making.chance.share("units/dozen", lines) < 0.2  # noqa: PLR2004 - so many are sold by the dozen
        pallet = valve & (making.chance.share("units/pallet", lines) < 0.1)  # noqa: PLR2004 - so many by the pallet
        boxed = (pack.is_not_null() & (pack != "RO")).to_numpy()
        frames = [
            _rows(lines, pack, pack.is_not_null().to_numpy()),
            _rows(lines, pl.repeat("DZ", len(lines), eager=True), dozen & boxed),
            _rows(lines, pl.repeat("PA", len(lines), eager=True), pallet),
        ]
        yield pl.concat(frames).sort("ARTNR", "ME")


def _rows(lines: Ints, units: pl.Series, where: Mask) -> pl.DataFrame:
    mask = pl.Series(where)
    frame = pl.DataFrame({"ARTNR": key(lines), "ME": units, "ZAEHL": pl.Series(factors(units)).cast(pl.String)})
    return frame.with_columns(pl.lit("1").alias("NENN")).filter(mask)


def base_units(listed: Stocklist, lines: Ints) -> pl.Series:
    """Return the base unit of the item of each line."""
    return pl.Series(["ST", "M", "STD"]).gather(listed.goods.units(listed.entities[lines]))


def chosen_units(listed: Stocklist, lines: Ints, packed: Mask) -> tuple[pl.Series, Ints]:
    """Return the unit of each line, the pack where it is wanted and there is one, and its factor."""
    pack = packs(listed, lines).set(pl.Series(~packed), None)
    units = pl.select(pl.coalesce(pl.lit(pack), pl.lit(base_units(listed, lines)))).to_series()
    return units, np.asarray(factors(units))
