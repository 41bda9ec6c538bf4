"""Where does each record of a CSV text begin? Found over whole blocks, with the true line of the file.

C1  A record ends with a line end outside of quotes. A quoted value may hold line ends; they count as lines.
C2  A quote opens a value only at its beginning and closes it only at its end; inside it is doubled. A quote inside of
    a value that is not quoted is itself. Anything else is refused with line and column.
C3  A line without anything is no record; it counts as a line.
C4  Line ends may be CRLF, LF or CR; a lone CR between LFs may be part of a value or not, and is refused.
C5  A quote that is never closed is refused with the place where it opens.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

import polars as pl
import pyarrow as pa  # type: ignore[import-untyped]  # it has no types

from lockgate.engines.sources.refusal import Refused, refuse

LONGEST_RECORD: Final = 256 * 2**20
"""No record is longer; what goes on for so long is a quote that was never closed."""
_ENDLESS: Final = "A record begins here that is longer than 256 MiB."
_QUOTE, _LF, _CR = b'"'[0], b"\n"[0], b"\r"[0]


@dataclass(frozen=True)
class Window:
    """Whole records that follow each other in a file."""

    data: bytes
    starts: pl.Series
    """Where each record begins in the data; lines without anything are left out."""
    ends: pl.Series
    """Where the line end of each begins."""
    lines: pl.Series
    """In which line of the file each begins."""
    crlf: pl.Series
    """Where records, and lines without anything, have the first letter of a CRLF."""
    lf: int
    """How many end with one letter."""
    blank: bool
    """Whether there are lines without anything."""
    inner_quotes: bool
    """Whether a value that is not quoted has a quote in it."""
    separators: int
    """How many separators stand outside of quotes; not counted where a quote stands inside of a value."""


def windows(blocks: Iterable[bytes], separator: str, *, place: str) -> Iterator[Window]:
    """Yield all records of a text in order."""
    reading = _Reading(separator.encode(), place)
    waiting = b""
    for block in blocks:
        waiting += block
        if len(waiting) > LONGEST_RECORD:
            raise reading.fault(waiting, 0, "record", _ENDLESS, _UNCLOSED_HINT)
        if block:
            window = reading.window(waiting, final=False)
            if window:
                yield window
                waiting = waiting[len(window.data) :]
    if waiting:
        yield reading.last(waiting)


class _Reading:
    """The lines of a file as far as they were read."""

    def __init__(self, separator: bytes, place: str) -> None:
        self.separator, self.place = separator, place
        self.line = 1
        self.newline = 0

    def window(self, data: bytes, *, final: bool) -> Window | None:
        """Return the whole records at the beginning of the data; None where there is none."""
        if not self.newline:
            self.newline = _line_end(data)
        letters = _series(data)
        line_ends = (letters == self.newline).arg_true()
        ends, inner = line_ends, False
        if b'"' in data:
            quotes = (letters == _QUOTE).arg_true()
            if self._regular(letters, quotes, final=final):
                ends = line_ends.filter(quotes.search_sorted(line_ends) % 2 == 0)
            else:
                ends, inner = _walked(data, self, final=final), True
        if not len(ends):
            return None
        return self._cut(data[: ends[-1] + 1], letters, line_ends, ends, inner=inner)

    def last(self, data: bytes) -> Window:
        """Return the records up to the end of the file; the last may have no line end."""
        ended = self.newline and data[-1] == self.newline
        window = self.window(data if ended else data + bytes([self.newline or _LF]), final=True)
        if window is None:  # a file without any record ends in a line end all the same
            raise self.fault(data, 0, "quote", _UNCLOSED, _UNCLOSED_HINT)
        return window if ended else replace(window, lf=window.lf - 1)

    def _regular(self, letters: pl.Series, quotes: pl.Series, *, final: bool) -> bool:
        """Return whether every quote opens or closes a value, or is doubled inside of one (C2)."""
        opening, closing = quotes.gather_every(2), quotes.gather_every(2, 1)
        before = letters.gather(opening.filter(opening > 0) - 1)
        after = letters.gather(closing.filter(closing < len(letters) - 1) + 1)
        edges = [self.separator[0], _LF, _CR, _QUOTE]
        if not bool(before.is_in(edges).all()) or not bool(after.is_in(edges).all()):
            return False
        return not final or len(quotes) % 2 == 0

    def _cut(self, data: bytes, letters: pl.Series, line_ends: pl.Series, ends: pl.Series, *, inner: bool) -> Window:
        letters, line_ends = letters.head(len(data)), line_ends.filter(line_ends < len(data))
        starts = pl.concat([ends.head(1) * 0, ends.head(len(ends) - 1) + 1])
        lines = line_ends.search_sorted(starts).cast(pl.Int64) + self.line
        full, crlf = ends > starts, ends.clear()
        if b"\r" in data and self.newline == _LF:
            marked = full & (letters.gather(ends - full.cast(ends.dtype)) == _CR)
            crlf = ends.filter(marked) - 1
            ends -= marked.cast(ends.dtype)
            full = ends > starts
        self._lone(data, letters, crlf=len(crlf), inner=inner)
        self.line += len(line_ends)
        lf = len(full) - len(crlf)
        blank = not bool(full.all())
        if blank:
            starts, ends, lines = starts.filter(full), ends.filter(full), lines.filter(full)  # C3
        return Window(
            data, starts, ends, lines, crlf, lf, blank, inner, 0 if inner else self._separators(data, letters)
        )

    def _separators(self, data: bytes, letters: pl.Series) -> int:
        if b'"' not in data:
            return data.count(self.separator)
        quotes, separators = (letters == _QUOTE).arg_true(), (letters == self.separator[0]).arg_true()
        return int((quotes.search_sorted(separators) % 2 == 0).sum())

    def _lone(self, data: bytes, letters: pl.Series, *, crlf: int, inner: bool) -> None:
        """Refuse a line end of another kind that stands outside of quotes (C4)."""
        other = _LF if self.newline == _CR else _CR
        if inner or data.count(bytes([other])) == crlf:
            return  # who walks from value to value sees it there
        places = (letters == other).arg_true()
        if b'"' in data:
            places = places.filter((letters == _QUOTE).arg_true().search_sorted(places) % 2 == 0)
        if other == _CR:
            places = places.filter(letters.gather(places + 1) != _LF)  # the last letter is a LF
        if len(places):
            raise self.fault(data, int(places[0]), "line-end", _LONE, "Ask for the file with line ends of one kind.")

    def fault(self, data: bytes, at: int, code: str, what: str, hint: str) -> Refused:
        """Return what to raise for a place in the data of a window that was not cut yet."""
        newline = bytes([self.newline])
        line = self.line + data.count(newline, 0, at)
        column = len(data[data.rfind(newline, 0, at) + 1 : at].decode("utf-8", "replace")) + 1
        return refuse(f"{self.place}:{line}:{column}", code, what, hint)


_LONE: Final = "A line end of another kind than in the lines before: it could end the record or be part of a value."
_STRAY: Final = "A quote neither opens nor closes a value here."
_STRAY_HINT: Final = (
    "A quote inside of a quoted value is written twice; nothing stands between a quote and its separator."
)


_FIRST_LINE: Final = re.compile(rb'(?:[^"\r\n]++|"[^"]*+")*+')


def _line_end(data: bytes) -> int:
    """Return the last letter of the line ends: what ends the first line outside of quotes."""
    first = _FIRST_LINE.match(data)
    end = first.end() if first else 0
    return _CR if data[end : end + 1] == b"\r" and data[end + 1 : end + 2] not in {b"", b"\n"} else _LF


def _series(data: bytes) -> pl.Series:
    array = pa.UInt8Array.from_buffers(pa.uint8(), len(data), [None, pa.py_buffer(data)])
    return pl.Series(array)


def _walked(data: bytes, reading: "_Reading", *, final: bool) -> pl.Series:
    """Return where records end in data with quotes that need a closer look, value by value."""
    separator = re.escape(reading.separator)
    end = rb"\r?\n" if reading.newline == _LF else rb"\r"
    value = rb'(?:"[^"]*+(?:""[^"]*+)*+"|(?![ \t]*+")[^%b\r\n]*+)' % separator
    record = re.compile(rb"%b(?:%b%b)*+%b" % (value, separator, value, end))
    ends: list[int] = []
    at = 0
    while found := record.match(data, at):
        at = found.end()
        ends.append(at - 1)
    if at < len(data):
        _explain(data, at, reading, final=final)
    return pl.Series(ends, dtype=pl.UInt32)


def _explain(data: bytes, at: int, reading: "_Reading", *, final: bool) -> None:
    """Refuse what is wrong in the record that begins here; nothing when only its end is not read yet."""
    quoted = re.compile(rb'"[^"]*+(?:""[^"]*+)*+"')
    plain = re.compile(rb"[^%b\r\n]*+" % re.escape(reading.separator))
    while True:
        begun = at
        if data[at : at + 1] == b'"':
            found = quoted.match(data, at)
            if found is None:
                if final:
                    raise reading.fault(data, begun, "quote", _UNCLOSED, _UNCLOSED_HINT)  # C5
                return
            at = found.end()
        else:
            found = plain.match(data, at)
            at = found.end() if found else at
            if data[begun:at].lstrip(b" \t").startswith(b'"'):
                raise reading.fault(data, begun, "quote", _STRAY, _STRAY_HINT)
        if at >= len(data) - 1 and not final:
            return
        if data[at : at + 1] != reading.separator:
            is_end = data[at : at + 1] in {b"\r", b"\n"}
            raise reading.fault(
                data,
                at,
                "line-end" if is_end else "quote",
                _LONE if is_end else _STRAY,
                "Ask for the file with line ends of one kind." if is_end else _STRAY_HINT,
            )
        at += 1


_UNCLOSED: Final = "A quote opens a value here, and nothing closes it up to the end of the file."
_UNCLOSED_HINT: Final = "The file may be cut off: ask for it again, or double the quote."
