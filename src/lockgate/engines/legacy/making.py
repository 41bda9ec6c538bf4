"""What does each part of the generator get? The chance, the sizes, where to write, and whom to tell how far it is."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import polars as pl

from lockgate.engines.legacy.chance import Chance, Ints
from lockgate.engines.legacy.mess.planting import Bed
from lockgate.engines.legacy.outlets.dump import Dump
from lockgate.engines.legacy.outlets.truth import Truth
from lockgate.engines.legacy.parties.truth import CUSTOMERS, SUPPLIERS, Parties
from lockgate.engines.legacy.sizes import Sizes

SLICE = 100_000
"""So many rows are in memory as text at once."""


@dataclass(frozen=True)
class Making:
    """Everything that a part needs to make its files."""

    chance: Chance
    sizes: Sizes
    folder: Path
    truth: Truth
    told: Callable[[str, int], None]
    """Takes the name of a file and how many rows were written to it just now."""

    @cached_property
    def customers(self) -> Parties:
        """Everybody who could be a customer."""
        return Parties(self.chance, CUSTOMERS, (0.45, 0.1, 0.08, 0.03, 0.3, 0.04), "C")

    @cached_property
    def suppliers(self) -> Parties:
        """Everybody who could be a supplier."""
        return Parties(self.chance, SUPPLIERS, (0.3, 0.18, 0.12, 0.02, 0.32, 0.06), "S")

    def bed(self, system: str, file: str, *key: str) -> Bed:
        """Return where mess of a file is planted; the key names its records."""
        return Bed(system, file, key, self.truth.defect)

    def dump(self, name: str, slices: Iterator[pl.DataFrame]) -> int:
        """Write a dump of the old ERP; return its number of rows."""
        with Dump(self.folder / "erp" / name) as dump:
            for frame in slices:
                dump.add(frame)
                self.told(name, frame.height)
            return dump.rows


def slices(rows: int) -> Iterator[Ints]:
    """Yield the lines of a table in slices that fit into memory."""
    for begin in range(0, rows, SLICE):
        yield np.arange(begin, min(begin + SLICE, rows))
