"""A run in the hands of a verb, for tests that do what a worker does."""

from dataclasses import dataclass, field
from pathlib import Path

from lockgate.kernel.verb import Stopped


@dataclass
class Work:
    """A run in the hands of a verb, which remembers what it is told."""

    root: Path
    person: str = "ann"
    state: dict = field(default_factory=dict)
    told: list = field(default_factory=list)
    lines: list = field(default_factory=list)
    stop_at: int = 0

    def progress(self, done, total=None, unit=""):
        self.told.append((done, total, unit))
        if self.stop_at and done >= self.stop_at:
            raise Stopped("ann cancelled it.")

    def log(self, line):
        self.lines.append(line)

    def keep(self, **state):
        self.state = state
