"""How do tables leave by the web? As a file that is saved, never shown.

X1  No spreadsheet takes a text of somebody for a formula, in CSV or XLSX.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header

from lockgate.ledger.registers.files.cells import guarded
from lockgate.ledger.registers.files.csv_file import write_csv
from lockgate.ledger.registers.files.table import Cell
from lockgate.ledger.registers.files.xlsx_file import write_xlsx

TYPES: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""Ending of a file → its media type."""


def table_file(name: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]], ending: str) -> HttpResponse:
    """Return a table as a file (X1)."""
    if ending not in TYPES:
        raise Http404(ending)
    if ending == "xlsx":
        content = write_xlsx(name, list(headings), rows)
    else:
        content = write_csv(list(headings), ([_told(cell) for cell in row] for row in rows))
    return download(content, f"{name}.{ending}", TYPES[ending])


def download(content: bytes, name: str, kind: str) -> HttpResponse:
    """Return a file so that a browser saves it and does nothing else with it."""
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["Cache-Control"] = "private, no-store"
    return answer


def _told(cell: Cell) -> str:
    if isinstance(cell, str):
        return guarded(cell)
    return "" if cell is None else cell.isoformat() if isinstance(cell, date) else str(cell)
