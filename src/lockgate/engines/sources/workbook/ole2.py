"""What lies in the container of an XLS workbook? Its streams, found only where nothing in it goes round in a circle.

The container is a small file system: sectors, and tables that say which sector follows which. A reader that trusts a
broken table follows it for ever, or makes room for what a header only claims.

C1  The file is no larger than a workbook of this kind gets.
C2  No chain of sectors goes round in a circle.
C3  Nothing in it claims to be longer than the file.
"""

import struct
import sys
from array import array
from typing import Final

from lockgate.kernel.package import TooLarge, Unfit

SIGNATURE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LARGEST: Final = 256 * 2**20
"""A sheet of this kind has 65,536 rows and 256 columns at most."""
_HEADER: Final = struct.Struct("<30xHH6xIII4xIIIII")
_FIRST_TABLES: Final = 76
"""Where the header begins to list the sectors of the table."""
_SHIFTS: Final = {9, 12}
_SMALL_SHIFT: Final = 6
_ENTRY: Final = struct.Struct("<64sHB49xIQ")
_STREAM: Final = 2


class Container:
    """The sectors of a file, and its streams by their names."""

    def __init__(self, content: bytes) -> None:
        if len(content) > LARGEST:
            raise TooLarge(f"an XLS workbook of {len(content):,} bytes; {LARGEST:,} is the most")  # C1
        if len(content) < 1 << min(_SHIFTS):
            raise Unfit("it is cut off")
        head = _HEADER.unpack_from(content)
        self._content, self._shift, small_shift = content, head[0], head[1]
        if self._shift not in _SHIFTS or small_shift != _SMALL_SHIFT:
            raise Unfit("its header is broken")
        folders, tables, first_folder, self._cutoff, first_small, smalls, first_more, more = head[2:]
        self._count = len(content) >> self._shift
        if max(folders, tables, smalls, more) > self._count:
            raise Unfit("its header claims more than the file holds")  # C3
        self._next = _ending(self._table(self._tables(first_more)))
        entries = _ENTRY.iter_unpack(self._chained(first_folder))
        self._entries = {_name(text, length): (kind, start, size) for text, length, kind, start, size in entries}
        if any(kind and size & 0xFFFFFFFF > len(content) for kind, _, size in self._entries.values()):
            raise Unfit("its directory claims more than the file holds")  # C3
        self._small_next = _ending(self._numbers(self._chained(first_small)))
        self._small = self._chained(self._entries.get("Root Entry", (0, len(self._next), 0))[1])

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def stream(self, name: str) -> bytes:
        """Return the content of a stream."""
        kind, start, size = self._entries[name]
        if kind != _STREAM:
            raise Unfit(f"{name!r} is no stream")
        size &= 0xFFFFFFFF
        if size >= self._cutoff:
            return self._chained(start)[:size]
        parts = []
        while start < len(self._small_next):
            parts.append(self._small[start << _SMALL_SHIFT : (start + 1) << _SMALL_SHIFT])
            start = self._small_next[start]
        return b"".join(parts)[:size]

    def _sector(self, number: int) -> bytes:
        return self._content[(number + 1) << self._shift : (number + 2) << self._shift]

    def _chained(self, start: int) -> bytes:
        parts = []
        while start < len(self._next):
            parts.append(self._sector(start))
            start = self._next[start]
        content = b"".join(parts)
        return content[: len(content) - len(content) % _ENTRY.size]

    def _tables(self, more: int) -> list[int]:
        """Return the sectors that the table is written in."""
        found = list(self._numbers(self._content[_FIRST_TABLES : 1 << min(_SHIFTS)]))
        seen: set[int] = set()
        while more < self._count:
            if more in seen:
                raise Unfit("its tables go round in a circle")  # C2
            seen.add(more)
            *numbers, more = self._numbers(self._sector(more)) or (self._count,)
            found += numbers
        return [number for number in found if number < self._count]

    def _table(self, sectors: list[int]) -> "array[int]":
        if len(set(sectors)) < len(sectors):
            raise Unfit("its tables go round in a circle")  # C2
        return self._numbers(b"".join(map(self._sector, sectors)))

    def _numbers(self, content: bytes) -> "array[int]":
        numbers = array("I", content[: len(content) // 4 * 4])
        if sys.byteorder == "big":
            numbers.byteswap()
        return numbers


def _ending(following: "array[int]") -> "array[int]":
    """Return what follows which when every chain has an end (C2)."""
    seen = bytearray(len(following))
    for start in range(len(following)):
        at, way = start, []
        while at < len(following) and not seen[at]:
            seen[at] = 1
            way.append(at)
            at = following[at]
        if at < len(following) and seen[at] == 1:
            raise Unfit("its sectors go round in a circle")
        for one in way:
            seen[one] = 2
    return following


def _name(text: bytes, length: int) -> str:
    return text[: max(length - 2, 0)].decode("utf-16-le", errors="replace")
