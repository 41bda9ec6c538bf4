"""What was a file called when somebody attached it? A name can be personal, so it is no part of what is hashed.

N1  A name stands beside the files, for each record that has the file. It is not in the ledger, nor in an export of it.
N2  It goes when the file is expunged.
N3  A name is one plain line: no folders, no marks that turn or hide text, no more than a list can show.
"""

import contextlib
import shutil
import unicodedata
import uuid
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Final

LONGEST: Final = 120
_LONGEST_ENDING: Final = 12
_FOLDER: Final = "names"
_TURNED: Final = ("C", "Zl", "Zp")
"""Kinds of characters that are not shown, or turn what stands beside them (N3)."""


def plain(name: str) -> str:
    """Return a name as it is kept and offered, empty when nothing is left of it (N3)."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    seen = "".join(" " if mark.isspace() else mark for mark in last if not _hides(mark))
    line = " ".join(unicodedata.normalize("NFC", seen).split()).strip(". ")
    if len(line) <= LONGEST:
        return line
    ending = PurePosixPath(line).suffix
    ending = ending if len(ending) <= _LONGEST_ENDING else ""
    return line[: LONGEST - len(ending)].rstrip() + ending


class FileNames:
    """The names of the files in a folder of artifacts."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / _FOLDER

    def call(self, digest: str, record: str, name: str) -> None:
        """Keep how a record calls a file; a name of which nothing is left is none."""
        told = plain(name)
        if not told:
            return
        path = self._path(digest) / record
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".part-{uuid.uuid4().hex}")
        draft.write_text(told, encoding="utf-8")
        draft.replace(path)

    def of(self, digest: str, record: str) -> str:
        """Return how a record calls a file, empty when that is not known."""
        try:
            return (self._path(digest) / record).read_text(encoding="utf-8")
        except OSError:
            return ""

    def all_of(self, digest: str) -> Mapping[str, str]:
        """Return how a file is called, by record."""
        return {record: name for _, record, name in self._in(self._path(digest))}

    def every(self) -> Iterator[tuple[str, str, str]]:
        """Yield digest, record and name of all that is known."""
        with contextlib.suppress(FileNotFoundError):
            for folder in sorted(self._folder.iterdir()):
                yield from self._in(folder)

    def forget(self, digest: str) -> None:
        """Forget how a file was called (N2)."""
        with contextlib.suppress(FileNotFoundError):
            shutil.rmtree(self._path(digest))

    def _path(self, digest: str) -> Path:
        return self._folder / digest

    @staticmethod
    def _in(folder: Path) -> Iterator[tuple[str, str, str]]:
        with contextlib.suppress(FileNotFoundError):
            for path in sorted(folder.iterdir()):
                if not path.name.startswith("."):
                    yield folder.name, path.name, path.read_text(encoding="utf-8")


def _hides(mark: str) -> bool:
    return unicodedata.category(mark).startswith(_TURNED) and not mark.isspace()
