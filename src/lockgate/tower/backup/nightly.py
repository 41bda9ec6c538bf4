"""How is a backup made by itself? By a verb for schedules, in one folder, of which the last few are kept.

K1  The folder is the server's to choose, by LOCKGATE_BACKUPS: who may start a run can't have files written elsewhere.
K2  An old backup goes only once the new one is whole, and nothing goes that has not the name of a backup.
"""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Final

from lockgate.kernel.clock import system_clock
from lockgate.kernel.errors import UsageError
from lockgate.kernel.verb import Doing, Outcome
from lockgate.programme.ledger_place import FOLDER
from lockgate.tower.backup.drafts import take_away_left
from lockgate.tower.backup.making import Advancing, make

KEEP: Final = 14
_NAME: Final = re.compile(r"lockgate-(.+)-\d{8}T\d{6}Z\.zip")


def nightly(doing: Doing, keep: int = KEEP) -> Outcome:
    """Make a backup, and keep the last few."""
    if isinstance(keep, bool) or not isinstance(keep, int) or keep < 1:
        raise UsageError(f"{keep!r} backups can't be kept.", do="Say how many to keep: a whole number from 1.")
    folder = folder_of(doing.root)
    take_away_left(folder, f"lockgate-{doing.root.name}-*.zip")
    made = make(doing.root, folder / name_of(doing.root, system_clock()), steps=_Told(doing), moment=system_clock())
    gone = [path.name for path in older(folder, doing.root)[keep:]]
    for name in gone:
        (folder / name).unlink()
        doing.log(f"{name} was taken away: {keep} are kept.")
    says = f"{made.file.name} holds {made.manifest['ledger']['records']:,} records; {len(gone)} older were taken away."
    facts = {"file": made.file.name, "bytes": made.bytes, "head": made.manifest["ledger"]["head"], "gone": gone}
    return Outcome(ok=True, says=says, facts=facts)


def folder_of(root: Path) -> Path:
    """Return where backups are made (K1)."""
    said = os.environ.get("LOCKGATE_BACKUPS")
    return Path(said).absolute() if said else root / FOLDER / "backups"


def name_of(root: Path, moment: datetime) -> str:
    """Return the name of a backup that is made at a moment."""
    return f"lockgate-{root.name}-{moment:%Y%m%dT%H%M%SZ}.zip"


def older(folder: Path, root: Path) -> list[Path]:
    """Return the backups of a workspace in a folder, the newest first (K2)."""
    found = [path for path in folder.iterdir() if (said := _NAME.fullmatch(path.name)) and said[1] == root.name]
    return sorted(found, key=lambda path: path.name, reverse=True)


class _Told:
    """Tells the run how far each step is."""

    def __init__(self, doing: Doing) -> None:
        self._doing = doing

    @contextmanager
    def step(self, name: str, *, total: int | None = None, unit: str = "rows") -> Iterator[Advancing]:
        """Say which step begins."""
        self._doing.log(f"{name} …")
        yield _Counting(self._doing, total, unit)


class _Counting:
    def __init__(self, doing: Doing, total: int | None, unit: str) -> None:
        self._doing, self._total, self._unit, self._done = doing, total, unit, 0

    def advance(self, n: int = 1, /) -> None:
        """Tell the run how far it is."""
        self._done += n
        self._doing.progress(self._done, self._total, self._unit)
