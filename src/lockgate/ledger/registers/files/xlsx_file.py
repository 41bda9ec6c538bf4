"""How do tables stand in XLSX? Texts as texts, numbers as numbers, dates as dates; never a formula or a link.

Z1  Before a workbook is parsed it is unpacked with a limit, and the reach of its cells is looked up: a small file can
    hold a bomb, or one cell in the last row and column of a sheet.
Z2  A text that is too long for a cell is told, never cut.
Z3  A text that looks like a formula is marked as text, so that it stays one when somebody edits the cell.
"""

import io
import re
import zipfile
from datetime import date, datetime, time
from typing import Final

from lockgate.kernel.errors import UsageError
from lockgate.ledger.registers.files.cells import dangerous
from lockgate.ledger.registers.files.table import MOST_COLUMNS, MOST_ROWS, Cell, Table, table_of, too_large

LARGEST: Final = 20 * 2**20
LARGEST_UNPACKED: Final = 150 * 2**20
MOST_PARTS: Final = 500
LONGEST_CELL: Final = 32_767
_CHUNK: Final = 2**20
_REFERENCE: Final = re.compile(rb"""\br\s*=\s*["']\s*([A-Z]{1,3})([0-9]{1,7})""")
_SHEET: Final = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)


def write_xlsx(sheet: str, headings: list[str], rows: list[list[Cell]]) -> bytes:
    """Return the workbook with one sheet."""
    import xlsxwriter  # type: ignore[import-untyped]  # noqa: PLC0415 - it has no types, and only this pays for it

    file = io.BytesIO()
    settings = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(file, settings) as book:
        page = book.add_worksheet(sheet[:31])
        bold, day, text = (
            book.add_format({"bold": True}),
            book.add_format({"num_format": "yyyy-mm-dd"}),
            book.add_format({"num_format": "@", "quote_prefix": True}),
        )
        page.freeze_panes(1, 0)
        for column, heading in enumerate(headings):
            page.write_string(0, column, heading, bold)
        for row, cells in enumerate(rows, start=1):
            for column, cell in enumerate(cells):
                if isinstance(cell, str):
                    _fits(cell, headings[column], row)
                    page.write_string(row, column, cell, text if dangerous(cell) else None)
                elif isinstance(cell, date):
                    page.write_datetime(row, column, datetime.combine(cell, time()), day)
                elif cell is not None:
                    page.write_number(row, column, cell)
        page.autofilter(0, 0, len(rows), max(len(headings) - 1, 0))
    return file.getvalue()


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
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
                raise too_large(f"{len(parts)} parts of {sum(part.file_size for part in parts):,} bytes when unpacked")
            left = LARGEST_UNPACKED
            for part in parts:
                left -= _looked_at(packed, part, left)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise _no_workbook(str(error)) from None


def _looked_at(packed: zipfile.ZipFile, part: zipfile.ZipInfo, left: int) -> int:
    """Return how large a part really is."""
    size, tail = 0, b""
    is_sheet = _SHEET.fullmatch(part.filename) is not None
    with packed.open(part) as file:
        while chunk := file.read(_CHUNK):
            size += len(chunk)
            if size > left:
                raise too_large(f"more than {LARGEST_UNPACKED:,} bytes when unpacked")
            if is_sheet:
                _reach(tail + chunk)
                tail = chunk[-40:]
    return size


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
