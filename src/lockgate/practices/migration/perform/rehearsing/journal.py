"""How far is a rehearsal? A file in the folder of its round, written anew after each step, says it.

J1  The file is whole at any moment: it is written beside and takes its name when all of it is on disk.
J2  A step that began and of which nothing came was ended in its midst. It is done again, and counted as interrupted.
J3  The time of a step is that of all its attempts that ended; of an attempt that was killed nobody knows it.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from lockgate.practices.migration.decide.rehearsing import State
from lockgate.practices.migration.perform.rounds import folder_of, numbers

NAME: Final = "rehearsal.json"


@dataclass(frozen=True)
class Done:
    """What came of a step."""

    state: State
    seconds: float
    says: str
    evidence: tuple[int, ...] = ()


@dataclass(frozen=True)
class Journal:
    """A rehearsal under way, or over."""

    rehearsal: str
    round: int
    instance: str
    scope: str
    began_at: str
    without: tuple[str, ...] = ()
    """Steps that are left out on purpose."""
    deltas: bool = False
    """True when only what differs is sent, to the Odoo as it stands."""
    steps: Mapping[str, Done] = field(default_factory=dict)
    running: str = ""
    """The step that began and has not ended."""
    kept: Mapping[str, Any] = field(default_factory=dict)
    """From where that step goes on."""
    interrupted: int = 0
    evidence: int | None = None
    """The record of what came of all of it; None while it is under way."""

    @property
    def states(self) -> dict[str, State]:
        """What became of each step."""
        return {name: one.state for name, one in self.steps.items()}

    def begun(self, step: str) -> "Journal":
        """Return it with a step that begins (J2)."""
        again = self.running == step
        return replace(self, running=step, interrupted=self.interrupted + again, kept=self.kept if again else {})

    def ended(self, step: str, done: Done) -> "Journal":
        """Return it with what came of a step."""
        return replace(self, steps={**self.steps, step: done}, running="", kept={})


def write(root: Path, journal: Journal) -> None:
    """Write it down (J1)."""
    folder = folder_of(root, journal.round)
    folder.mkdir(parents=True, exist_ok=True)
    growing = folder / f"{NAME}.part"
    with growing.open("w", encoding="utf-8") as file:
        json.dump(asdict(journal), file, ensure_ascii=False, indent=1)
        file.flush()
        os.fsync(file.fileno())
    growing.replace(folder / NAME)


def read(root: Path, number: int) -> Journal | None:
    """Return the rehearsal that a round is, None where it is none."""
    try:
        said = json.loads((folder_of(root, number) / NAME).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    steps = {name: Done(**{**one, "evidence": tuple(one["evidence"])}) for name, one in said.pop("steps").items()}
    return Journal(**{**said, "without": tuple(said["without"]), "steps": steps})


def unfinished(root: Path, rehearsal: str) -> Journal | None:
    """Return the rehearsal of that name which began last, when it is not over."""
    for number in reversed(numbers(root)):
        found = read(root, number)
        if found is not None and found.rehearsal == rehearsal:
            return found if found.evidence is None else None
    return None


def under_way(root: Path, rehearsal: str) -> str:
    """Return at which step a rehearsal is that began and is not over, nothing when there is none."""
    found = unfinished(root, rehearsal)
    return (found.running or "between two steps") if found else ""
