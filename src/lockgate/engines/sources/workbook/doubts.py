"""Which cells of an XLSX workbook are in doubt? Found in its parts, since readers of workbooks leave such cells empty.

W1  A cell with an error (`#N/A`, `#DIV/0!`) holds no value.
W2  A formula whose result was not saved holds none that is known.
W3  A whole number that is shown with zeros in front, which are not in the cell, is another code than what people see.
"""

import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field
from typing import IO, Final

from lockgate.kernel.package import Limits, chunks

_LIMITS: Final = Limits(parts=2_000, unpacked=4 * 2**30, shrunk=250)
_CELL: Final = re.compile(rb"<(?:\w+:)?c\s([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL)
_ADDRESS: Final = re.compile(rb"""\br=["']([A-Z]{1,3})([0-9]{1,7})["']""")
_STYLE: Final = re.compile(rb"""\bs=["']([0-9]+)["']""")
_ERROR: Final = re.compile(rb"""\bt=["']e["']""")
_FORMULA: Final = re.compile(rb"<(?:\w+:)?f[\s>/]")
_VALUE: Final = re.compile(rb"<(?:\w+:)?v[^>/]*>[^<]+<|<(?:\w+:)?t[\s>]")
_WHOLE_TEXT: Final = re.compile(rb"""\bt=["'](?:str|s|inlineStr)["']""")
_ZEROS: Final = re.compile(r"0{2,}")
_SMALL: Final = 64 * 2**20
_RELATION: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(frozen=True)
class Doubt:
    """One cell whose value is not what people see, or not there."""

    column: int
    """From 0."""
    row: int
    """From 1, as the sheet counts."""
    code: str
    why: str


@dataclass
class Parts:
    """The small parts of a workbook, and where its sheets are."""

    small: dict[str, bytes] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)

    def sheet(self, name: str) -> str:
        """Return the part that holds the sheet of a name; an empty text when that can't be told."""
        book, relations = self._tree("xl/workbook.xml"), self._tree("xl/_rels/workbook.xml.rels")
        if book is None or relations is None:
            return ""
        targets = {one.get("Id"): one.get("Target", "") for one in relations}
        for one in book.iter():
            if one.tag.endswith("}sheet") and one.get("name") == name:
                target = targets.get(one.get(_RELATION), "")
                return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        return ""

    def zeros(self) -> set[int]:
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
        return ET.fromstring(content) if content else None  # noqa: S314 - same


def parts_of(file: IO[bytes]) -> Parts:
    """Return the parts of a workbook when all of them may be unpacked; raise `Unfit` otherwise."""
    parts = Parts()
    wanted = {"xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"}
    for name, chunk in chunks(file, _LIMITS):
        if name not in parts.names[-1:]:
            parts.names.append(name)
        if name in wanted and len(parts.small.get(name, b"")) < _SMALL:
            parts.small[name] = parts.small.get(name, b"") + chunk
    return parts


def doubts(file: IO[bytes], part: str, zeros: set[int]) -> list[Doubt]:
    """Return the cells of a sheet that are in doubt, in the order in which they stand."""
    found: list[Doubt] = []
    tail = b""
    for name, chunk in chunks(file, _LIMITS):
        if name != part:
            continue
        text = tail + chunk
        end = 0
        for cell in _CELL.finditer(text):
            end = cell.end()
            doubt = _doubt(cell[1], cell[2] or b"", zeros)
            if doubt:
                found.append(doubt)
        tail = text[end:] if end else text
    return found


def _doubt(attributes: bytes, content: bytes, zeros: set[int]) -> Doubt | None:
    address = _ADDRESS.search(attributes)
    if address is None:
        return None
    if _ERROR.search(attributes):
        shown = re.search(rb"<(?:\w+:)?v[^>]*>([^<]*)<", content)
        return _at(address, "error-cell", f"The cell holds the error {(shown[1] if shown else b'').decode()}.")  # W1
    if _FORMULA.search(content) and not _VALUE.search(content) and not _WHOLE_TEXT.search(attributes):
        return _at(address, "formula", "The result of the formula was not saved.")  # W2
    style = _STYLE.search(attributes)
    if style and int(style[1]) in zeros and content and not _WHOLE_TEXT.search(attributes):
        return _at(address, "shown-zeros", "The number is shown with zeros in front, which are not in the cell.")  # W3
    return None


def _at(address: re.Match[bytes], code: str, why: str) -> Doubt:
    column = 0
    for letter in address[1]:
        column = column * 26 + letter - ord("A") + 1
    return Doubt(column - 1, int(address[2]), code, why)
