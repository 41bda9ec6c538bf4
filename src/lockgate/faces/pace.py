"""How fast does counted work go, and how long will it still take? A `Pace` tells, in words for a person.

R1  The rate is that of the last half minute, so that it follows a server that slows down.
R2  Time left is told only when a total is known and the work moves.
"""

from collections import deque

WINDOW_SECONDS = 30.0
_SAMPLE_SECONDS = 0.5


class Pace:
    """Counts work done; every moment is passed in, so it needs no clock of its own."""

    def __init__(self, total: int | None = None, *, at: float) -> None:
        self.total = total
        self.done = 0
        self.began = at
        self._seen: deque[tuple[float, int]] = deque([(at, 0)])

    def count(self, n: int, *, at: float) -> None:
        """Take note of `n` more done."""
        self.done += n
        if at - self._seen[-1][0] >= _SAMPLE_SECONDS:
            self._seen.append((at, self.done))
        while len(self._seen) > 1 and self._seen[1][0] <= at - WINDOW_SECONDS:
            self._seen.popleft()

    def rate(self, *, at: float) -> float:
        """Return how many are done per second (R1)."""
        since, before = self._seen[0]
        return (self.done - before) / (at - since) if at > since else 0.0

    def seconds_left(self, *, at: float) -> float | None:
        """Return the seconds still to go, or None while nobody can say (R2)."""
        rate = self.rate(at=at)
        if self.total is None or rate <= 0:
            return None
        return max(self.total - self.done, 0) / rate

    def told(self, unit: str, *, at: float) -> str:
        """Return where the work stands: `1,200 of 5,000 rows (24 %), 310 rows/s, 12 s left`."""
        parts = [_amount(self.done, self.total, unit)]
        rate = self.rate(at=at)
        if rate > 0:
            parts.append(f"{_rounded(rate)} {unit}/s")
        left = self.seconds_left(at=at)
        if left is not None and self.done < (self.total or 0):
            parts.append(f"{duration(left)} left")
        return ", ".join(parts)

    def summed_up(self, unit: str, *, at: float) -> str:
        """Return what was done in all: `5,000 rows in 16 s (312 rows/s)`."""
        seconds = at - self.began
        speed = f" ({_rounded(self.done / seconds)} {unit}/s)" if seconds > 0 and self.done else ""
        return f"{self.done:,} {unit} in {duration(seconds)}{speed}"


def duration(seconds: float) -> str:
    """Return a time span as a person says it: `0.4 s`, `12 s`, `3 min 20 s`, `1 h 05 min`."""
    if seconds < 9.95:  # noqa: PLR2004 - below ten seconds the tenth still tells something
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    if not minutes:
        return f"{rest} s"
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes:02} min" if hours else f"{minutes} min {rest:02} s"


def _amount(done: int, total: int | None, unit: str) -> str:
    if total is None:
        return f"{done:,} {unit}"
    percent = f" ({100 * done // total} %)" if total else ""
    return f"{done:,} of {total:,} {unit}{percent}"


def _rounded(rate: float) -> str:
    return f"{rate:,.0f}" if rate >= 9.95 else f"{rate:.1f}"  # noqa: PLR2004 - as in `duration`
