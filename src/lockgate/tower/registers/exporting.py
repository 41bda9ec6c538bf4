"""How do tables leave by the web? As a file that is saved, never shown; that of a register can be imported again.

X1  No spreadsheet takes a text of somebody for a formula, in CSV or XLSX.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header

from lockgate.kernel.register import Register
from lockgate.ledger.registers.entry import Entry
from lockgate.ledger.registers.files.cells import guarded
from lockgate.ledger.registers.files.csv_file import write_csv
from lockgate.ledger.registers.files.exporting import export_csv, export_xlsx
from lockgate.ledger.registers.files.table import Cell
from lockgate.ledger.registers.files.xlsx_file import write_xlsx

_KINDS = {
    "csv": ("text/csv; charset=utf-8", export_csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", export_xlsx),
}


def exported(found: Sequence[Entry], register: Register, ending: str) -> HttpResponse:
    """Return records as a file."""
    if ending not in _KINDS:
        raise Http404(ending)
    kind, write = _KINDS[ending]
    return download(write(found, register), f"{register.key}.{ending}", kind)


def table_file(name: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]], ending: str) -> HttpResponse:
    """Return a table that is no register's as a file (X1)."""
    if ending not in _KINDS:
        raise Http404(ending)
    cells = [list(row) for row in rows]
    if ending == "xlsx":
        content = write_xlsx(name, list(headings), cells)
    else:
        content = write_csv(list(headings), [[_told(cell) for cell in row] for row in cells])
    return download(content, f"{name}.{ending}", _KINDS[ending][0])


def _told(cell: Cell) -> str:
    if isinstance(cell, str):
        return guarded(cell)
    return "" if cell is None else cell.isoformat() if isinstance(cell, date) else str(cell)


def download(content: bytes, name: str, kind: str) -> HttpResponse:
    """Return a file so that a browser saves it and does nothing else with it."""
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["Cache-Control"] = "private, no-store"
    return answer
