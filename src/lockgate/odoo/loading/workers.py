"""How do several threads share the work? Each lane is a short queue; the first failure stops them all.

W1  A lane with one thread is worked off in order. The only lane may have several threads.
W2  Who fills the lanes waits when they are full, so the input is never read far ahead.
W3  After a failure nothing new is begun; what is being worked on is ended, and the failure is raised to who fills.
"""

import queue
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Generic, Self, TypeVar

T = TypeVar("T")

_LOOK_SECONDS = 0.2
"""How often a full lane is looked at again, to notice a failure."""


class Lanes(Generic[T]):
    """Threads that work off what is put before them."""

    def __init__(self, work: Callable[[T], None], *, lanes: int, threads: int) -> None:
        self._work = work
        self._lanes: list[queue.Queue[T | None]] = [queue.Queue(maxsize=1) for _ in range(lanes)]
        self._failure: BaseException | None = None
        self._stopped = threading.Event()
        self._threads = [
            threading.Thread(
                target=self._serve, args=[self._lanes[at % lanes]], name=f"lockgate-load-{at}", daemon=True
            )
            for at in range(max(threads, lanes))
        ]
        for thread in self._threads:
            thread.start()

    def put(self, lane: int, item: T) -> None:
        """Hand an item over, or raise what a thread failed with."""
        while not self._stopped.is_set():
            try:
                return self._lanes[lane].put(item, timeout=_LOOK_SECONDS)
            except queue.Full:
                continue
        self._raise()
        return None

    def _serve(self, lane: "queue.Queue[T | None]") -> None:
        while not self._stopped.is_set():
            try:
                item = lane.get(timeout=_LOOK_SECONDS)
            except queue.Empty:
                continue
            if item is None:
                lane.put(None)  # for the next thread of this lane
                return
            try:
                self._work(item)
            except BaseException as failure:  # noqa: BLE001 - carried to the thread that waits for it
                self._failure = self._failure or failure
                self._stopped.set()

    def _raise(self) -> None:
        if self._failure is not None:
            raise self._failure

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        if error is not None:
            self._stopped.set()
        for lane in self._lanes:
            while not self._stopped.is_set():
                try:
                    lane.put(None, timeout=_LOOK_SECONDS)
                    break
                except queue.Full:
                    continue
        for thread in self._threads:
            thread.join()
        if error is None:
            self._raise()
