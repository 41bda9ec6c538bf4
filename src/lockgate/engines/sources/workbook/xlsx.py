"""Which cells of an XLSX workbook are in doubt? Found in its parts, since readers of workbooks leave such cells empty.

W1  A cell with an error (`#N/A`, `#DIV/0!`) holds no value.
W2  A formula whose result was not saved holds none that is known.
W3  A whole number that is shown with zeros in front, which are not in the cell, is another code than what people see.
"""

import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field
from typing import IO, Final

from lockgate.engines.sources.workbook.doubt import ERROR_CELL, NOT_SAVED, SHOWN_ZEROS, UNSAVED, ZEROS, Doubt, Told
from lockgate.kernel.package import Limits, Unfit, chunks

LIMITS: Final = Limits(parts=2_000, unpacked=4 * 2**30, shrunk=250)
_CELL: Final = re.compile(
    rb"<(?:\w+:)?(?:row\b([^>]*)>|c(?:\s([^>]*?))?(?:/>|>(.*?)</(?:\w+:)?c>))",
    re.DOTALL,
)
_ADDRESS: Final = re.compile(rb"""\br=["']([A-Z]{1,3})([0-9]{1,7})["']""")
_ROW: Final = re.compile(rb"""\br=["']([0-9]{1,7})["']""")
_STYLE: Final = re.compile(rb"""\bs=["']([0-9]+)["']""")
_ERROR: Final = re.compile(rb"""\bt=["']e["']""")
_FORMULA: Final = re.compile(rb"<(?:\w+:)?f[\s>/]")
_VALUE: Final = re.compile(rb"<(?:\w+:)?v[^>/]*>[^<]+<|<(?:\w+:)?t[\s>]")
_WHOLE_TEXT: Final = re.compile(rb"""\bt=["'](?:str|s|inlineStr)["']""")
_ZEROS: Final = re.compile(r"0{2,}")
_SMALL: Final = 64 * 2**20
_BOOK: Final = "xl/workbook.xml"


@dataclass
class Xlsx:
    """An XLSX or XLSM workbook: its small parts, and where its sheets are."""

    file: IO[bytes]
    small: dict[str, bytes] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    suffixes: tuple[str, ...] = (".xlsx", ".xlsm")

    def told(self, number: int, name: str) -> Told:  # noqa: ARG002 - its parts go by name
        """Return what there is to tell of a sheet."""
        part, zeros, told = self._part(name), self._zeros(), Told()
        if part not in self.names:
            raise Unfit(f"the part with the sheet {name!r} can't be found")
        place = _Place(told, zeros)
        tail = b""
        for chunk in (chunk for each, chunk in chunks(self.file, LIMITS) if each == part):
            text, end = tail + chunk, 0
            for found in _CELL.finditer(text):
                end = found.end()
                place.at(found)
            tail = text[end:] if end else text
        told.reach.fitting()
        return told

    def _part(self, name: str) -> str:
        """Return the part that holds the sheet of a name; an empty text when that can't be told."""
        book, relations = self._tree(_BOOK), self._tree("xl/_rels/workbook.xml.rels")
        if book is None or relations is None:
            return ""
        targets = {one.get("Id"): one.get("Target", "") for one in relations}
        for one in book.iter():
            if one.tag.endswith("}sheet") and one.get("name") == name:
                relation = next((value for key, value in one.items() if key.endswith("}id")), None)
                target = targets.get(relation, "")
                return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        return ""

    def _zeros(self) -> set[int]:
        """Return the styles that show zeros in front of a number."""
        tree = self._tree("xl/styles.xml")
        if tree is None:
            return set()
        shown = {
            one.get("numFmtId")
            for one in tree.iter()
            if one.tag.endswith("}numFmt") and _ZEROS.fullmatch(one.get("formatCode", ""))
        }
        styles = next((one for one in tree.iter() if one.tag.endswith("}cellXfs")), ())
        return {number for number, style in enumerate(styles) if style.get("numFmtId") in shown}

    def _tree(self, name: str) -> ET.Element | None:
        content = self.small.get(name)
        try:
            return ET.fromstring(content) if content else None  # noqa: S314 - it has no document type
        except ET.ParseError as error:
            raise Unfit(f"the part {name!r} is broken: {error}") from None


def xlsx(file: IO[bytes]) -> Xlsx | None:
    """Return a workbook when all of its parts may be unpacked, None where it is another file; raise `Unfit`."""
    book = Xlsx(file)
    wanted = {_BOOK, "xl/_rels/workbook.xml.rels", "xl/styles.xml"}
    for name, chunk in chunks(file, LIMITS):
        if name not in book.names[-1:]:
            book.names.append(name)
        if name in wanted and len(book.small.get(name, b"")) < _SMALL:
            book.small[name] = book.small.get(name, b"") + chunk
    return book if _BOOK in book.names else None


@dataclass
class _Place:
    """Where in a sheet its text has come to; cells that don't say where they are follow the one before."""

    told: Told
    zeros: set[int]
    row: int = 0
    """From 1."""
    column: int = -1

    def at(self, found: re.Match[bytes]) -> None:
        """Go on to a row or a cell."""
        if found[1] is not None:
            said = _ROW.search(found[1])
            self.row, self.column = int(said[1]) if said else self.row + 1, -1
            return
        attributes, content = found[2] or b"", found[3] or b""
        address = _ADDRESS.search(attributes)
        self.column += 1
        if address:
            self.row, self.column = int(address[2]), _number(address[1])
        if content:
            self.told.reach.to(self.row - 1, self.column)
            doubt = _doubt(attributes, content, self.zeros)
            if doubt:
                self.told.doubts.append(Doubt(self.column, self.row, *doubt))


def _doubt(attributes: bytes, content: bytes, zeros: set[int]) -> tuple[str, str] | None:
    if _ERROR.search(attributes):
        shown = re.search(rb"<(?:\w+:)?v[^>]*>([^<]*)<", content)
        return ERROR_CELL, f"The cell holds the error {(shown[1] if shown else b'').decode(errors='replace')}."  # W1
    if _FORMULA.search(content) and not _VALUE.search(content) and not _WHOLE_TEXT.search(attributes):
        return UNSAVED, NOT_SAVED  # W2
    style = _STYLE.search(attributes)
    if style and int(style[1]) in zeros and not _WHOLE_TEXT.search(attributes):
        return SHOWN_ZEROS, ZEROS  # W3
    return None


def _number(letters: bytes) -> int:
    """Return the number of a column, from 0, by its letters."""
    column = 0
    for letter in letters:
        column = column * 26 + letter - ord("A") + 1
    return column - 1
