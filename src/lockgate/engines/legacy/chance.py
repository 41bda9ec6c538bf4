"""What falls to which row by chance? A pure function of seed, question and row, so that any slice can be made alone.

Each question ("customers/street") has a stream of its own: what one table asks never moves what another one gets.
The numbers are those of SplitMix64 over (stream, row): the same on every machine and with every version of NumPy.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Ints: TypeAlias = NDArray[np.int64]
Mask: TypeAlias = NDArray[np.bool_]
Bits: TypeAlias = NDArray[np.uint64]

_STEP = np.uint64(0x9E3779B97F4A7C15)
_FIRST = np.uint64(0xBF58476D1CE4E5B9)
_SECOND = np.uint64(0x94D049BB133111EB)
_HALF = np.uint64(11)


@dataclass(frozen=True)
class Chance:
    """Chance that repeats itself: the same seed, question and row give the same answer."""

    seed: int

    def numbers(self, question: str, rows: Ints) -> Bits:
        """Return 64 random bits for each row."""
        key = hashlib.blake2b(f"{self.seed}:{question}".encode(), digest_size=8).digest()
        mixed: Bits = (rows.astype(np.uint64) + np.uint64(1)) * _STEP + np.frombuffer(key, dtype="<u8")
        mixed = (mixed ^ (mixed >> np.uint64(30))) * _FIRST
        mixed = (mixed ^ (mixed >> np.uint64(27))) * _SECOND
        mixed ^= mixed >> np.uint64(31)
        return mixed

    def share(self, question: str, rows: Ints) -> NDArray[np.float64]:
        """Return a number from 0 to below 1 for each row."""
        return (self.numbers(question, rows) >> _HALF).astype(np.float64) / float(1 << 53)

    def skewed(self, question: str, rows: Ints, most: Ints | int) -> Ints:
        """Return a whole number from 0 to below `most` for each row: many small ones and few large ones."""
        share = self.share(question, rows)
        few: Ints = (most * (share * share * share)).astype(np.int64)  # a power need not be the same everywhere
        return few

    def below(self, question: str, rows: Ints, limit: Ints | int) -> Ints:
        """Return a whole number from 0 to below the limit for each row."""
        return (self.numbers(question, rows) >> _HALF).astype(np.int64) % limit

    def between(self, question: str, rows: Ints, low: int, high: int) -> Ints:
        """Return a whole number from `low` to `high`, both included."""
        return low + self.below(question, rows, high - low + 1)

    def choose(self, question: str, rows: Ints, weights: tuple[float, ...]) -> Ints:
        """Return which of the weighted choices falls to each row."""
        bounds = np.cumsum(np.asarray(weights, dtype=np.float64))
        found = np.searchsorted(bounds, self.share(question, rows) * bounds[-1], side="right")
        chosen: Ints = np.minimum(found, len(weights) - 1).astype(np.int64)
        return chosen

    def shuffled(self, question: str, count: int) -> Ints:
        """Return the numbers 0 to count - 1 in a random order."""
        return np.argsort(self.numbers(question, np.arange(count)), kind="stable").astype(np.int64)

    def allot(self, question: str, eligible: Mask, shares: Mapping[str, float]) -> dict[str, Mask]:
        """Return for each name which rows it gets: its exact share of the eligible ones, at least one, no row twice.

        When there are fewer eligible rows than names, the last names get none.
        """
        rows = np.flatnonzero(eligible)
        rows = rows[np.argsort(self.numbers(question, rows), kind="stable")]
        given, masks = 0, {}
        for name, share in shares.items():
            count = max(1, round(share * len(rows)))
            masks[name] = np.zeros(len(eligible), dtype=np.bool_)
            masks[name][rows[given : given + count]] = True
            given += count
        return masks
