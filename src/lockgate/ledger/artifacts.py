"""Where are the files that go with the records, and are they still what they were? In a folder, by their own digest.

A1  A file's name is the SHA-256 of its content, in folders of two characters: `ab/cdef…`.
A2  A file appears under its name whole and on disk, or not at all.
A3  No secret gets in: in a text it is masked, and what is no text is refused when it holds one.
A4  A file that is expunged leaves its digest, who wanted it and why as a record; its bytes go after that.
"""

import codecs
import contextlib
import hashlib
import os
import re
import uuid
from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from lockgate.kernel.errors import RefusedError, UnreachableError, UsageError
from lockgate.kernel.secret import scrub

EXPUNGED: Final = "artifact.expunged"
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_CHUNK_BYTES: Final = 1 << 20


class ArtifactUnwritable(UnreachableError):
    """A file could not be kept, so nothing may be recorded that names it."""


class ArtifactRefused(RefusedError):
    """A file holds a secret that can't be masked."""


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

    def keep(self, content: bytes | Path) -> str:
        """Keep a file and return its digest (A2, A3): that of what is kept, after masking."""
        try:
            return self.keep_as_is(redacted(content.read_bytes() if isinstance(content, Path) else content))
        except OSError as error:
            raise ArtifactUnwritable(
                f"A file can't be kept in {self.folder}: nothing was recorded, and so nothing was done.",
                why=f"{error.strerror or error}.",
                do="Make room or give the right to write, then try again.",
            ) from None

    def keep_as_is(self, content: bytes) -> str:
        """Keep a file that has passed the door before, as one of an export has."""
        digest = hashlib.sha256(content).hexdigest()
        if self.state(digest) is not State.PRESENT:
            self._write(content, self.path_of(digest))
        return digest

    def read(self, digest: str) -> bytes:
        """Return a file's content; it is checked against its digest."""
        try:
            content = self.path_of(digest).read_bytes()
        except OSError as error:
            raise _missing(digest, f"{error.strerror or error}.") from None
        if hashlib.sha256(content).hexdigest() != digest:
            raise _missing(digest, "It was altered: its content is not what its digest says.")
        return content

    def state(self, digest: str) -> State:
        """Return whether a file is there and still what it was."""
        told = hashlib.sha256()
        try:
            with self.path_of(digest).open("rb") as file:
                while chunk := file.read(_CHUNK_BYTES):
                    told.update(chunk)
        except OSError:
            return State.MISSING
        return State.PRESENT if told.hexdigest() == digest else State.ALTERED

    def remove(self, digest: str) -> None:
        """Remove a file's content; `expunge` does so after the ledger has it."""
        with contextlib.suppress(FileNotFoundError):
            self.path_of(digest).unlink()

    def path_of(self, digest: str) -> Path:
        """Return where a file is, or would be (A1)."""
        if not _DIGEST.fullmatch(digest):
            raise UsageError(f"{digest!r} is no digest.", do="A digest has 64 characters of 0 to 9 and a to f.")
        return self.folder / digest[:2] / digest[2:]

    def _write(self, content: bytes, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = self.folder / f".part-{uuid.uuid4().hex}"
        try:
            with draft.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            draft.chmod(0o440)
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
        sync(path.parent)


def redacted(content: bytes) -> bytes:
    """Return a text with every secret in use masked; refuse what is no text and holds one (A3)."""
    encoding = "utf-16" if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        raw = content.decode("latin-1")
        if scrub(raw) != raw:
            raise ArtifactRefused(
                "The file holds a secret and is no text in which it could be masked.",
                do="Take the password or key out of the file, then try again.",
            ) from None
        return content
    masked = scrub(text)
    return content if masked == text else masked.encode(encoding)


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
