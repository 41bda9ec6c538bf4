"""Which records are one? What is linked, directly or by others, but never two that are kept apart.

Q1  Links are joined strongest first; of equal ones the one between the lowest numbers goes first.
Q2  A link that would bring two together that are kept apart is not joined, whatever it rests on, and is told.
Q3  So a "different" between two records splits their cluster at its weakest link: with a=b for certain and b=c
    probable, keeping a and c apart leaves c alone.
Q4  The answer depends on what is known only, not on the order in which it became known: a decision withdrawn gives the
    clusters from before.
"""

from collections.abc import Iterable
from dataclasses import dataclass

Pair = tuple[int, int]


@dataclass(frozen=True)
class Clusters:
    """Who is one with whom."""

    first: dict[int, int]
    """Record → the lowest number of its cluster, for records that have a link."""
    refused: tuple[Pair, ...]
    """Links that were not joined (Q2), in the order of their strength."""


def cluster(links: Iterable[tuple[int, int, float]], apart: Iterable[Pair] = ()) -> Clusters:
    """Return the clusters of links (left, right, strength), with what is kept apart held apart."""
    first: dict[int, int] = {}
    foes: dict[int, set[int]] = {}
    members: dict[int, list[int]] = {}
    for left, right in apart:
        foes.setdefault(left, set()).add(right)
        foes.setdefault(right, set()).add(left)
    refused = []
    for left, right, _ in sorted(links, key=lambda link: (-link[2], link[0], link[1])):  # Q1
        one, other = first.setdefault(left, left), first.setdefault(right, right)
        if one == other:
            continue
        if any(first.get(foe, foe) == other for foe in foes.get(one, ())):
            refused.append((left, right))  # Q2
            continue
        low, high = min(one, other), max(one, other)
        moved = members.pop(high, [high])
        members.setdefault(low, [low]).extend(moved)
        for record in moved:
            first[record] = low
        if high in foes:
            foes.setdefault(low, set()).update(foes[high])
    return Clusters(first, tuple(refused))
