"""Of what are kits and sets made, and how? `STUELI.CSV` and `ARBPLAN.CSV`."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl

from lockgate.engines.legacy.chance import Ints
from lockgate.engines.legacy.erp.wares import codes
from lockgate.engines.legacy.erp.wares.items import Stocklist, key
from lockgate.engines.legacy.facts.goods import GROUPS, KNOWN
from lockgate.engines.legacy.making import Making, slices
from lockgate.engines.legacy.mess.planting import deleted, shares
from lockgate.engines.legacy.outlets.german import amounts

PARTS, OPERATIONS = "STUELI.CSV", "ARBPLAN.CSV"
_KITS, _SETS = (tuple(group.code for group in GROUPS).index(code) for code in ("70", "75"))
TEMPLATE = {
    "KIT-CEL": {"PMP-D05": 1, "HOS-19": 10, "FST-C19": 2, "VLV-C25": 1},
    "KIT-GAR": {"PMP-C10": 1, "HOS-13": 25, "FST-C13": 4},
    "KIT-MNT": {"FST-M10": 4, "FST-N10": 4, "FST-A10": 4},
    "ASM-B2": {"PMP-C20": 2, "CTL-N2": 1, "VLV-B50": 4, "PIP-CU22": 3},
}
"""What the template makes its kits and its set of."""


@dataclass(frozen=True)
class PartsList:
    """All lists of parts, one line for each part."""

    made: Ints
    """The line of the item that is made, for each list."""
    assembled: np.ndarray[tuple[int], np.dtype[np.bool_]]
    """Which lists are of sets that Köln assembles; the others are kits."""
    of: Ints
    """The list of each line."""
    place: Ints
    part: Ints
    """The line of the item that is the part."""
    quantity: Ints
    """In base units, for one."""


def number(lists: Ints) -> pl.Series:
    """Return the number of each list."""
    return pl.Series(100_000 + lists).cast(pl.String)


def parts(making: Making, listed: Stocklist) -> PartsList:
    """Write the lists of parts and the operations; return the lists as they are in truth."""
    lists = _lists(making, listed)
    making.dump(PARTS, _parts(making, listed, lists))
    making.dump(OPERATIONS, _operations(making, lists))
    return lists


def _lists(making: Making, listed: Stocklist) -> PartsList:
    chance, goods = making.chance, listed.goods
    groups = goods.groups(listed.entities)
    made = np.flatnonzero(np.isin(groups, (_KITS, _SETS)) & ~listed.doubled)
    known = listed.entities[made] < len(KNOWN)
    count = np.where(known, 0, chance.between("parts/count", made, 2, 6))
    of = np.repeat(np.arange(len(made)), count)
    place = np.arange(len(of)) - np.repeat(np.cumsum(count) - count, count)
    pool = np.flatnonzero(np.isin(groups, (0, 1, 2, 3, 4)) & goods.kept(listed.entities) & ~listed.mess["obsolete"])
    # a part stands once in a list: places are far enough apart in the pool
    start = chance.below("parts/start", of, len(pool))
    part = pool[(start + place * (len(pool) // 7)) % len(pool)]
    quantity = 1 + chance.below("parts/quantity", np.arange(len(of)), 4)
    fixed = _of_template(listed, made)
    whole = np.concatenate([np.stack([of, place, part, quantity]), fixed], axis=1)
    whole = whole[:, np.lexsort((whole[1], whole[0]))]
    return PartsList(made, groups[made] == _SETS, *whole)


def _of_template(listed: Stocklist, made: Ints) -> Ints:
    """Return list, place, part and quantity of what the template makes."""
    place_of = {item.code: place for place, item in enumerate(KNOWN)}
    line_of = {int(entity): line for line, entity in enumerate(listed.entities) if entity < len(KNOWN)}
    list_of = {int(line): place for place, line in enumerate(made)}
    rows = [
        (list_of[line_of[place_of[code]]], place, line_of[place_of[part]], quantity)
        for code, needed in TEMPLATE.items()
        for place, (part, quantity) in enumerate(needed.items())
    ]
    return np.array(rows, dtype=np.int64).T


def _parts(making: Making, listed: Stocklist, lists: PartsList) -> Iterator[pl.DataFrame]:
    made_up = listed.entities[lists.made[lists.of]] >= len(KNOWN)
    mess = making.chance.allot("parts/mess", made_up, shares("part-missing", "part-zero"))
    bed = making.bed("erp", PARTS, "STLNR", "POS")
    for lines in slices(len(lists.of)):
        of, part = lists.of[lines], lists.part[lines]
        frame = pl.DataFrame(
            {
                "STLNR": number(of),
                "ARTNR": key(lists.made[of]),
                "STLART": pl.Series(np.where(lists.assembled[of], "F", "S")),
                "POS": pl.Series(10 * (lists.place[lines] + 1)).cast(pl.String).str.zfill(3),
                "KOMP": key(part),
                "MENGE": lists.quantity[lines] * 100,
                "ME": codes.base_units(listed, part),
            }
        ).with_columns(*amounts("MENGE"))
        gone = deleted("KOMP")
        frame = bed.plant(frame, "part-missing", "KOMP", mess["part-missing"][lines], gone)
        yield bed.plant(frame, "part-zero", "MENGE", mess["part-zero"][lines], pl.lit("0,00"))


def _operations(making: Making, lists: PartsList) -> Iterator[pl.DataFrame]:
    sets = np.flatnonzero(lists.assembled)
    steps = ((10, "BENCH", "Assemble", 60, 150), (20, "RIG", "Test under pressure", 20, 45))
    frames = [
        pl.DataFrame(
            {
                "STLNR": number(sets),
                "AVO": f"{place:03}",
                "ARBPL": where,
                "BEZ": what,
                "MINUTEN": making.chance.between(f"parts/{where}", sets, low, high) * 100,
            }
        ).with_columns(*amounts("MINUTEN"))
        for place, where, what, low, high in steps
    ]
    yield pl.concat(frames).sort("STLNR", "AVO")
