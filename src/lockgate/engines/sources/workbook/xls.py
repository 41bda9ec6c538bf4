"""Which cells of an XLS workbook are in doubt? Found in its records, since readers of workbooks leave such cells empty.

X1  A cell with an error (`#N/A`, `#DIV/0!`) holds no value.
X2  A formula that is to be worked out when the workbook is opened holds none that is known.
X3  A whole number that is shown with zeros in front, which are not in the cell, is another code than what people see.
"""

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, Final

from lockgate.engines.sources.workbook.doubt import (
    ERROR_CELL,
    NOT_SAVED,
    SHOWN_ZEROS,
    UNSAVED,
    ZEROS,
    Doubt,
    Reach,
    Told,
)
from lockgate.engines.sources.workbook.ole2 import LARGEST, Container
from lockgate.kernel.package import Unfit

_BOOLERR: Final = 0x205
_BOUNDSHEET: Final = 0x85
_FILEPASS: Final = 0x2F
_FORMAT: Final = 0x41E
_FORMULA: Final = 0x06
_MULRK: Final = 0xBD
_NUMBERS: Final = {0x203, 0x27E}
_SST: Final = 0xFC
_STARTS: Final = {0x09, 0x209, 0x409, 0x809}
_DIMENSIONS: Final = 0x200
_END: Final = 0x0A
_XF: Final = 0xE0
_CELLS: Final = {_BOOLERR, _FORMULA, 0xFD, 0x204, 0xD6, *_NUMBERS}
_ERRORS: Final = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
_CELL: Final = struct.Struct("<HHH")
"""Row, column and style."""
_RESULT: Final = struct.Struct("<BxB3xHH")
"""Of a formula: a number; or which kind it is, its code and a mark; then when it is worked out."""
_WHEN_OPENED: Final = 2
_NO_NUMBER: Final = 0xFFFF
_IS_ERROR: Final = 2
_WIDE: Final = 10
"""Larger records of the dimensions have rows of four bytes."""
_ZEROS: Final = re.compile(r"0{2,}")


@dataclass
class Xls:
    """An XLS workbook, looked through."""

    sheets: list[Told] = field(default_factory=list)
    suffixes: tuple[str, ...] = (".xls",)

    def told(self, number: int, name: str) -> Told:
        """Return what there is to tell of a sheet."""
        if number >= len(self.sheets):
            raise Unfit(f"the sheet {name!r} can't be found")
        return self.sheets[number]


def xls(file: IO[bytes]) -> Xls:
    """Return a workbook whose container and cells can be read; raise `Unfit`."""
    container = Container(file.read(LARGEST + 1))
    if "EncryptedPackage" in container:
        raise Unfit("it has a password")
    name = next((name for name in ("Workbook", "Book", "WORKBOOK", "BOOK") if name in container), None)
    if name is None:
        raise Unfit("there is no workbook in it")
    stream = container.stream(name)
    book = _Globals(stream)
    return Xls([_sheet(stream, start, book.zeros()) for start in book.sheets])


class _Globals:
    """What the first part of the stream tells of all sheets."""

    def __init__(self, stream: bytes) -> None:
        self.sheets: list[int] = []
        """Where each begins."""
        self.formats: set[int] = set()
        self.shown: list[int] = []
        """The format of each style."""
        for kind, start, size in _records(stream, 0):
            content = stream[start : start + size]
            try:
                self._take(kind, content, len(stream))
            except struct.error:
                raise Unfit(f"a record of the kind {kind:#x} is cut off") from None

    def zeros(self) -> set[int]:
        """Return the styles that show zeros in front of a number."""
        return {number for number, shown in enumerate(self.shown) if shown in self.formats}

    def _take(self, kind: int, content: bytes, length: int) -> None:
        if kind == _FILEPASS:
            raise Unfit("it has a password")
        if kind == _SST and max(struct.unpack_from("<II", content)) > length:
            raise Unfit("it claims more texts than it holds")
        if kind == _BOUNDSHEET:
            self.sheets.append(struct.unpack_from("<I", content)[0])
        elif kind == _XF:
            self.shown.append(struct.unpack_from("<2xH", content)[0])
        elif kind == _FORMAT and any(_ZEROS.fullmatch(text) for text in _texts(content)):
            self.formats.add(struct.unpack_from("<H", content)[0])


def _texts(content: bytes) -> tuple[str, str]:
    """Return the text of a format as the newest version of the records writes it, and as older ones do."""
    return content[5:].decode("utf-16-le" if content[4:5] == b"\1" else "latin-1", "replace"), content[3:].decode(
        "latin-1"
    )


def _records(stream: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """Yield the records of a part of the stream, without those of parts within it."""
    depth = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        depth += (kind in _STARTS) - (kind == _END)
        if at + 4 + size > len(stream):
            raise Unfit("its last record is cut off")
        if depth == 1:
            yield kind, at + 4, size
        if depth < 1:
            return
        at += 4 + size


def _sheet(stream: bytes, at: int, zeros: set[int]) -> Told:
    told = Told()
    for kind, start, size in _records(stream, at):
        if kind in _CELLS and size >= _CELL.size:
            row, column, style = _CELL.unpack_from(stream, start)
            told.reach.to(row, column)
            content = stream[start + _CELL.size : start + size]
            doubt = _doubt(kind, content)
            if doubt is None and style in zeros and _is_number(kind, content):
                doubt = SHOWN_ZEROS, ZEROS
            if doubt:
                told.doubts.append(Doubt(column, row + 1, *doubt))
        elif kind == _DIMENSIONS and size >= _WIDE:
            _claimed(stream, start, wide=size > _WIDE)
        elif kind == _MULRK and size >= _CELL.size:
            row, first, _ = _CELL.unpack_from(stream, start)
            count = (size - _CELL.size) // _CELL.size  # a style and a number each, and the last column at the end
            told.reach.to(row, first, last_column=first + count - 1)
            for number in range(count):
                if struct.unpack_from("<H", stream, start + 4 + _CELL.size * number)[0] in zeros:
                    told.doubts.append(Doubt(first + number, row + 1, SHOWN_ZEROS, ZEROS))  # X3
    told.reach.fitting()
    return told


def _claimed(stream: bytes, start: int, *, wide: bool) -> None:
    """Raise `TooLarge` where a sheet claims more cells than a reader could keep: it makes room for them first."""
    top, bottom, left, right = struct.unpack_from("<IIHH" if wide else "<HHHH", stream, start)
    if bottom < top or right < left:
        raise Unfit("a sheet claims to end before it begins")
    claimed = Reach()
    claimed.to(top, left, last_row=bottom - 1, last_column=right - 1)
    claimed.fitting()


def _doubt(kind: int, content: bytes) -> tuple[str, str] | None:
    if kind == _BOOLERR and content[1:2] == b"\1":
        return _error(content[0])
    if kind == _FORMULA and len(content) >= _RESULT.size:
        which, code, mark, when = _RESULT.unpack_from(content)
        if when & _WHEN_OPENED:
            return UNSAVED, NOT_SAVED  # X2
        if mark == _NO_NUMBER and which == _IS_ERROR:
            return _error(code)
    return None


def _is_number(kind: int, content: bytes) -> bool:
    """Return whether a cell holds a number, or a formula whose result is one."""
    if kind == _FORMULA and len(content) >= _RESULT.size:
        _, _, mark, _ = _RESULT.unpack_from(content)
        return bool(mark != _NO_NUMBER)
    return kind in _NUMBERS


def _error(code: int) -> tuple[str, str]:
    return ERROR_CELL, f"The cell holds the error {_ERRORS.get(code, f'number {code}')}."  # X1
