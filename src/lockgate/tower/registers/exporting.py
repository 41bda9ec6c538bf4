"""How do records leave by the web? As a file that is saved, never shown, and that can be imported again."""

from collections.abc import Sequence

from django.http import Http404, HttpResponse

from lockgate.kernel.register import Register
from lockgate.ledger.registers.entry import Entry
from lockgate.ledger.registers.files.exporting import export_csv, export_xlsx

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


def download(content: bytes, name: str, kind: str) -> HttpResponse:
    """Return a file so that a browser saves it and does nothing else with it."""
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["Cache-Control"] = "private, no-store"
    return answer
