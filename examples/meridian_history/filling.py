"""How is a copy of the sample filled? It is set back to how it began, and the story is told day by day until now."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from shutil import copytree
from typing import Final

from lockgate.kernel.errors import RefusedError
from lockgate.ledger import Head
from lockgate.ledger.proving.checkpoints import Signer
from lockgate.ledger.registers.signals import SIGNALS, risks
from lockgate.programme.ledger_place import ledger_place

from .days import Days
from .definitions import SAMPLE, begin, changed, later, require_fresh
from .measured import measured
from .records import written
from .said import said
from .scene import Happening, Scene

CHECKPOINT: Final = "checkpoint.txt"
_WATCHED: Final = (-130, -81, -42, -11, -1)
"""The days on which somebody let the signals raise risks."""
_SEALED: Final = -7


@dataclass(frozen=True)
class Filled:
    """What was done."""

    root: Path
    head: Head
    records: int
    """Of all registers."""
    checkpoint: Path


def fill(root: Path, now: datetime) -> Filled:
    """Fill a folder with the sample and its history, which ends now."""
    if not root.exists():
        copytree(SAMPLE, root, ignore=lambda _, names: [name for name in names if name.startswith(".")])
    require_fresh(root)
    _require_empty(root)
    days = Days(now)
    changes = changed(root, days)
    begin(root, changes, days)
    scene = Scene(root, days)
    with scene.place:
        scene.tell([*later(scene, changes), *written(scene), *measured(scene), *said(scene), *_watched(scene)])
        return Filled(root, scene.place.ledger.head(), len(scene.ids), root / ".lockgate" / CHECKPOINT)


def _require_empty(root: Path) -> None:
    with ledger_place(root, begin=True) as place:
        records = place.ledger.head().number
    if records:
        raise RefusedError(
            f"The ledger of {root} has {records:,} records already: nothing was added.",
            why="Made-up history must never stand among what happened.",
            do="Name a folder that is not there yet.",
        )


def _watched(scene: Scene) -> Iterator[Happening]:
    for day in _WATCHED:
        yield Happening(scene.days.at(day, "signals"), partial(_raise_risks, scene))
    yield Happening(scene.days.at(_SEALED, "checkpoint"), partial(_seal, scene))


def _raise_risks(scene: Scene) -> None:
    """Let the signals raise risks, as `lockgate register signals --raise` does."""
    desk = scene.desk
    scene.perform(*risks(desk.warned(), desk.known, desk.owners()), by=SIGNALS)


def _seal(scene: Scene) -> None:
    """Sign the ledger's head, as `lockgate ledger checkpoint --out` does."""
    ledger = scene.place.ledger
    head = ledger.head()
    made = Signer.of(scene.place.key).sign(ledger.identity(), head.number, head.hash, scene.clock())
    (scene.place.key.parent / CHECKPOINT).write_text(made.note, encoding="utf-8")
