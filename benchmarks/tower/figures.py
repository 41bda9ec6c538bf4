"""What did a page cost? How long readers waited, and how long the server's processes had a processor."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.tower.browser import quantile


@dataclass(frozen=True)
class Served:
    """A server that runs."""

    pid: int
    since: float
    """When it was started."""

    def seconds(self) -> float:
        """Return how long all its processes had a processor, 0 where the system does not tell."""
        ticks = sum(int(field) for pid in _family(self.pid) for field in _stat(pid)[11:13])
        return ticks / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Figures:
    """What came of asking for one page again and again."""

    took: Sequence[float]
    busy: float
    """How many seconds of processor time the server took for all of it."""

    @property
    def middle(self) -> float:
        """The time within which half of it was answered."""
        return quantile(self.took, 0.5)

    @property
    def each(self) -> float:
        """The seconds of processor time for one page."""
        return self.busy / len(self.took)

    def beside(self, empty: "Figures") -> str:
        """Return the figures as they are printed, with the ratios to the empty page."""
        waited = f"{self.middle * 1000:8,.1f} {quantile(self.took, 0.95) * 1000:8,.1f}"
        worked = f"{self.each * 1000:8,.1f} {self.each / empty.each if empty.each else 0:7,.1f}"
        return f"{waited}    {self.middle / empty.middle:7,.1f} {worked}"


def _family(pid: int) -> Iterator[int]:
    """Yield a process and all that it began."""
    yield pid
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in children.read_text(encoding="ascii").split():
            yield from _family(int(child))


def _stat(pid: int) -> list[str]:
    """Return what the system tells of a process after its name."""
    file = Path(f"/proc/{pid}/stat")
    return file.read_text(encoding="utf-8").rpartition(")")[2].split() if file.exists() else []
