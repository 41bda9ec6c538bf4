"""Which file is meant? One below the folder that the caller allows, and nothing else.

F1  No path leads out of the folder: neither by `..`, nor absolute, nor by a link.
F2  Only plain files are read: no folder, pipe or device.
F3  A file that changes while it is read is refused.
"""

import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from lockgate.engines.sources.refusal import refuse


@dataclass(frozen=True)
class Opened:
    """A file that may be read, and what it looked like when it was found."""

    name: str
    """As it was declared; messages say this."""
    path: Path
    size: int
    changed: int

    def same(self) -> None:
        """Refuse it when it is no longer what it was (F3)."""
        try:
            now = self.path.stat()
        except OSError as error:
            raise refuse(self.name, "changed", f"The file went away: {error.strerror}.") from None
        if (now.st_size, now.st_mtime_ns) != (self.size, self.changed):
            raise refuse(self.name, "changed", "The file changed while it was read.", "Read it again when it is whole.")


def opened(name: str, folder: Path) -> Opened:
    """Return the file of that name below a folder."""
    if not name:
        raise refuse("path", "no-path", "No file is named.", "Say which: `path: extracts/items.csv`.")
    root = folder.resolve()
    try:
        path = (root / name).resolve(strict=True)
        inside = path.is_relative_to(root) and not Path(name).is_absolute() and ".." not in Path(name).parts
        if not inside:
            raise refuse(name, "outside", "The path leads out of the folder of extracts.", "Copy the file there.")  # F1
        seen = path.stat()
    except (OSError, RuntimeError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else str(error)
        raise refuse(name, "no-file", f"The file can't be found: {why}.") from None
    if not stat.S_ISREG(seen.st_mode):
        raise refuse(name, "no-file", "It is no plain file.", "Name a file.")  # F2
    if not os.access(path, os.R_OK):
        raise refuse(name, "no-file", "The file may not be read by this user.")
    return Opened(name, path, seen.st_size, seen.st_mtime_ns)


def digest_of_bytes(file: Opened) -> str:
    """Return the digest of a file's bytes."""
    with file.path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
