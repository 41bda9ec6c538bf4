"""Is a restore under way in this database? A mark in it says so, until the workspace has its name."""

import json
import uuid
from pathlib import Path
from typing import Final

from lockgate.kernel.errors import RefusedError
from lockgate.ledger import Ledger
from lockgate.tower.backup.manifest import Manifest

NAME: Final = "restored.json"
_KEY: Final = "restoring"


class HalfRestored(RefusedError):
    """A restore into this database was interrupted."""


def begin(ledger: Ledger) -> str:
    """Mark the database, and return the mark."""
    mark = uuid.uuid4().hex
    with ledger.store.writing() as turn:
        turn.write("delete from ledger_about where key = ?", [(_KEY,)])
        turn.write("insert into ledger_about (key, value) values (?, ?)", [(_KEY, mark)])
    return mark


def keep(folder: Path, mark: str, said: Manifest) -> None:
    """Note in the workspace from what it was restored, with the mark of its database."""
    told = {"made_at": said["made_at"], "lockgate": said["lockgate"], "head": said["ledger"]["head"], "mark": mark}
    (folder / NAME).write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")


def found(ledger: Ledger) -> str:
    """Return the mark of a restore that has not ended, empty when there is none."""
    with ledger.store.reading() as turn:
        rows = turn.rows("select value from ledger_about where key = ?", _KEY)
    return str(rows[0][0]) if rows else ""


def end(ledger: Ledger, folder: Path) -> None:
    """Take the mark away if this workspace is what was restored; stop if it is not."""
    mark = found(ledger)
    if not mark:
        return
    if _kept(folder) != mark:
        raise HalfRestored(
            "A restore into this database was interrupted.",
            why="What is in the database is not whole.",
            do="Restore the backup once more, into a folder that is not there yet.",
        )
    with ledger.store.writing() as turn:
        turn.write("delete from ledger_about where key = ?", [(_KEY,)])


def _kept(folder: Path) -> str:
    try:
        return str(json.loads((folder / NAME).read_text(encoding="utf-8"))["mark"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""
