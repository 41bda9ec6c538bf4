"""Is this a text that can be read at all? Its size, its encoding and its characters, before anything is parsed.

S1  A file larger than `LARGEST_BYTES` is not read.
S2  A file is UTF-8, with or without a byte order mark.
S3  Control characters, half surrogate pairs and the line ends that only some programs see are refused: what a person
    sees must be what is read.
"""

import re
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path

from lockgate.kernel.finding import Finding, Position

LARGEST_BYTES = 1_048_576
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True)
class Source:
    """The text of a file, or why there is none."""

    path: str
    text: str
    fault: Finding | None = None


def open_source(source: Path | Traversable, path: str) -> Source:
    """Return the text of a file."""
    try:
        with source.open("rb") as file:
            content = file.read(LARGEST_BYTES + 1)
    except OSError as error:
        why = error.strerror or type(error).__name__
        return _refused(path, "unreadable", f"the file can't be read: {why}", "Make it a file that you may read.")
    return decoded(content, path)


def decoded(content: bytes, path: str) -> Source:
    """Return the text that the bytes stand for (S1, S2)."""
    if len(content) > LARGEST_BYTES:
        return _refused(path, "too-large", f"the file is larger than {LARGEST_BYTES:,} bytes", "Split it.")
    try:
        text = content.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8").removeprefix("\ufeff")
        at = _position(path, before, len(before))
        message = f"the byte 0x{content[error.start]:02x} is not UTF-8"
        return Source(path, "", Finding(at, "encoding", message, "Save the file as UTF-8."))
    return checked(text, path)


def checked(text: str, path: str) -> Source:
    """Return the text, with what is unfit in it (S3)."""
    if len(text) > LARGEST_BYTES:
        return _refused(path, "too-large", f"the text is longer than {LARGEST_BYTES:,} characters", "Split it.")
    unfit = _UNFIT.search(text)
    if unfit is None:
        return Source(path, text)
    at = _position(path, text, unfit.start())
    message = f"the character U+{ord(unfit[0]):04X} is not allowed"
    return Source(path, text, Finding(at, "control-character", message, "Remove it; nobody can see that it is there."))


def unfit_character(text: str) -> str | None:
    """Return the first character that must not be in a value, None when all are fit."""
    found = _UNFIT.search(text)
    return found[0] if found else None


def _position(path: str, text: str, offset: int) -> Position:
    lines = re.split(r"\r\n|\r|\n", text[:offset])
    return Position(path, len(lines), len(lines[-1]) + 1)


def _refused(path: str, code: str, message: str, hint: str) -> Source:
    return Source(path, "", Finding(Position(path), code, message, hint))
