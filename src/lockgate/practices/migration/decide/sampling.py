"""On which records is work tried? On some of each class, the same ones whenever the seed and the records are the same.

T1  A record's place in the draw follows from the seed and its own external id. What others there are does not move it.
T2  Of each class as many are drawn as are asked for, or all of them where there are fewer.
T3  Whom it is done with is drawn likewise, one after the other, and again from the first when there are too few.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Candidate:
    """A record on which work could be tried."""

    name: str
    """Its external id."""
    id: int
    kind: str = ""
    """Its class."""


def drawn(candidates: Iterable[Candidate], *, samples: int, seed: int) -> tuple[Candidate, ...]:
    """Return the records that are tried, class by class (T1, T2)."""
    classes: dict[str, list[Candidate]] = defaultdict(list)
    for one in candidates:
        classes[one.kind].append(one)
    return tuple(one for kind in sorted(classes) for one in in_order(classes[kind], seed)[:samples])


def in_order(candidates: Iterable[Candidate], seed: int) -> list[Candidate]:
    """Return records in the order in which they are drawn (T1)."""
    return sorted(candidates, key=lambda one: (_place(one.name, seed), one.name))


def paired(number: int, partners: Sequence[Candidate]) -> Candidate:
    """Return whom the record of that number is tried with (T3)."""
    return partners[number % len(partners)]


def _place(name: str, seed: int) -> bytes:
    return hashlib.sha256(f"{seed} {name}".encode()).digest()
