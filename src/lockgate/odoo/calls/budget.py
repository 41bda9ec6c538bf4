"""How much time is left, and how long is it wise to wait before the next try? A budget keeps both.

R1  A wait is not begun unless the time left holds it and a try after it.
R2  Waits double and are drawn at random between half and whole, so that workers don't come back in step.
"""

import math
import random
import time
from collections.abc import Callable

FIRST_WAIT_SECONDS = 0.25
LONGEST_WAIT_SECONDS = 8.0
SHORTEST_TRY_SECONDS = 1.0


class Budget:
    """The time a run may take; without a number it has no end."""

    def __init__(
        self,
        seconds: float | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._clock = clock
        self._sleep = sleep
        self._end = math.inf if seconds is None else clock() + seconds

    def left(self) -> float:
        """Return the seconds left: infinite without a limit, never below 0."""
        return max(0.0, self._end - self._clock())

    def part(self, seconds: float) -> "Budget":
        """Return a budget of so many seconds from now: the run's own when that one has an end."""
        if math.isfinite(self._end):
            return self
        return Budget(seconds, clock=self._clock, sleep=self._sleep)

    def wait(self, tries: int) -> bool:
        """Sleep before the next try after so many failed ones; False, at once, when no time is left for it (R1)."""
        seconds = backoff(tries)
        if seconds + SHORTEST_TRY_SECONDS > self.left():
            return False
        self._sleep(seconds)
        return True


def backoff(tries: int) -> float:
    """Return how long to wait after so many failed tries (R2)."""
    longest = min(LONGEST_WAIT_SECONDS, FIRST_WAIT_SECONDS * 2.0 ** min(tries - 1, 10))
    return longest * random.uniform(0.5, 1.0)
