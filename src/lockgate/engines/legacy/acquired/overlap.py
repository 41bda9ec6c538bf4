"""Which records of the acquired firm are in the old ERP as well, and which are there twice?"""

from dataclasses import dataclass

import numpy as np

from lockgate.engines.legacy.chance import Chance, Ints, Mask
from lockgate.engines.legacy.mess.kinds import KINDS


@dataclass(frozen=True)
class Overlap:
    """Who stands in each row of a table of the acquired firm."""

    entities: Ints
    shared: Mask
    """Which rows are in the old ERP as well."""
    master: Ints
    """The row of the first record of the same entity."""

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return len(self.entities)

    @property
    def doubled(self) -> Mask:
        """Which rows are duplicates of another one of the same table."""
        doubled: Mask = self.master != np.arange(self.rows)
        return doubled


def overlap(chance: Chance, question: str, rows: int, known: int) -> Overlap:
    """Return who stands in which row, where the old ERP has the entities 0 to `known` - 1."""
    again = max(1, round(rows * KINDS["duplicate-within"].share))
    different = rows - again
    shared = min(known, max(1, round(different * KINDS["duplicate-across"].share)))
    theirs = chance.shuffled(f"{question}/shared", known)[:shared]
    own = known + np.arange(different - shared)
    people = np.concatenate([theirs, own])
    first = np.concatenate([np.arange(different), chance.shuffled(f"{question}/again", different)[:again]])
    order = chance.shuffled(f"{question}/order", rows)
    row_of = np.empty(rows, dtype=np.int64)
    row_of[order] = np.arange(rows)
    return Overlap(people[first[order]], (first < shared)[order], row_of[first[order]])


def lines_in_erp(entities: Ints, master: Ints, wanted: Ints) -> Ints:
    """Return the line of the ERP's first record of each wanted entity, which has to be there."""
    first = np.zeros(int(entities.max()) + 1, dtype=np.int64)
    originals = np.flatnonzero(master == np.arange(len(master)))
    first[entities[originals]] = originals
    return first[wanted]
