"""How far is a domain in a round, and what is to be done next?

K1  What was measured last in the order of the steps says how far it is: compared, else loaded, else read.
K2  Compared and nothing unexplained is reconciled, whatever was kept back with a reason: that is told beside it.
K3  Loaded is a domain of which nothing was refused or kept back; else some of it was rejected.
K4  Read and judged it is ready when nothing blocks a record, else blocked.
K5  A domain that is archived or entered by hand is not loaded, and waits for nothing.
K6  Next is the first step that a domain lacks, or whose evidence is stale; all domains go together.
K7  What holds a domain up is a number of records with a word: its owner answers for it. Once it is loaded that is what
    is not in Odoo and what differs unexplained, before that what a rule keeps back.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

Standing = Literal["reconciled", "unexplained", "loaded", "rejected", "ready", "blocked", "not-begun", "not-loaded"]
Step = Literal["profile", "cleanse", "preflight", "load", "reconcile", "new-round"]
_BY_DOMAIN: Final = frozenset({"load", "reconcile"})


@dataclass(frozen=True)
class Cell:
    """What was measured of a domain in a round; None where it was not."""

    rows: int | None = None
    ready: float | None = None
    loaded: int | None = None
    rejected: int | None = None
    unexplained: int | None = None
    cleansed: bool = False
    stale: bool = False
    """True when something that the newest figure rests on is another thing now."""
    convert: bool = True


def standing(cell: Cell) -> Standing:
    """Return how far it is (K1 to K5)."""
    if cell.unexplained is not None:
        return "unexplained" if cell.unexplained else "reconciled"  # K2
    if cell.loaded is not None:
        return "rejected" if cell.rejected else "loaded"  # K3
    if cell.ready is not None:
        return "ready" if cell.ready == 1 else "blocked"  # K4
    return "not-begun" if cell.convert else "not-loaded"  # K5


def next_steps(cells: Iterable[Cell], *, cleanses: bool) -> tuple[Step, ...]:
    """Return what is to be done next, the first thing first (K6); nothing when all is reconciled."""
    going = [cell for cell in cells if cell.convert]
    read = [cell for cell in going if cell.ready is not None]
    if not going:
        return ()
    if len(read) < len(going) or any(cell.stale for cell in going):
        return ("profile", "cleanse") if cleanses else ("profile",)
    if cleanses and not all(cell.cleansed for cell in going):
        return ("cleanse",)
    if any(cell.loaded is None for cell in going):
        return ("preflight", "load")
    if any(cell.unexplained is None for cell in going):
        return ("reconcile",)
    return ("new-round",) if any(cell.unexplained for cell in going) else ()


def commands(steps: Sequence[Step], domain: str = "") -> list[str]:
    """Return how steps are taken, for one domain where they can be."""
    return [_command(step, f" --domain {domain}" if domain and step in _BY_DOMAIN else "") for step in steps]


def _command(step: Step, aim: str) -> str:
    return "lockgate migrate profile --new-round" if step == "new-round" else f"lockgate migrate {step}{aim}"


def held_up(cell: Cell, kept_back: int) -> list[tuple[str, int]]:
    """Return what holds a domain up, and how many records that is about (K7)."""
    if cell.loaded is None:
        said = [("kept back by rules", kept_back)]
    else:
        said = [("not loaded", cell.rejected or 0), ("unexplained", cell.unexplained or 0)]
    return [(what, records) for what, records in said if records]
