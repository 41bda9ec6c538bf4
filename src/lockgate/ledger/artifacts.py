"""Where are the files that go with the records, and are they still what they were? In a folder, by their own digest.

A1  A file's name is the SHA-256 of its content, in folders of two characters: `ab/cdef…`.
A2  A file appears under its name whole and on disk, or not at all.
A3  No secret gets in: in a text it is masked, and what is no text is refused when it holds one.
A4  A file that is expunged leaves its digest, who wanted it and why as a record; its bytes and its names go after that.
"""

import contextlib
import hashlib
import io
import os
import re
import shutil
import uuid
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any, BinaryIO, Final

from lockgate.kernel.errors import UnreachableError, UsageError
from lockgate.ledger.file_names import FileNames
from lockgate.ledger.redaction import redact

EXPUNGED: Final = "artifact.expunged"
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")


class ArtifactUnwritable(UnreachableError):
    """A file could not be kept, so nothing may be recorded that names it."""


class ArtifactMissing(UsageError):
    """A file is not there, or no longer what it was."""


class State(StrEnum):
    """How a file stands."""

    PRESENT = "present"
    MISSING = "missing"
    ALTERED = "altered"


class Artifacts:
    """The files that records name."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.names = FileNames(folder)

    def keep(self, content: bytes | Path) -> str:
        """Keep a file and return its digest (A2, A3): that of what is kept, after masking."""
        try:
            with content.open("rb") if isinstance(content, Path) else io.BytesIO(content) as source:
                return self._take(source, redact)
        except OSError as error:
            raise ArtifactUnwritable(
                f"A file can't be kept in {self.folder}: nothing was recorded, and so nothing was done.",
                why=f"{error.strerror or error}.",
                do="Make room or give the right to write, then try again.",
            ) from None

    @staticmethod
    def digest_of(content: bytes) -> str:
        """Return the digest under which a file would be kept."""
        clean = io.BytesIO()
        redact(io.BytesIO(content), clean)
        return hashlib.sha256(clean.getvalue()).hexdigest()

    def keep_as_is(self, source: BinaryIO) -> str:
        """Keep a file that has passed the door before, as one of an export has."""
        return self._take(source, shutil.copyfileobj)

    def read(self, digest: str) -> bytes:
        """Return a file's content; it is checked against its digest."""
        with self.opened(digest) as file:
            return file.read()

    def opened(self, digest: str) -> BinaryIO:
        """Return a file to be read in parts, after the whole of it was checked against its digest."""
        try:
            file = self.path_of(digest).open("rb")
            if hashlib.file_digest(file, "sha256").hexdigest() == digest:
                file.seek(0)
                return file
            file.close()
        except OSError as error:
            raise _missing(digest, f"{error.strerror or error}.") from None
        raise _missing(digest, "It was altered: its content is not what its digest says.")

    def state(self, digest: str) -> State:
        """Return whether a file is there and still what it was."""
        try:
            with self.path_of(digest).open("rb") as file:
                told = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError:
            return State.MISSING
        return State.PRESENT if told == digest else State.ALTERED

    def remove(self, digest: str) -> None:
        """Remove a file's content and how it was called; `expunge` does so after the ledger has it."""
        self.names.forget(digest)
        with contextlib.suppress(FileNotFoundError):
            self.path_of(digest).unlink()

    def path_of(self, digest: str) -> Path:
        """Return where a file is, or would be (A1)."""
        if not _DIGEST.fullmatch(digest):
            raise UsageError(f"{digest!r} is no digest.", do="A digest has 64 characters of 0 to 9 and a to f.")
        return self.folder / digest[:2] / digest[2:]

    def _take(self, source: BinaryIO, copy: Callable[[BinaryIO, BinaryIO], None]) -> str:
        """Copy a file to a draft, and give that its name once it is on disk (A2)."""
        self.folder.mkdir(parents=True, exist_ok=True)
        draft = self.folder / f".part-{uuid.uuid4().hex}"
        try:
            with draft.open("x+b") as file:
                copy(source, file)
                file.seek(0)
                digest = hashlib.file_digest(file, "sha256").hexdigest()
                if self.state(digest) is State.PRESENT:
                    return digest
                os.fsync(file.fileno())
            draft.chmod(0o440)
            path = self.path_of(digest)
            path.parent.mkdir(exist_ok=True)
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
        sync(path.parent)
        return digest


def digests_in(payload: Any) -> Iterator[str]:
    """Yield the digests of files that a payload names: under `artifact` or `artifacts`, however deep."""
    if isinstance(payload, Mapping):
        for key, value in payload.items():
            yield from _texts(value) if key in {"artifact", "artifacts"} else digests_in(value)
    elif isinstance(payload, list | tuple):
        for value in payload:
            yield from digests_in(value)


def sync(folder: Path) -> None:
    """Have a folder's list of files on disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        if _DIGEST.fullmatch(value):
            yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)


def _missing(digest: str, why: str) -> ArtifactMissing:
    return ArtifactMissing(
        f"The artifact {digest} can't be read.",
        why=why,
        do="Bring it back from an export or a backup; if it was expunged, `lockgate ledger tail` says by whom and why.",
    )
