"""How many calls has a connection made, and how many of them again? Counted here, for all threads."""

import threading
from dataclasses import dataclass, field


@dataclass
class Stats:
    """Counts of one connection, shared by all the clients on it."""

    calls: int = 0
    """Calls asked for."""
    retries: int = 0
    """Times that a call was sent once more."""
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False, compare=False)

    def called(self) -> None:
        """Count a call."""
        with self._lock:
            self.calls += 1

    def retried(self) -> None:
        """Count one more try of a call."""
        with self._lock:
            self.retries += 1
