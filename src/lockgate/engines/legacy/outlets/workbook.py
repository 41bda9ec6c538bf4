"""How is a workbook written whose sheets have millions of cells? Slice by slice, as the XML that XLSX is made of.

Each sheet has a title in its first row, nothing in the second, the header in the third and records from the fourth. The
bytes depend on the values alone: a workbook tells neither who made it nor when.
"""

import zipfile
from collections.abc import Callable, Iterator
from enum import Enum
from pathlib import Path
from types import TracebackType
from typing import Self
from xml.sax.saxutils import escape

import polars as pl

LARGEST = 1_000_000
"""So many records are on a sheet; the rest goes to one of the same name with a number."""
_FIRST_RECORD = 4
_HIDDEN = 'state="hidden" '
_EPOCH = 25_569
"""The serial number of 01.01.1970."""
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_BOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_STYLES_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
_STYLES = (
    f'{_HEAD}<styleSheet xmlns="{_MAIN}"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>'
)


class Cell(Enum):
    """What a cell of a column is."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"


class Workbook:
    """A workbook that is written sheet by sheet."""

    def __init__(self, path: Path, told: Callable[[str, int], None]) -> None:
        self._told = told
        self._sheets: list[tuple[str, bool]] = []
        self._zip = zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=4)

    def sheet(
        self, name: str, title: str, columns: dict[str, Cell], frames: Iterator[pl.DataFrame], *, hidden: bool = False
    ) -> None:
        """Write a sheet, and as many more of its name as its records need."""
        waiting, number = next(frames, None), 1
        while waiting is not None or number == 1:
            self._sheets.append((name if number == 1 else f"{name} ({number})", hidden))
            part = f"xl/worksheets/sheet{len(self._sheets)}.xml"
            with self._zip.open(_entry(part), "w", force_zip64=True) as file:
                file.write(_opening(title, columns).encode())
                rows = 0
                while waiting is not None and rows < LARGEST:
                    now, rest = waiting.head(LARGEST - rows), waiting.slice(LARGEST - rows)
                    file.write(_records(now, columns, rows + _FIRST_RECORD).encode())
                    self._told(name, now.height)
                    rows += now.height
                    waiting = rest if rest.height else next(frames, None)
                file.write(b"</sheetData></worksheet>")
            number += 1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for name, text in _frame_of(self._sheets).items():
            self._zip.writestr(_entry(name), text)
        self._zip.close()


def _entry(name: str) -> zipfile.ZipInfo:
    """Return an entry of the archive without the time of day."""
    entry = zipfile.ZipInfo(name)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _letter(place: int) -> str:
    return chr(ord("A") + place)


def _text(reference: str, value: str) -> str:
    return f'<c r="{reference}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'


def _opening(title: str, columns: dict[str, Cell]) -> str:
    header = "".join(_text(f"{_letter(place)}3", name) for place, name in enumerate(columns))
    return (
        f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetData><row r="1">{_text("A1", title)}</row><row r="3">{header}</row>'
    )


def _records(frame: pl.DataFrame, columns: dict[str, Cell], first: int) -> str:
    """Return the rows of a slice, the first of which is row `first` of its sheet."""
    row = (pl.int_range(pl.len()) + first).cast(pl.String)
    cells = [_cell(name, kind, _letter(place)) for place, (name, kind) in enumerate(columns.items())]
    lines = frame.with_columns(row.alias("__row")).select(
        pl.concat_str(pl.lit('<row r="'), "__row", pl.lit('">'), *cells, pl.lit("</row>"))
    )
    return "".join(lines.to_series().to_list())


def _cell(name: str, kind: Cell, letter: str) -> pl.Expr:
    value = pl.col(name)
    start = pl.concat_str(pl.lit(f'<c r="{letter}'), "__row")
    if kind is Cell.TEXT:
        safe = value
        for sign, instead in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
            safe = safe.str.replace_all(sign, instead, literal=True)
        cell = pl.concat_str(start, pl.lit('" t="inlineStr"><is><t>'), safe, pl.lit("</t></is></c>"))
    elif kind is Cell.DATE:
        cell = pl.concat_str(start, pl.lit('" s="1"><v>'), (value + _EPOCH).cast(pl.String), pl.lit("</v></c>"))
    else:
        cell = pl.concat_str(start, pl.lit('"><v>'), value.cast(pl.String), pl.lit("</v></c>"))
    return cell.fill_null("")


def _frame_of(sheets: list[tuple[str, bool]]) -> dict[str, str]:
    """Return the parts of the archive that name the sheets."""
    numbered = list(enumerate(sheets, start=1))
    listed = "".join(
        f'<sheet name="{escape(name)}" sheetId="{number}" {_HIDDEN if hidden else ""}r:id="rId{number}"/>'
        for number, (name, hidden) in numbered
    )
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{_LINKS}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number, _ in numbered
    )
    parts = "".join(
        f'<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="{_SHEET_TYPE}"/>' for number, _ in numbered
    )
    return {
        "xl/workbook.xml": f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{links}'
        f'<Relationship Id="rId{len(sheets) + 1}" Type="{_LINKS}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": _STYLES,
        "_rels/.rels": f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "[Content_Types].xml": f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_BOOK_TYPE}"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_STYLES_TYPE}"/>{parts}</Types>',
    }
