"""Is every file of a backup what it was? It is compared with its digest while it is taken out."""

import hashlib
import zipfile
import zlib
from pathlib import Path
from typing import Final

from lockgate.tower.backup import manifest
from lockgate.tower.backup.making import Steps
from lockgate.tower.backup.manifest import FileFacts, Manifest

_CHUNK_BYTES: Final = 1 << 20
_KILO: Final = 1_000


def unpack(path: Path, said: Manifest, folder: Path, steps: Steps) -> None:
    """Take all files out into a folder, each after it was found to be what it was."""
    total = sum(facts["bytes"] for facts in said["files"].values()) // _KILO
    for part in (manifest.LEDGER, manifest.TOWER, manifest.WORKSPACE):
        (folder / part).mkdir(parents=True)
    with zipfile.ZipFile(path) as file, steps.step("Checking the backup", total=total, unit="kB") as step:
        for name, facts in said["files"].items():
            try:
                same = _taken_out(file, name, folder / name, facts)
            except (zipfile.BadZipFile, EOFError, zlib.error) as error:
                raise manifest.refused(path, f"{name}: {error}.") from None
            if not same:
                raise manifest.refused(path, f"{name} is not what it was when the backup was made.")
            step.advance(facts["bytes"] // _KILO)


def _taken_out(file: zipfile.ZipFile, name: str, target: Path, facts: FileFacts) -> bool:
    """Write a file and return whether it is what it was; no more of it is written than there was."""
    told, left = hashlib.sha256(), facts["bytes"]
    target.parent.mkdir(parents=True, exist_ok=True)
    with file.open(name) as source, target.open("xb") as written:
        while chunk := source.read(_CHUNK_BYTES):
            left -= len(chunk)
            if left < 0:
                return False
            told.update(chunk)
            written.write(chunk)
    return left == 0 and told.hexdigest() == facts["sha256"]
