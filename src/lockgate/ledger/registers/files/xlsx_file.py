"""How do tables stand in XLSX? Texts as texts, numbers as numbers, dates as dates; never a formula or a link.

Z1  Before a workbook is parsed it is unpacked with a limit, and the reach of its cells is looked up: a small file can
    hold a bomb, or one cell in the last row and column of a sheet.
Z2  A text that is too long for a cell is told, never cut.
Z3  A text that looks like a formula is marked as text, so that it stays one when somebody edits the cell.
"""

import io
import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import chain
from typing import Final

from lockgate.kernel.errors import UsageError
from lockgate.kernel.package import Limits, TooLarge, Unfit, chunks
from lockgate.ledger.registers.files import workbook
from lockgate.ledger.registers.files.cells import dangerous
from lockgate.ledger.registers.files.table import MOST_COLUMNS, MOST_ROWS, Cell, Table, table_of, too_large
from lockgate.ledger.registers.files.workbook import Look

LARGEST: Final = 20 * 2**20
LARGEST_UNPACKED: Final = 150 * 2**20
MOST_PARTS: Final = 500
LONGEST_CELL: Final = 32_767
_REFERENCE: Final = re.compile(rb"""\br\s*=\s*["']\s*([A-Z]{1,3})([0-9]{1,7})""")
_SHEET: Final = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)


def write_xlsx(sheet: str, headings: list[str], rows: Iterable[Iterable[Cell]]) -> bytes:
    """Return the workbook with one sheet."""
    lines = chain([[workbook.text(one, Look.HEADING) for one in headings]], _drawn(headings, rows))
    return workbook.write(sheet, lines, len(headings))


def read_xlsx(content: bytes, sheet: str) -> Table:
    """Return the sheet of that name, or the first."""
    import python_calamine  # noqa: PLC0415 - only this pays for it

    _inspect(content)
    try:
        with python_calamine.load_workbook(io.BytesIO(content)) as book:
            names = book.sheet_names
            name = sheet if sheet in names else names[0]
            lines = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except (python_calamine.CalamineError, IndexError, ValueError, OSError) as error:
        raise _no_workbook(str(error)) from None
    return table_of(name, [[_plain(cell) for cell in line] for line in lines])


def _drawn(headings: list[str], rows: Iterable[Iterable[Cell]]) -> Iterator[list[str]]:
    for row, cells in enumerate(rows, start=1):
        yield [_cell(cell, headings, row, column) for column, cell in enumerate(cells)]


def _cell(cell: Cell, headings: list[str], row: int, column: int) -> str:
    if cell is None or cell == "":
        return ""
    if isinstance(cell, str):
        _fits(cell, headings[column], row)
        return workbook.text(cell, Look.KEPT_TEXT if dangerous(cell) else Look.PLAIN)  # Z3
    if isinstance(cell, date):
        return workbook.day(cell)
    return workbook.truth(cell) if isinstance(cell, bool) else workbook.number(cell)


def _fits(cell: str, heading: str, row: int) -> None:
    if len(cell) > LONGEST_CELL:
        raise UsageError(
            f"The {heading} of row {row + 1} are too long for XLSX.",
            why=f"They have {len(cell):,} letters, and a cell holds {LONGEST_CELL:,}.",
            do="Export to CSV, or fewer records with --where.",
        )


def _plain(cell: object) -> Cell:
    return cell if isinstance(cell, str | int | float | bool | date | datetime) else str(cell)


def _inspect(content: bytes) -> None:
    """Refuse what would not fit into memory (Z1)."""
    if len(content) > LARGEST:
        raise too_large(f"{len(content):,} bytes")
    part, tail = "", b""
    try:
        for name, chunk in chunks(io.BytesIO(content), Limits(MOST_PARTS, LARGEST_UNPACKED)):
            if _SHEET.fullmatch(name):
                _reach(tail + chunk if name == part else chunk)
            part, tail = name, chunk[-40:]
    except TooLarge as error:
        raise too_large(str(error)) from None
    except Unfit as error:
        raise _no_workbook(str(error)) from None


def _reach(text: bytes) -> None:
    for letters, row in _REFERENCE.findall(text):
        column = 0
        for letter in letters:
            column = column * 26 + letter - ord("A") + 1
        if int(row) > MOST_ROWS or column > MOST_COLUMNS:
            raise too_large(f"a cell at {letters.decode()}{row.decode()}")


def _no_workbook(why: str) -> UsageError:
    return UsageError(
        "The file is no XLSX workbook.",
        why=f"{why}." if why else "",
        do="Save it as XLSX, without a password, or as CSV.",
    )
