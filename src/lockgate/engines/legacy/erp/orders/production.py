"""What is Köln assembling right now? `FERTAUF.CSV` and `FERTMAT.CSV`, and the work in progress."""

from collections.abc import Iterator

import numpy as np
import polars as pl

from lockgate.engines.legacy.chance import Ints
from lockgate.engines.legacy.erp.wares import parts as lists_of_parts
from lockgate.engines.legacy.erp.wares.items import Stocklist, key
from lockgate.engines.legacy.erp.wares.parts import PartsList
from lockgate.engines.legacy.facts.house import TODAY
from lockgate.engines.legacy.making import Making, slices
from lockgate.engines.legacy.outlets.german import amounts, days

PLANNED, RELEASED, PARTLY = 0, 1, 2


def key_of(orders: Ints) -> pl.Series:
    """Return the number of each order."""
    return pl.Series(8_000_000 + orders).cast(pl.String).str.zfill(8)


def production(making: Making, listed: Stocklist, lists: PartsList) -> int:
    """Write the open production orders and their right total; return the work in progress in cents."""
    chance, rows = making.chance, making.sizes.of("production")
    numbers = np.arange(rows)
    assembled = np.flatnonzero(lists.assembled)
    chosen = assembled[chance.below("production/list", numbers, len(assembled))]
    stage = chance.choose("production/stage", numbers, (0.3, 0.4, 0.3))
    stage[:3] = (PLANNED, RELEASED, PARTLY)
    ordered = 2 + chance.below("production/quantity", numbers, 9)
    made = np.where(stage == PARTLY, ordered // 2, 0)
    begun = TODAY - 20 + chance.below("production/begin", numbers, 20) + np.where(stage == PLANNED, 25, 0)
    orders = pl.DataFrame(
        {
            "FANR": key_of(numbers),
            "FIRMA": pl.repeat("02", rows, eager=True),
            "STLNR": lists_of_parts.number(chosen),
            "ARTNR": key(lists.made[chosen]),
            "MENGE": ordered * 100,
            "MNGFERT": made * 100,
            "BEGINN": begun,
            "ENDE": begun + 25 + chance.below("production/end", numbers, 40),
            "STAND": pl.Series(["G", "F", "T"]).gather(stage),
        }
    ).with_columns(*amounts("MENGE", "MNGFERT"), *days("BEGINN", "ENDE"))
    making.dump("FERTAUF.CSV", iter([orders]))
    begin = np.searchsorted(lists.of, chosen)
    count = np.searchsorted(lists.of, chosen, side="right") - begin
    order = np.repeat(numbers, count)
    place = np.arange(len(order)) - np.repeat(np.cumsum(count) - count, count)
    line = begin[order] + place
    needed = lists.quantity[line] * ordered[order]
    left = lists.quantity[line] * (ordered - made)[order]
    taken = np.where(stage[order] == PLANNED, 0, np.where(place % 3 == 2, left // 2, left))  # noqa: PLR2004 - every third
    making.dump("FERTMAT.CSV", _parts(lists, order, place, line, np.stack([needed, taken])))
    worth = int((taken * listed.goods.costs(listed.entities[lists.part[line]])).sum())
    making.truth.total("wip", worth, company="02", place="03")
    return worth


def _parts(lists: PartsList, order: Ints, place: Ints, line: Ints, quantities: Ints) -> Iterator[pl.DataFrame]:
    for rows in slices(len(order)):
        yield pl.DataFrame(
            {
                "FANR": key_of(order[rows]),
                "POS": pl.Series(10 * (place[rows] + 1)).cast(pl.String).str.zfill(3),
                "KOMP": key(lists.part[line[rows]]),
                "MNGBED": quantities[0, rows] * 100,
                "MNGENTN": quantities[1, rows] * 100,
            }
        ).with_columns(*amounts("MNGBED", "MNGENTN"))
