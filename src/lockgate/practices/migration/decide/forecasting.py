"""How did the rounds go, and how long will the last load take?

F1  A round took, for each domain, its seconds for the records that it wrote; had it written all, it would have taken so
    much more. One that wrote fewer than a tenth of them tells nothing about speed: the rest stood there already.
F2  What will come is the declared volume of a domain, else as many records as its newest round had. A domain that has
    no records of its own, but adds to those of others, grows as all the others do together.
F3  Likely is the median of the rounds, quick the best one and slow the worst, each for the full volume. The whole is
    their sum over the domains.
F4  What is done besides loading (reading, matching, comparing, tying out) is told by the newest rehearsal, in
    proportion to the records that it had.
F5  It fits when the slow forecast does. With one round nothing is known of how much rounds differ, and that is said.
F6  A domain of which nothing is known yet, or no window, leaves the question open: no guess stands for a measurement.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

_TELLING: Final = 0.1


@dataclass(frozen=True)
class Ran:
    """How a domain went in a round."""

    domain: str
    round: int
    rows: int
    """How many records of the old systems it had; none where it adds to those of other domains."""
    loaded: int
    """How many records of Odoo came of them."""
    sent: int
    """How many of these it wrote; the others stood there already."""
    seconds: float

    @property
    def whole(self) -> float | None:
        """Seconds for all of its records, None where it tells nothing (F1)."""
        return self.seconds * self.loaded / self.sent if self.sent and self.sent >= _TELLING * self.loaded else None


@dataclass(frozen=True)
class Besides:
    """What the newest rehearsal did besides loading."""

    seconds: float
    rows: int


@dataclass(frozen=True)
class Forecast:
    """How long the last load will take, in minutes."""

    quick: float
    likely: float
    slow: float
    window: float | None
    rounds: int
    """From how many rounds that is told."""
    unknown: tuple[str, ...]
    """Domains of which nothing is known (F6)."""

    @property
    def fits(self) -> bool | None:
        """Whether it fits the window, None where that can't be told (F5, F6)."""
        return None if self.window is None or self.unknown or not self.rounds else self.slow <= self.window

    @property
    def margin(self) -> float | None:
        """By how many minutes it fits, or by how many, below zero, it does not."""
        return None if self.fits is None or self.window is None else round(self.window - self.slow, 2)

    @property
    def spread_known(self) -> bool:
        """Whether more than one round tells how much rounds differ (F5)."""
        return self.rounds > 1


def forecast(
    ran: Sequence[Ran],
    domains: Sequence[str],
    *,
    volume: Mapping[str, int],
    besides: Besides | None = None,
    window: float | None = None,
) -> Forecast:
    """Return how long the last load will take (F1 to F6)."""
    sums = [0.0, 0.0, 0.0]
    unknown = []
    newest = {one.domain: one.rows for one in sorted(ran, key=lambda one: one.round)}
    full = {domain: volume.get(domain, newest.get(domain, 0)) for domain in domains}  # F2
    for domain in domains:
        times = [one.whole * _growth(one, ran, full) for one in ran if one.domain == domain and one.whole is not None]
        if times:
            for at, seconds in enumerate((min(times), median(times), max(times))):  # F3
                sums[at] += seconds
        else:
            unknown.append(domain)
    more = besides.seconds / besides.rows * sum(full.values()) if besides and besides.rows else 0.0  # F4
    quick, likely, slow = (round((seconds + more) / 60, 2) for seconds in sums)
    rounds = len({one.round for one in ran if one.whole is not None})
    return Forecast(quick, likely, slow, window, rounds, tuple(unknown))


def _growth(one: Ran, ran: Sequence[Ran], full: Mapping[str, int]) -> float:
    """Return how many times more there will be than a round had (F2)."""
    if one.rows:
        return full[one.domain] / one.rows
    beside = [other for other in ran if other.round == one.round and other.rows and other.domain in full]
    had = sum(other.rows for other in beside)
    return sum(full[other.domain] for other in beside) / had if had else 1.0
