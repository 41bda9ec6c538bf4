"""What is an item in truth? Its group, name, numbers, cost and price, as a function of its number alone.

The first numbers are the items of the template, in the order of `KNOWN`; the others are made up by group.
"""

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import polars as pl

from lockgate.engines.legacy.chance import Chance, Ints, Mask
from lockgate.engines.legacy.facts.goods import GROUPS, KNOWN, MAKERS

CODES = tuple(group.code for group in GROUPS)
UNITS = ("ST", "M", "STD")
TRACKING = ("", "S", "C")
_KNOWN_GROUPS = np.array([CODES.index(item.group) for item in KNOWN])
_COSTS = np.array([group.cost for group in GROUPS])
_GRAMS = np.array([group.grams for group in GROUPS])
_T = TypeVar("_T", bound=np.generic)


@dataclass(frozen=True)
class Goods:
    """All items there could be; those with the same number are the same item."""

    chance: Chance

    def ids(self, entities: Ints) -> pl.Series:
        """Return what each one is called in the truth."""
        return "I" + pl.Series(entities).cast(pl.String).str.zfill(8)

    def groups(self, entities: Ints) -> Ints:
        """Return the place of each one's group in `GROUPS`."""
        made = self.chance.choose("I/group", entities, tuple(group.share for group in GROUPS))
        return _with_known(entities, _KNOWN_GROUPS, made)

    def units(self, entities: Ints) -> Ints:
        """Return the place of each one's base unit in `UNITS`."""
        made = np.array([UNITS.index(group.unit) for group in GROUPS])[self.groups(entities)]
        known = np.array([UNITS.index(item.unit or GROUPS[CODES.index(item.group)].unit) for item in KNOWN])
        return _with_known(entities, known, made)

    def tracking(self, entities: Ints) -> Ints:
        """Return how each one is tracked, as its place in `TRACKING`."""
        return np.array([TRACKING.index(group.tracking) for group in GROUPS])[self.groups(entities)]

    def kept(self, entities: Ints) -> Mask:
        """Return which of them lie in a warehouse."""
        stored = np.array([group.kind in {"L", "F"} for group in GROUPS])[self.groups(entities)]
        bulky = np.array([item.code.startswith("DRP-") for item in KNOWN])
        kept: Mask = _with_known(entities, ~bulky, np.ones(len(entities), dtype=np.bool_)) & stored
        return kept

    def costs(self, entities: Ints) -> Ints:
        """Return what each one costs, in cents by its base unit; even for what is kept by the metre."""
        low, high = _COSTS[self.groups(entities)].T
        made = low + self.chance.skewed("I/cost", entities, high - low)
        made = np.where(self.units(entities) == UNITS.index("M"), made + made % 2, made)
        return _with_known(entities, np.array([item.cost for item in KNOWN]), made)

    def prices(self, entities: Ints) -> Ints:
        """Return the list price of each one in cents."""
        margin = self.chance.between("I/margin", entities, 135, 230)
        made = np.maximum(self.costs(entities) * margin // 100, self.costs(entities) + 1)
        return _with_known(entities, np.array([item.price for item in KNOWN]), made)

    def described(self, entities: Ints) -> pl.DataFrame:
        """Return one row for each: entity, template, name, gtin, maker, maker_number, grams."""
        groups = self.groups(entities)
        maker = pl.Series(MAKERS).gather(self.chance.below("I/maker", entities, len(MAKERS)))
        number = pl.Series(10_000 + entities * 3)
        low, high = _GRAMS[groups].T
        grams = low + self.chance.below("I/grams", entities, high - low + 1)
        known = pl.Series([item.name for item in KNOWN])
        codes = pl.Series([item.code for item in KNOWN])
        is_known = entities < len(KNOWN)
        place = np.minimum(entities, len(KNOWN) - 1)
        return pl.DataFrame({"entity": self.ids(entities), "known": is_known, "maker": maker}).with_columns(
            pl.when("known").then(pl.lit(codes.gather(place))).alias("template"),
            pl.when("known").then(pl.lit(known.gather(place))).otherwise(pl.lit(self._names(entities))).alias("name"),
            _gtin(entities).alias("gtin"),
            pl.concat_str(pl.col("maker"), pl.lit("-"), number.cast(pl.String)).alias("maker_number"),
            pl.Series("grams", _with_known(entities, np.array([item.grams for item in KNOWN]), grams)),
        )

    def _names(self, entities: Ints) -> pl.Series:
        groups = self.groups(entities)
        model = pl.Series([group.letter for group in GROUPS]).gather(groups) + pl.Series(1000 + entities).cast(
            pl.String
        )
        words = [
            _take(lists, groups, self.chance.below(f"I/{question}", entities, 1 << 40))
            for question, lists in (
                ("noun", [group.nouns for group in GROUPS]),
                ("size", [group.sizes for group in GROUPS]),
                ("make", [group.makes for group in GROUPS]),
            )
        ]
        return words[0] + " " + model + " " + words[1] + " " + words[2]


def _take(lists: list[tuple[str, ...]], groups: Ints, numbers: Ints) -> pl.Series:
    counts = np.array([len(each) for each in lists])
    starts = np.cumsum(counts) - counts
    return pl.Series([word for each in lists for word in each]).gather(starts[groups] + numbers % counts[groups])


def _with_known(
    entities: Ints, known: np.ndarray[tuple[int], np.dtype[_T]], made: np.ndarray[tuple[int], np.dtype[_T]]
) -> np.ndarray[tuple[int], np.dtype[_T]]:
    """Return what is made up, but for the items of the template what is known of them."""
    return np.where(entities < len(known), known[np.minimum(entities, len(known) - 1)], made)


def _gtin(entities: Ints) -> pl.Series:
    """Return a GTIN with a check digit that is right, which no other item has."""
    body = 540_000_000_000 + entities * 2_147_483_647 % 10_000_000_000
    digits = body[:, None] // 10 ** np.arange(11, -1, -1) % 10
    check = (10 - (digits * np.array([1, 3] * 6)).sum(axis=1) % 10) % 10
    return pl.Series(body * 10 + check).cast(pl.String)
