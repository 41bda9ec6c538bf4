"""What does a pass over a whole CSV file find? Its digest, the line of each record, and what its reader has to know."""

import csv
import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, Final

import polars as pl
import pyarrow as pa  # type: ignore[import-untyped]  # it has no types

from lockgate.engines.sources.csv.encoding import blocks
from lockgate.engines.sources.csv.records import Window, windows
from lockgate.engines.sources.csv.text import Text
from lockgate.engines.sources.extract import Extract
from lockgate.engines.sources.headings import ROW
from lockgate.engines.sources.opening import Opened
from lockgate.engines.sources.raw import Progress
from lockgate.engines.sources.refusal import refuse

_BLOCK: Final = 8 * 2**20
_LARGE: Final = 2_000_000
"""A record of more bytes is looked at before it is read: it may hold a value that is too long."""


@dataclass
class Seen:
    """What a pass found."""

    place: str
    digest: str = ""
    parts: list[pl.Series] = field(default_factory=list)
    rows: int = 0
    longest: int = 0
    crlf: int = 0
    lf: int = 0
    blank: bool = False
    inner_quotes: bool = False
    separators: int = 0

    def even(self, width: int) -> bool:
        """Return whether there are as many separators as so many columns need, as far as that was counted."""
        return not self.inner_quotes and self.separators == self.rows * (width - 1)

    def fits(self, width: int) -> bool:
        """Return whether DuckDB reads the file rightly as it is: it takes blank lines of one column for rows."""
        return not (self.crlf and self.lf) and not (self.blank and width == 1)

    @property
    def lines(self) -> pl.Series:
        """The line of each record."""
        return pl.concat(self.parts) if self.parts else pl.Series([], dtype=pl.Int64)

    def table(self) -> pa.Table:
        """Return the lines as a table of one column."""
        return pa.table({ROW: self.lines.to_arrow()})


def seen(
    file: BinaryIO, text: Text, extract: Extract, opened: Opened, *, copy: BinaryIO | None, progress: Progress
) -> Seen:
    """Return what is found behind the header; write the records to the copy, with line ends of one kind."""
    found = Seen(opened.name, separators=-text.header.separators)
    hashed = hashlib.sha256()
    before = text.header.record
    chunks = _chunks(file, text.encoding.mark, hashed, opened, progress)
    letters = blocks(chunks, text.encoding, place=opened.name, sure=extract.encoding_sure)
    for window in windows(letters, text.separator, place=opened.name):
        passed = min(before, len(window.starts))
        before -= passed
        _note(found, window, passed)
        if found.longest > _LARGE:
            _large(window, text, extract, opened)
        if copy and passed < len(window.starts):
            copy.write(_even(window, passed))
    found.digest = hashed.hexdigest()
    return found


def _chunks(file: BinaryIO, mark: int, hashed: "hashlib._Hash", opened: Opened, progress: Progress) -> Iterator[bytes]:
    file.seek(0)
    hashed.update(file.read(mark))
    done = mark
    while chunk := file.read(_BLOCK):
        hashed.update(chunk)
        done += len(chunk)
        yield chunk
        progress(f"Reading {opened.name}", done, opened.size)


def _note(found: Seen, window: Window, passed: int) -> None:
    lines = window.lines.slice(passed)
    found.parts.append(lines)
    found.rows += len(lines)
    if len(window.starts):
        found.longest = max(found.longest, *(window.ends - window.starts).top_k(1).to_list())
    found.crlf += len(window.crlf)
    found.lf += window.lf
    found.blank |= window.blank
    found.separators += window.separators
    found.inner_quotes |= window.inner_quotes


def _even(window: Window, passed: int) -> bytes:
    """Return the records from one on, all ended by one letter, without lines that have nothing."""
    data, begin = window.data, int(window.starts[passed])
    if not window.blank and data.count(b"\r") == 0 and data.endswith(b"\n"):
        return data[begin:]
    if not window.blank and data.count(b"\r") == data.count(b"\r\n") == len(window.crlf):
        return data[begin:].replace(b"\r\n", b"\n")
    places = zip(window.starts[passed:].to_list(), window.ends[passed:].to_list(), strict=True)
    return b"".join(data[start:end] + b"\n" for start, end in places)


def _large(window: Window, text: Text, extract: Extract, opened: Opened) -> None:
    """Refuse a record that holds a value which is too long, before DuckDB has to make room for it."""
    large = (window.ends - window.starts) > _LARGE
    for start, end, line in zip(
        window.starts.filter(large), window.ends.filter(large), window.lines.filter(large), strict=True
    ):
        record = window.data[start:end].decode()
        for values in csv.reader(io.StringIO(record, newline=""), delimiter=text.separator):
            for number, value in enumerate(values):
                if len(value) > extract.longest_cell:
                    names = text.header.names
                    name = names[number] if number < len(names) else f"column {number + 1}"
                    raise _too_long(opened.name, line, name, len(value), extract)


def _too_long(place: str, line: int, name: str, length: int, extract: Extract) -> Exception:
    """Return what to raise for a value that is too long."""
    what = f"The value of {name!r} has {length:,} letters; {extract.longest_cell:,} is the most."
    return refuse(f"{place}:{line}", "long-value", what, "Declare `longest_cell` if values may be that long.")
