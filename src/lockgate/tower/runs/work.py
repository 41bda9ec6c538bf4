"""What does a verb hold while it works? Its run: it tells how far it is, speaks, keeps, and learns when to stop.

K1  The worker is heard of as long as its process lives, also while the verb is silent.
K2  Progress is written a few times a second at most, however often it is told.
K3  Whoever lost the run, or is told to end, stops at the next word.
"""

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from django.db import Error, connection

from lockgate.faces.pace import Pace
from lockgate.kernel.clock import Clock, system_clock
from lockgate.kernel.errors import LockgateError
from lockgate.kernel.verb import Lost, Stopped
from lockgate.tower.runs import queue
from lockgate.tower.runs.queue import Grip

BEAT_SECONDS: Final = 5.0
_TELL_SECONDS: Final = 0.4


class Ending(Exception):
    """The worker was told to end; the run goes back into the queue."""


@dataclass
class Work:
    """A run in the hands of a verb."""

    grip: Grip
    root: Path
    person: str
    state: Mapping[str, Any]
    ending: Callable[[], bool] = lambda: False
    clock: Clock = system_clock
    _pace: Pace = field(default_factory=lambda: Pace(at=time.monotonic()))
    _told: float = 0.0
    _lines: list[tuple[datetime, str]] = field(default_factory=list)
    _fault: LockgateError | None = None
    _over: threading.Event = field(default_factory=threading.Event)
    _beats: threading.Thread | None = None

    def __enter__(self) -> Self:
        self._beats = threading.Thread(target=self._beat, name=f"run {self.grip.run}", daemon=True)
        self._beats.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None) -> None:
        self._over.set()
        if self._beats is not None:
            self._beats.join()
        if kind is not Lost:
            self._speak()

    def progress(self, done: int, total: int | None = None, unit: str = "") -> None:
        """Tell how far it is (K2, K3)."""
        self._stop_when_unwanted()
        now = time.monotonic()
        self._pace.total = total
        self._pace.count(done - self._pace.done, at=now)
        if now - self._told >= _TELL_SECONDS or done == total:
            self._told = now
            left = self._pace.seconds_left(at=now)
            rate = self._pace.rate(at=now)
            queue.heard(self.grip, self.clock(), done=done, total=total, unit=unit, rate=rate, seconds_left=left)
            self._speak()

    def log(self, line: str) -> None:
        """Say something to whoever waits."""
        self._lines.append((self.clock(), line))
        now = time.monotonic()
        if now - self._told >= _TELL_SECONDS:
            self._told = now
            self._stop_when_unwanted()
            self._speak()

    def keep(self, **state: Any) -> None:
        """Keep from where to go on."""
        self._stop_when_unwanted()
        queue.keep(self.grip, state)

    def _stop_when_unwanted(self) -> None:
        if self._fault is not None:
            raise self._fault
        if self.ending():
            raise Ending

    def _speak(self) -> None:
        lines, self._lines = self._lines, []
        if lines:
            queue.say(self.grip, lines)

    def _beat(self) -> None:
        """Be heard of until the work is over (K1)."""
        try:
            while not self._over.wait(BEAT_SECONDS):
                try:
                    queue.heard(self.grip, self.clock())
                except (Lost, Stopped) as fault:
                    self._fault = fault
                    return
                except Error:
                    connection.close()  # the database is away: until it is back, the lease runs
        finally:
            connection.close()
