"""Which bins are there, and which zone does an item lie in? Zones are those of the template, the same everywhere."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from lockgate.engines.legacy.chance import Ints
from lockgate.engines.legacy.facts.goods import GROUPS

WAREHOUSES = ("01", "02", "03")
SHARES = (0.5, 0.2, 0.3)
"""Of the lines of stock, by warehouse."""
ZONES = ("P", "S", "C", "Q", "R")
_ZONE_SHARES = (0.25, 0.65, 0.06, 0.02, 0.02)
_ZONE_OF_GROUP = {"10": 0, "30": 0, "75": 0, "50": 2}
"""Pumps, pipes and sets lie in the pallet racks, controls in the cage, all else on the shelves."""
_LEVELS, _MOST_RACKS = 6, 999


@dataclass(frozen=True)
class Bins:
    """All bins, by warehouse and zone."""

    counts: Ints
    """How many there are in each warehouse (row) and zone (column)."""

    @property
    def rows(self) -> int:
        """How many there are in all."""
        return int(self.counts.sum())

    def code(self, warehouses: Ints, zones: Ints, numbers: Ints) -> pl.DataFrame:
        """Return PLATZ, LAGER, ZONE, REGAL and EBENE of numbered bins."""
        levels = np.maximum(_LEVELS, -(-self.counts // _MOST_RACKS))[warehouses, zones]
        return pl.DataFrame(
            {
                "LAGER": pl.Series(WAREHOUSES).gather(warehouses),
                "ZONE": pl.Series(ZONES).gather(zones),
                "REGAL": pl.Series(numbers // levels + 1).cast(pl.String).str.zfill(3),
                "EBENE": pl.Series(numbers % levels + 1).cast(pl.String).str.zfill(2),
            }
        ).with_columns(pl.concat_str("LAGER", "ZONE", "REGAL", "EBENE", separator="-").alias("PLATZ"))

    def all(self, lines: Ints) -> pl.DataFrame:
        """Return the bins in these lines of the list of all bins."""
        ends = np.cumsum(self.counts.ravel())
        place = np.searchsorted(ends, lines, side="right")
        return self.code(place // len(ZONES), place % len(ZONES), lines - (ends - self.counts.ravel())[place])


def bins(stock_lines: int) -> Bins:
    """Return as many bins as so many lines of stock need: some five lines in each."""
    return Bins(np.maximum(4, (np.outer(SHARES, _ZONE_SHARES) * stock_lines / 5).astype(np.int64)))


def zones(groups: Ints, quarantined: Ints) -> Ints:
    """Return the zone of each item by its group; what is in quarantine (1) or came back (2) lies apart."""
    home = np.array([_ZONE_OF_GROUP.get(group.code, 1) for group in GROUPS])[groups]
    return np.where(quarantined == 0, home, 2 + quarantined)
