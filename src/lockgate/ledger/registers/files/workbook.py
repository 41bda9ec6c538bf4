"""How is a workbook with one sheet written? Row by row, as the XML that it is made of: long tables need no more memory.

B1  Texts stand in their cells, and whatever XML can't hold in them as `_x0007_`, which spreadsheets read back.
B2  The bytes depend on the table alone: a workbook tells neither who made it nor when.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import IntEnum
from typing import Final
from xml.sax.saxutils import escape, quoteattr

_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_TYPES: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_EPOCH: Final = date(1899, 12, 30).toordinal()
_DAY_ZERO: Final = (1980, 1, 1, 0, 0, 0)
_AT_ONCE: Final = 500
"""So many rows are compressed together."""
_STRANGE: Final = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9a-fA-F]{4}_)")


class Look(IntEnum):
    """How a cell looks: its place among the formats."""

    PLAIN = 0
    HEADING = 1
    DAY = 2
    KEPT_TEXT = 3
    """Stays a text when somebody edits it."""


_STYLES: Final = (
    f'{_HEAD}<styleSheet xmlns="{_MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy-mm-dd"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="4">'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" quotePrefix="1"/>'
    '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


def write(sheet: str, rows: Iterable[Iterable[str]], width: int) -> bytes:
    """Return a workbook with rows of cells that `text`, `number` and `day` made; the first are the headings."""
    file, count = io.BytesIO(), 0
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as book:
        with book.open(_entry("xl/worksheets/sheet1.xml"), "w", force_zip64=True) as page:
            page.write(_opening().encode())
            for lines in _batches(rows):
                page.write("".join(_row(count + place, cells) for place, cells in enumerate(lines, start=1)).encode())
                count += len(lines)
            page.write(_closing(width, count).encode())
        for name, said in _around(sheet, f"$A$1:${letters(max(width - 1, 0))}${max(count, 1)}").items():
            book.writestr(_entry(name), said)
    return file.getvalue()


def text(said: str, look: Look = Look.PLAIN) -> str:
    """Return a cell with a text (B1)."""
    kept = escape(_STRANGE.sub(lambda one: f"_x{ord(one.group()):04X}_", said))
    space = ' xml:space="preserve"' if kept != kept.strip() or "\n" in kept else ""
    return f'{_look(look)} t="inlineStr"><is><t{space}>{kept}</t></is></c>'


def number(value: float) -> str:
    """Return a cell with a number."""
    return f"><v>{value!r}</v></c>"


def truth(value: bool) -> str:  # noqa: FBT001 - it is what stands in the cell
    """Return a cell with a yes or a no."""
    return f' t="b"><v>{int(value)}</v></c>'


def day(value: date) -> str:
    """Return a cell with a day."""
    return f"{_look(Look.DAY)}><v>{value.toordinal() - _EPOCH}</v></c>"


def letters(column: int) -> str:
    """Return what a column is called, counted from 0."""
    name = ""
    while column >= 0:
        name, column = chr(ord("A") + column % 26) + name, column // 26 - 1
    return name


def _look(look: Look) -> str:
    return f' s="{int(look)}"' if look else ""


_LETTERS: Final = [letters(column) for column in range(16_384)]


def _row(place: int, cells: Iterable[str]) -> str:
    drawn = (f'<c r="{_LETTERS[column]}{place}"{cell}' for column, cell in enumerate(cells) if cell)
    return f'<row r="{place}">{"".join(drawn)}</row>'


def _batches(rows: Iterable[Iterable[str]]) -> Iterator[Sequence[Iterable[str]]]:
    batch: list[Iterable[str]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == _AT_ONCE:
            yield batch
            batch = []
    yield batch


def _opening() -> str:
    """Return the sheet up to its first row; that one stays in sight."""
    return (
        f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>'
    )


def _closing(width: int, count: int) -> str:
    reach = f'<autoFilter ref="A1:{letters(max(width - 1, 0))}{max(count, 1)}"/>'
    return f"</sheetData>{reach}</worksheet>"


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _DAY_ZERO)  # B2
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _around(sheet: str, reach: str) -> dict[str, str]:
    """Return the parts beside the sheet; the name is one that a sheet can have."""
    name = re.sub(r"[\[\]:*?/\\]", " ", sheet)[:31] or "Sheet"
    quoted = escape(f"'{name.replace(chr(39), chr(39) * 2)}'!{reach}")
    return {
        "xl/workbook.xml": (
            f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}"><sheets><sheet name={quoteattr(name)} sheetId="1" '
            f'r:id="rId1"/></sheets><definedNames><definedName name="_xlnm._FilterDatabase" localSheetId="0" '
            f'hidden="1">{quoted}</definedName></definedNames></workbook>'
        ),
        "xl/styles.xml": _STYLES,
        "xl/_rels/workbook.xml.rels": _relations(
            {"worksheet": "worksheets/sheet1.xml", "styles": "styles.xml"},
        ),
        "_rels/.rels": _relations({"officeDocument": "xl/workbook.xml"}),
        "[Content_Types].xml": (
            f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/>'
            f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPES}.worksheet+xml"/>'
            f'<Override PartName="/xl/styles.xml" ContentType="{_TYPES}.styles+xml"/></Types>'
        ),
    }


def _relations(of: dict[str, str]) -> str:
    inside = "".join(
        f'<Relationship Id="rId{place}" Type="{_LINKS}/{kind}" Target="{target}"/>'
        for place, (kind, target) in enumerate(of.items(), start=1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{inside}</Relationships>'
