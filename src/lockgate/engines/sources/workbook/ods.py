"""Which cells of an ODS workbook are in doubt? Found in its content, since readers of workbooks leave such cells empty.

O1  A formula whose result is an error is told as such, or shows one (`#DIV/0!`, `Err:502`).
O2  A formula whose result was not saved holds none that is known.
O3  A number that is shown with zeros in front, by the style of its cell, row or column, is another code than
    what people see.
O4  A tab or a line end within a paragraph is lost by the reader of values; line ends between paragraphs are not.
O5  A paragraph of a shape or picture at a cell is mixed into the text of the cell by that reader.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from typing import IO, Final
from xml.parsers import expat

from lockgate.engines.sources.workbook.doubt import ERROR_CELL, NOT_SAVED, SHOWN_ZEROS, UNSAVED, ZEROS, Doubt, Told
from lockgate.engines.sources.workbook.styles import Styles
from lockgate.engines.sources.workbook.xlsx import LIMITS
from lockgate.kernel.package import Unfit, chunks

_SHOWN_ERROR: Final = re.compile(r"#(?:DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!)|Err:\d{3}")
_DIGITS: Final = 9
_KIND: Final = b"application/vnd.oasis.opendocument.spreadsheet"
_SPACES: Final = {
    "urn:oasis:names:tc:opendocument:xmlns:table:1.0": "table",
    "urn:oasis:names:tc:opendocument:xmlns:office:1.0": "office",
    "urn:oasis:names:tc:opendocument:xmlns:text:1.0": "text",
    "urn:oasis:names:tc:opendocument:xmlns:style:1.0": "style",
    "urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0": "number",
    "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0": "calcext",
    "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0": "draw",
}
_BESIDE: Final = {"office:annotation", "table:shapes", "table:tracked-changes"}


@dataclass
class Ods:
    """An ODS workbook, looked through."""

    sheets: dict[str, Told]
    suffixes: tuple[str, ...] = (".ods",)

    def told(self, number: int, name: str) -> Told:  # noqa: ARG002 - its sheets go by name
        """Return what there is to tell of a sheet."""
        if name not in self.sheets:
            raise Unfit(f"the sheet {name!r} can't be found")
        return self.sheets[name]


def ods(file: IO[bytes]) -> Ods | None:
    """Return a workbook when it may be unpacked and its cells kept, None where it is another file; raise `Unfit`."""
    kind, styles = b"", _Content(Styles())
    parser = _parser(styles)
    for name, chunk in chunks(file, LIMITS):
        if name == "mimetype":
            kind += chunk
        if name == "styles.xml":
            _parse(parser, chunk, name)
    if not kind.strip().startswith(_KIND):
        return None
    content = _Content(styles.styles)
    parser = _parser(content)
    for chunk in (chunk for name, chunk in chunks(file, LIMITS) if name == "content.xml"):
        _parse(parser, chunk, "content.xml")
    _parse(parser, b"", "content.xml", last=True)
    for sheet in content.sheets.values():
        sheet.reach.fitting()
    return Ods(content.sheets)


def _parser(content: "_Content") -> expat.XMLParserType:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, values: content.start(
        _short(name), {_short(key): value for key, value in values.items()}
    )
    parser.EndElementHandler = lambda name: content.end(_short(name))
    parser.CharacterDataHandler = content.letters
    return parser


def _short(name: str) -> str:
    space, _, local = name.rpartition(" ")
    return f"{_SPACES.get(space, space)}:{local}"


def _parse(parser: expat.XMLParserType, chunk: bytes, part: str, *, last: bool = False) -> None:
    try:
        parser.Parse(chunk, last)
    except expat.ExpatError as error:
        raise Unfit(f"the part {part!r} is broken, or has a password: {error}") from None


@dataclass
class _Cell:
    """A cell that is being read."""

    values: dict[str, str]
    text: str = ""
    apart: bool = False
    """Whether a tab or line end stands within a paragraph (O4)."""
    drawn: bool = False
    mixed: bool = False
    """Whether a shape stands at it, and whether that has paragraphs (O5)."""


@dataclass
class _Content:
    """The parts with styles and cells, as they go by."""

    styles: Styles
    sheets: dict[str, Told] = field(default_factory=dict)
    sheet: Told = field(default_factory=Told)
    row: int = 0
    rows: int = 1
    """How many rows the one that is being read stands for."""
    column: int = 0
    row_style: str = ""
    columns: list[tuple[int, str]] = field(default_factory=list)
    """Up to which column, from 0 and without it, cells have which style."""
    cell: _Cell | None = None
    beside: int = 0
    """How deep it is in what stands at a cell and not in it: notes and drawings."""

    def start(self, name: str, values: dict[str, str]) -> None:
        """Take in the beginning of an element."""
        if self.beside or name in _BESIDE or name.startswith("draw:"):
            self.beside += 1
            self._beside(name)
        elif name == "table:table":
            self.sheet, self.row, self.columns = Told(merged=[]), 0, []
            self.sheets.setdefault(values.get("table:name", ""), self.sheet)
        elif name == "table:table-column":
            before = self.columns[-1][0] if self.columns else 0
            self.columns.append((before + _times(values, "columns"), values.get("table:default-cell-style-name", "")))
        elif name == "table:table-row":
            self.column, self.rows = 0, _times(values, "rows")
            self.row_style = values.get("table:default-cell-style-name", "")
        elif name in {"table:table-cell", "table:covered-table-cell"}:
            self.cell = _Cell(values)
        elif self.cell and name in {"text:tab", "text:line-break"}:
            self.cell.apart = True
        else:
            self.styles.start(name, values)

    def _beside(self, name: str) -> None:
        if self.cell:
            self.cell.drawn = self.cell.drawn or name.startswith("draw:")
            self.cell.mixed = self.cell.mixed or (self.cell.drawn and name == "text:p")

    def letters(self, text: str) -> None:
        """Take in text."""
        if self.cell and not self.beside:
            self.cell.text += text

    def end(self, name: str) -> None:
        """Take in the end of an element."""
        if self.beside:
            self.beside -= 1
        elif name == "table:table-row":
            self.row += self.rows
        elif self.cell and name in {"table:table-cell", "table:covered-table-cell"}:
            self._cell(self.cell)
            self.cell = None
        else:
            self.styles.end(name)

    def _cell(self, cell: _Cell) -> None:
        told, row, column = self.sheet, self.row, self.column
        self.column += _times(cell.values, "columns")
        if cell.text or "office:value-type" in cell.values or "table:formula" in cell.values:
            told.reach.to(row, column, last_row=row + self.rows - 1, last_column=self.column - 1)
        wide, high = (_times(cell.values, way, "spanned") for way in ("columns", "rows"))
        if told.merged is not None and (wide > 1 or high > 1):
            told.merged.append(((row, column), (row + high - 1, column + wide - 1)))
        doubt = self._doubt(cell, column)
        if doubt:
            told.doubts.append(Doubt(column, row + 1, *doubt))

    def _doubt(self, cell: _Cell, column: int) -> tuple[str, str] | None:
        kind = cell.values.get("office:value-type", "")
        formula = "table:formula" in cell.values
        wrong = "error" in {kind, cell.values.get("calcext:value-type")}
        if wrong or (formula and _SHOWN_ERROR.fullmatch(cell.text)):
            return ERROR_CELL, f"The cell holds the error {cell.text}."  # O1
        if formula and not kind:
            return UNSAVED, NOT_SAVED  # O2
        if kind == "float" and self.styles.zeros(cell.values.get("table:style-name") or self._style(column)):
            return SHOWN_ZEROS, ZEROS  # O3
        if cell.apart:
            return "lost-blank", "A tab or line end within a paragraph of the text would be lost."  # O4
        if cell.mixed and kind == "string":
            return "shape", "A shape or picture at the cell has a paragraph, which would be mixed into its text."  # O5
        return None

    def _style(self, column: int) -> str:
        """Return the style of cells that name none."""
        at = bisect_left(self.columns, column + 1, key=lambda one: one[0])
        return self.row_style or (self.columns[at][1] if at < len(self.columns) else "")


def _times(values: dict[str, str], way: str, how: str = "repeated") -> int:
    """Return how many rows or columns an element stands for."""
    said = values.get(f"table:number-{way}-{how}", "1")
    if not said.isdecimal() or len(said) > _DIGITS:
        raise Unfit(f"`{said[:20]}` is no number of {way}")
    return int(said)
