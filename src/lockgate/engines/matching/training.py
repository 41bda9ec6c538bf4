"""How much does each answer weigh? As much as it is more frequent among the same than among the different.

T1  How often an answer is given of two that are different is counted on pairs drawn at random (u).
T2  How often it is given of two that are the same (m) is learnt by expectation and maximisation, once for each block,
    from the pairs that the block found, for the comparisons that it does not look at; then the mean is taken, weighted
    by how many were the same. A block of which less than TELLING are the same teaches nothing: among so many others
    what looks like the same is rather a family of companies.
T3  What is expected of a kind counts like PRIOR pairs, so that a handful of records can't teach nonsense.
T4  The share of pairs that are the same is learnt last, over all pairs there are.
T5  It is arithmetic over counts in a fixed order: the same records give the same weights.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

PRIOR = 20.0
ROUNDS = 60
CLOSE = 1e-6
TELLING = 1 / 3
LEAST_PAIRS = 20
"""A block that found fewer pairs teaches nothing."""
NEVER = 1e-7
"""No answer is taken for rarer than this."""


@dataclass(frozen=True)
class Observed:
    """The pairs that were compared, counted by what was answered."""

    levels: Ints
    """One line for each pattern of answers, one column for each comparison, 0 for missing."""
    masks: Ints
    """Which blocks found the pairs of the line."""
    counts: Floats


@dataclass(frozen=True)
class Weights:
    """What was learnt."""

    same: tuple[Floats, ...]
    """m by comparison and level."""
    different: tuple[Floats, ...]
    """u likewise."""
    share: float
    """Of all pairs, that are the same."""

    def bits(self, levels: Ints) -> Floats:
        """Return the weight in bits of each answer of each line; missing weighs nothing."""
        weighed = [
            np.concatenate(([0.0], np.log2(same / different)))[levels[:, place]]
            for place, (same, different) in enumerate(zip(self.same, self.different, strict=True))
        ]
        return np.stack(weighed, axis=1) if weighed else np.zeros((len(levels), 0))

    def probabilities(self, levels: Ints) -> Floats:
        """Return how probable it is that the pairs of each line are the same."""
        return _probable(self.bits(levels).sum(axis=1), self.share)


def random_answers(levels: Ints, counts: Floats, expected: Sequence[Floats]) -> tuple[Floats, ...]:
    """Return how often each answer is given of pairs drawn at random (T1)."""
    found = []
    for place, usual in enumerate(expected):
        told = _told(levels[:, place], counts, len(usual))
        smoothed = np.maximum((told + 0.5 / len(usual)) / (told.sum() + 0.5), NEVER)
        found.append(smoothed / smoothed.sum())
    return tuple(found)


def train(
    observed: Observed,
    *,
    expected: Sequence[Floats],
    different: Sequence[Floats],
    touched: Sequence[frozenset[int]],
    pairs: float,
) -> Weights:
    """Return the weights; `touched` says which comparisons a block looks at, `pairs` how many pairs there could be."""
    total = [usual * PRIOR for usual in expected]  # T3
    for block, looked_at in enumerate(touched):
        found = (observed.masks >> block) & 1 == 1
        if observed.counts[found].sum() < LEAST_PAIRS:
            continue
        free = [place for place in range(len(expected)) if place not in looked_at]
        share, learnt = _learn(observed.levels[found], observed.counts[found], expected, different, free)
        if share >= TELLING:
            for place in free:
                total[place] = total[place] + learnt[place]
    same = tuple(np.maximum(told / told.sum(), NEVER) for told in total)
    return Weights(same, tuple(different), _share(observed, same, different, pairs))


def _learn(
    levels: Ints, counts: Floats, expected: Sequence[Floats], different: Sequence[Floats], free: Sequence[int]
) -> tuple[float, dict[int, Floats]]:
    """Return the share of the same, and for each free comparison how many of them gave each answer (T2)."""
    same = {place: expected[place] for place in free}
    share, told = 0.5, {place: np.zeros(len(expected[place])) for place in free}
    for _ in range(ROUNDS):
        bits = np.zeros(len(counts))
        for place in free:
            bits += np.concatenate(([0.0], np.log2(same[place] / different[place])))[levels[:, place]]
        weight = counts * _probable(bits, share)
        told = {place: _told(levels[:, place], weight, len(expected[place])) for place in free}
        before, share = share, float((weight.sum() + 1) / (counts.sum() + 2))
        same = {place: np.maximum(_mean(told[place], expected[place]), NEVER) for place in free}
        if abs(share - before) < CLOSE:
            break
    return share, told


def _told(levels: Ints, weight: Floats, answers: int) -> Floats:
    """Return how often each answer was given, missing left out."""
    return np.asarray(np.bincount(levels, weights=weight, minlength=answers + 1)[1:], dtype=np.float64)


def _mean(told: Floats, usual: Floats) -> Floats:
    mean: Floats = (told + usual * PRIOR) / (told.sum() + PRIOR)
    return mean


def _share(observed: Observed, same: Sequence[Floats], different: Sequence[Floats], pairs: float) -> float:
    """Return the share of all pairs that are the same (T4)."""
    share = min(0.5, max(float(observed.counts.sum()), 1.0) / 10 / max(pairs, 1.0))
    for _ in range(ROUNDS):
        weights = Weights(tuple(same), tuple(different), share)
        expected = float((observed.counts * weights.probabilities(observed.levels)).sum())
        before, share = share, min(0.5, max(expected, 0.5) / max(pairs, 1.0))
        if abs(share - before) < CLOSE * share:
            break
    return share


def _probable(bits: Floats, share: float) -> Floats:
    odds = np.clip(bits + np.log2(share / (1 - share)), -500.0, 500.0)
    return np.asarray(1 / (1 + np.exp2(-odds)))
