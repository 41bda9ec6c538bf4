"""May a packed file be unpacked? Only within limits, and only when it is what it says of itself.

P1  It has no more parts and bytes than allowed. A part is read up to the size that it says; a larger one is broken.
P2  A part does not shrink beyond what texts do: a small file that holds a large one is a bomb.
P3  No name of a part leads out of the folder that it would be unpacked into.
P4  No part declares a document type: entities that hold entities are bombs, too.
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO, Final

_CHUNK: Final = 2**20
_DOCTYPE: Final = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_WIDE_DOCTYPE: Final = re.compile(rb"<\0!\0D\0O\0C\0T\0Y\0P\0E|\0<\0!\0D\0O\0C\0T\0Y\0P\0E")
_SMALL: Final = 10 * 2**20
"""Parts of fewer bytes may shrink as much as they like."""


class Unfit(ValueError):
    """The file is not to be unpacked; the text says why."""


class TooLarge(Unfit):
    """It would be larger than allowed."""


@dataclass(frozen=True)
class Limits:
    """How large a packed file may become."""

    parts: int
    unpacked: int
    """In bytes, of all parts together."""
    shrunk: int = 1100
    """How many times larger a part may become; no honest one reaches the usual limit of the packing itself."""


def chunks(file: IO[bytes], limits: Limits) -> Iterator[tuple[str, bytes]]:
    """Yield the bytes of all parts, each with the name of its part; raise `Unfit` where they must not be unpacked."""
    try:
        with zipfile.ZipFile(file) as packed:
            parts = packed.infolist()
            size = sum(part.file_size for part in parts)
            if len(parts) > limits.parts or size > limits.unpacked:
                raise TooLarge(f"{len(parts)} parts of {size:,} bytes when unpacked")
            for part in parts:
                _named(part.filename)
                for chunk in _part(packed, part, limits):
                    yield part.filename, chunk
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise Unfit(str(error)) from None


def _named(name: str) -> None:
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or re.match(r"[A-Za-z]:", name):
        raise Unfit(f"the part {name!r} leads out of the file")  # P3


def _part(packed: zipfile.ZipFile, part: zipfile.ZipInfo, limits: Limits) -> Iterator[bytes]:
    if part.file_size > _SMALL and part.file_size > limits.shrunk * max(part.compress_size, 1):
        raise TooLarge(f"a part of {part.file_size:,} bytes packed into {part.compress_size:,}")  # P2
    tail = b""
    with packed.open(part) as file:
        while chunk := file.read(_CHUNK):
            if part.filename.endswith((".xml", ".rels")):
                if _DOCTYPE.search(tail + chunk) or _WIDE_DOCTYPE.search(tail + chunk):
                    raise Unfit(f"the part {part.filename!r} declares a document type")  # P4
                tail = chunk[-32:]
            yield chunk
