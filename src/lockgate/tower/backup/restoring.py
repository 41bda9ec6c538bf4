"""How does a backup become a programme again? In an empty place, whole, and as a copy that must be armed.

R1  Every file is compared with its digest and every record with the one before, before anything is written outside of
    a draft.
R2  The workspace gets its name last: until then there is nothing to serve. In a database that others may see, a mark
    says that a restore is under way; one that was interrupted is begun anew, and is not served meanwhile.
R3  The ledger is a copy: production stays locked until `lockgate ledger arm`.
R4  Nobody is signed in. Work that was waiting is cancelled: it may have been done since the backup was made.
"""

import zipfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from django.db import connections

from lockgate.kernel.errors import UnreachableError, UsageError
from lockgate.ledger import Head, Ledger, open_ledger
from lockgate.ledger.artifacts import Artifacts
from lockgate.ledger.registers.tables import rebuild as rebuild_registers
from lockgate.ledger.transfer import take_back, take_in
from lockgate.programme.ledger_place import FOLDER, ledger_place
from lockgate.tower import tables
from lockgate.tower.backup import manifest, marking, names, rows
from lockgate.tower.backup.making import Steps
from lockgate.tower.backup.manifest import Manifest
from lockgate.tower.backup.unpacking import unpack
from lockgate.tower.people.models import Account
from lockgate.tower.runs.models import Run, State

_WAITING: Final = (State.QUEUED, State.RUNNING)
BY: Final = "restore"


@dataclass(frozen=True)
class Restored:
    """What was restored."""

    manifest: Manifest
    head: Head
    people: int
    cancelled: int


def checked(file: Path) -> Manifest:
    """Return what a backup holds, if this version can restore it."""
    try:
        with zipfile.ZipFile(file) as opened:
            said = manifest.read(opened, file)
    except zipfile.BadZipFile as error:
        raise manifest.refused(file, f"{error}.") from None
    except OSError as error:
        raise UnreachableError(f"{file} can't be read.", why=f"{error.strerror or error}.") from None
    unknown = tables.unknown_to_us(said["migrations"])
    if unknown:
        raise manifest.newer(file, said["lockgate"], f"This version does not know {tables.told(unknown)}.")
    return said


def restore(file: Path, said: Manifest, inner: Path, *, steps: Steps, moment: datetime) -> Restored:
    """Make the whole programme in the folder `inner`, which Django knows as its workspace (R1, R3, R4)."""
    parts = inner.parent / "parts"
    unpack(file, said, parts, steps)
    with (
        open_ledger(inner.parent / "checked.db") as trial,
        steps.step("Checking the ledger", total=said["ledger"]["records"], unit="records") as step,
    ):
        take_in(parts / manifest.LEDGER, trial, Artifacts(inner.parent / "checked"), on_records=step.advance)  # R1
    (parts / manifest.WORKSPACE).mkdir(exist_ok=True)
    _moved_in(parts / manifest.WORKSPACE, inner)
    with ledger_place(inner, begin=True) as place:
        ledger = place.ledger
        _stop_unless_empty(ledger)
        mark = marking.begin(ledger)
        with steps.step("Restoring the tower's tables", total=sum(said["rows"].values()), unit="rows") as step:
            step.advance(rows.load(parts / manifest.TOWER, said["migrations"], said["second_factor_left_out"]))
        with steps.step("Restoring the ledger", total=said["ledger"]["records"], unit="records") as step:
            head = take_in(parts / manifest.LEDGER, ledger, place.artifacts, on_records=step.advance)
        names.load(parts / manifest.TOWER, place.artifacts)
        rebuild_registers(ledger)
        cancelled = _cancel_what_waits(moment)
        marking.keep(inner / FOLDER, mark, said)
    people = Account.objects.count()
    connections.close_all()
    return Restored(said, head, people, cancelled)


def appear(inner: Path, goal: Path) -> None:
    """Give the workspace its name, and take the mark away (R2)."""
    inner.replace(goal)
    with ledger_place(goal, begin=True) as place:
        marking.end(place.ledger, goal / FOLDER)


def _moved_in(source: Path, inner: Path) -> None:
    """Move the files of the workspace beside what Django has made there."""
    for path in source.iterdir():
        path.rename(inner / path.name)


def _stop_unless_empty(ledger: Ledger) -> None:
    """Stop where somebody works; take away what an interrupted restore left (R2)."""
    if marking.found(ledger):
        take_back(ledger)
        rows.forget()
    elif ledger.head().number or not rows.empty():
        raise UsageError(
            "The database is not empty.",
            why=f"There is a ledger of {ledger.head().number:,} records, or somebody has an account.",
            do="Make a new database, and name it in LOCKGATE_DATABASE_URL.",
        )


def _cancel_what_waits(moment: datetime) -> int:
    says = "Cancelled when the backup was restored: it may have been done since. Look, then ask for it again."
    waiting = Run.objects.filter(state__in=_WAITING)
    return waiting.update(state=State.CANCELLED, cancelled_by=BY, says=says, ended_at=moment, worker="")
