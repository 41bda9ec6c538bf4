"""How is a backup made while people go on working? The tables as of one moment, then the ledger up to its head.

M1  The ledger is taken after the tables: what they speak of is in it. What is recorded meanwhile is in the next backup.
M2  The file appears whole, with its manifest, readable by its owner only; or it does not appear.
M3  No key goes in: neither that of the cookies nor that of the checkpoints, nor anything of the environment.
"""

import hashlib
import os
import zipfile
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Final, Protocol

from lockgate import __version__
from lockgate.kernel import canonical
from lockgate.kernel.clock import stamp
from lockgate.kernel.errors import UnreachableError, UsageError
from lockgate.ledger.artifacts import sync
from lockgate.ledger.record import FORMAT as LEDGER_FORMAT
from lockgate.ledger.transfer import export
from lockgate.programme import opening
from lockgate.programme.ledger_place import LedgerPlace, ledger_place
from lockgate.tower import tables
from lockgate.tower.backup import files, manifest, names, rows
from lockgate.tower.backup.drafts import draft
from lockgate.tower.backup.manifest import FileFacts, LedgerFacts, Manifest

_CHUNK_BYTES: Final = 1 << 20
_KILO: Final = 1_000


class Advancing(Protocol):
    """A step that is under way."""

    def advance(self, n: int = 1, /) -> None:
        """Count more as done."""


class Steps(Protocol):
    """Where the steps of a long piece of work are shown."""

    def step(self, name: str, *, total: int | None = None, unit: str = "rows") -> AbstractContextManager[Advancing]:
        """Show that this step runs."""


@dataclass(frozen=True)
class Made:
    """A backup that was made."""

    file: Path
    manifest: Manifest
    bytes: int


@dataclass(frozen=True)
class _Member:
    name: str
    path: Path


def make(root: Path, file: Path, *, steps: Steps, moment: datetime) -> Made:
    """Write a backup of a workspace with its ledger and its tower (M1, M2, M3)."""
    if file.exists():
        raise UsageError(f"{file} is there already.", do="Name a file that is not there yet.")
    with draft(file.absolute()) as folder:
        try:
            whole = folder / "backup.zip"
            said = _written(root, folder, whole, steps=steps, moment=moment)
            size = whole.stat().st_size
            os.link(whole, file)  # unlike a renaming, it takes nobody's place
            sync(file.absolute().parent)
        except FileExistsError:
            raise UsageError(f"{file} has appeared meanwhile.", do="Name a file that is not there yet.") from None
        except OSError as error:
            raise UnreachableError(
                f"The backup can't be written to {file}; nothing was changed.",
                why=f"{error.strerror or error}.",
                do="Make room or name another place, then try again.",
            ) from None
    return Made(file, said, size)


def _written(root: Path, folder: Path, whole: Path, *, steps: Steps, moment: datetime) -> Manifest:
    with ledger_place(root, begin=True) as place:
        applied = _known_tables()
        (folder / manifest.TOWER).mkdir()
        with steps.step("Reading the tower's tables", unit="rows") as step:
            counted, without = rows.write(folder / manifest.TOWER, applied)
            step.advance(sum(counted.values()))
        ledger = _ledger(place, folder / manifest.LEDGER, steps)  # M1
        names.write(place.artifacts, folder / manifest.TOWER)
    said = Manifest(
        format=manifest.FORMAT,
        lockgate=__version__,
        made_at=stamp(moment),
        programme=_name(root),
        commit=files.commit(root),
        ledger=ledger,
        migrations=applied,
        rows=counted,
        second_factor_left_out=without,
        files={},
    )
    _pack(whole, list(_members(root, folder)), said, steps)
    return said


def _known_tables() -> list[tables.Step]:
    """Return how far the tables are, or stop where a newer version made them."""
    applied = tables.applied()
    unknown = tables.unknown_to_us(applied)
    if unknown:
        raise tables.NewerTables(
            "The tables of the tower were made by a newer version of Lockgate; no backup was made.",
            why=f"This version does not know {tables.told(unknown)}.",
            do="Make the backup with the version that made them.",
        )
    return applied


def _ledger(place: LedgerPlace, folder: Path, steps: Steps) -> LedgerFacts:
    with steps.step("Copying the ledger", total=place.ledger.head().number, unit="records") as step:
        head = export(place.ledger, place.artifacts, folder, on_records=step.advance)
    return LedgerFacts(format=LEDGER_FORMAT, id=place.ledger.identity(), records=head.number, head=head.hash)


def _members(root: Path, folder: Path) -> Iterator[_Member]:
    for part in (manifest.LEDGER, manifest.TOWER):
        for path in sorted((folder / part).rglob("*")):
            if path.is_file():
                yield _Member(f"{path.relative_to(folder)}", path)
    for name in files.of_workspace(root):
        yield _Member(f"{manifest.WORKSPACE}{name}", root / name)


def _pack(whole: Path, members: list[_Member], said: Manifest, steps: Steps) -> None:
    total = sum(member.path.stat().st_size for member in members) // _KILO
    handle = os.open(whole, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with (
        steps.step("Packing", total=total, unit="kB") as step,
        os.fdopen(handle, "wb") as stream,
    ):
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as file:
            for member in members:
                with member.path.open("rb") as source, file.open(member.name, "w", force_zip64=True) as target:
                    said["files"][member.name] = _copied(source, target)
                step.advance(said["files"][member.name]["bytes"] // _KILO)
            file.writestr(manifest.NAME, canonical.encode(said))
        stream.flush()
        os.fsync(stream.fileno())


def _copied(source: IO[bytes], target: IO[bytes]) -> FileFacts:
    told, count = hashlib.sha256(), 0
    while chunk := source.read(_CHUNK_BYTES):
        told.update(chunk)
        target.write(chunk)
        count += len(chunk)
    return FileFacts(bytes=count, sha256=told.hexdigest())


def _name(root: Path) -> str:
    workspace = opening.loaded(root)
    return workspace.programme.name if "programme" in workspace.models else root.name
