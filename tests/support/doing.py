"""A run in the hands of a verb, which remembers what it is told and can be cancelled at a point."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lockgate.kernel.verb import Stopped


@dataclass
class Doing:
    """What a worker hands to a verb."""

    root: Path
    person: str = "ann"
    state: dict[str, Any] = field(default_factory=dict)
    told: list[tuple[int, int | None, str]] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    stop_at: int = 0
    """How far it gets before somebody cancels it; 0 when nobody does."""

    def progress(self, done: int, total: int | None = None, unit: str = "") -> None:
        """Remember how far it is."""
        self.told.append((done, total, unit))
        if self.stop_at and done >= self.stop_at:
            raise Stopped("ann cancelled it.")

    def log(self, line: str) -> None:
        """Remember what it says."""
        self.lines.append(line)

    def keep(self, **state: Any) -> None:
        """Remember from where to go on."""
        self.state = state
