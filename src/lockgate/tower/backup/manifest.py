"""What is in a backup, and can this version restore it? Its last member says so: every file with its digest.

F1  A backup is whole when its manifest is there; that is written last.
F2  A backup of a newer version is refused, and says which version made it (T34).
F3  A member that the manifest does not name, or that would land outside of its folder, is refused.
"""

import json
import zipfile
from pathlib import Path, PurePosixPath
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError
from typing_extensions import TypedDict

from lockgate.kernel.errors import RefusedError, UsageError
from lockgate.ledger.record import FORMAT as LEDGER_FORMAT

FORMAT: Final = 1
NAME: Final = "backup.json"
LEDGER: Final = "ledger/"
TOWER: Final = "tower/"
WORKSPACE: Final = "workspace/"


class BackupRefused(UsageError):
    """The file is no backup, or not whole; nothing was restored."""


class NewerBackup(RefusedError):
    """A newer version of Lockgate made the backup."""


class FileFacts(TypedDict):
    """A member, as it was when the backup was made."""

    bytes: int
    sha256: str


class LedgerFacts(TypedDict):
    """The ledger that is in it."""

    format: int
    id: str
    records: int
    head: str


class Manifest(TypedDict):
    """What a backup says of itself."""

    format: int
    lockgate: str
    """The version that made it."""
    made_at: str
    programme: str
    commit: str
    """The commit of the workspace, with `+changes` where there was more; empty where git could not tell."""
    ledger: LedgerFacts
    migrations: list[tuple[str, str]]
    """How far the tower's tables were."""
    rows: dict[str, int]
    """How many rows each of its tables has."""
    second_factor_left_out: list[str]
    """Whose codes are not in it, since the secret behind them is no hash."""
    files: dict[str, FileFacts]


_MANIFEST: Final = TypeAdapter(Manifest)


def read(file: zipfile.ZipFile, path: Path) -> Manifest:
    """Return the manifest of a backup that this version can restore (F1, F2, F3)."""
    try:
        said = json.loads(file.read(NAME))
    except KeyError:
        raise refused(path, "It has no manifest, which is written last: it was not finished.") from None
    except (ValueError, zipfile.BadZipFile) as error:
        raise refused(path, f"{error}.") from None
    _refuse_newer(said, path)
    try:
        manifest = _MANIFEST.validate_python(said)
    except ValidationError as error:
        raise refused(path, f"Its manifest is not right: {error.errors()[0]['msg']}.") from None
    _look_at_names({name for name in file.namelist() if name != NAME}, manifest, path)
    return manifest


def refused(path: Path, why: str) -> BackupRefused:
    """Return the refusal of a file that can't be restored."""
    return BackupRefused(
        f"{path} can't be restored; nothing was written.",
        why=why,
        do="Take another copy of it, or an earlier backup.",
    )


def newer(path: Path, version: object, why: str) -> NewerBackup:
    """Return the refusal of a backup that a newer version made."""
    return NewerBackup(
        f"{path} was made by a newer version of Lockgate ({version}); nothing was written.",
        why=why,
        do=f"Restore it with Lockgate {version} or newer.",
    )


def _refuse_newer(said: Any, path: Path) -> None:
    if not isinstance(said, dict) or not isinstance(said.get("format"), int):
        raise refused(path, "Its manifest says no format.")
    version = said.get("lockgate", "?")
    if said["format"] > FORMAT:
        raise newer(path, version, f"Its format is {said['format']}; this version knows format {FORMAT}.")
    ledger = said.get("ledger")
    kept = ledger.get("format") if isinstance(ledger, dict) else None
    if isinstance(kept, int) and kept > LEDGER_FORMAT:
        raise newer(path, version, f"The format of its ledger is {kept}; this version knows format {LEDGER_FORMAT}.")


def _look_at_names(there: set[str], manifest: Manifest, path: Path) -> None:
    if there != set(manifest["files"]):
        odd = min(there ^ set(manifest["files"]))
        raise refused(path, f"{odd} is in the file or in its manifest only.")
    for name in there:
        pure = PurePosixPath(name)
        inside = not pure.is_absolute() and ".." not in pure.parts and "\\" not in name and "\0" not in name
        if not inside or not name.startswith((LEDGER, TOWER, WORKSPACE)):
            raise refused(path, f"{name!r} is no place in a backup.")
        if name.startswith(WORKSPACE) and pure.parts[1] in {".lockgate", ".git"}:
            raise refused(path, f"{name!r} is no file of a workspace.")
