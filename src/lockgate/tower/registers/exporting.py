"""How do registers leave by the web? As a file that is saved, never shown, and can be imported again."""

from collections.abc import Sequence

from django.http import Http404, HttpResponse

from lockgate.faces.web.files import TYPES, download
from lockgate.kernel.register import Register
from lockgate.ledger.registers.entry import Entry
from lockgate.ledger.registers.files.exporting import export_csv, export_xlsx

_WRITERS = {"csv": export_csv, "xlsx": export_xlsx}


def exported(found: Sequence[Entry], register: Register, ending: str) -> HttpResponse:
    """Return records as a file."""
    if ending not in _WRITERS:
        raise Http404(ending)
    return download(_WRITERS[ending](found, register), f"{register.key}.{ending}", TYPES[ending])
