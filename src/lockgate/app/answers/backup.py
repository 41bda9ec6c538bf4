"""How is a backup told of? As the keys that `lockgate backup --json` and `restore --json` promise."""

from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:  # they know Django's models, which ask for its settings
    from lockgate.tower.backup.making import Made
    from lockgate.tower.backup.restoring import Restored


class BackupAnswer(TypedDict):
    """The keys of `lockgate backup --json`."""

    file: str
    bytes: int
    made_at: str
    commit: str
    records: int
    head: str
    people: int
    files: int


class RestoreAnswer(TypedDict):
    """The keys of `lockgate restore --json`."""

    folder: str
    made_at: str
    made_by: str
    commit: str
    records: int
    head: str
    people: int
    to_invite: list[str]
    cancelled_runs: int


def backup_answer(made: "Made") -> BackupAnswer:
    """Return what was made."""
    said = made.manifest
    return BackupAnswer(
        file=str(made.file),
        bytes=made.bytes,
        made_at=said["made_at"],
        commit=said["commit"],
        records=said["ledger"]["records"],
        head=said["ledger"]["head"],
        people=said["rows"].get("people.account", 0),
        files=sum(name.startswith("workspace/") for name in said["files"]),
    )


def restore_answer(folder: Path, restored: "Restored") -> RestoreAnswer:
    """Return what was restored."""
    said = restored.manifest
    return RestoreAnswer(
        folder=str(folder),
        made_at=said["made_at"],
        made_by=said["lockgate"],
        commit=said["commit"],
        records=restored.head.number,
        head=restored.head.hash,
        people=restored.people,
        to_invite=said["second_factor_left_out"],
        cancelled_runs=restored.cancelled,
    )
