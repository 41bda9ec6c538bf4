"""The page of a record, drawn as it is, or with what was refused a moment ago."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lockgate.ledger.registers.engine import RELATIONS
from lockgate.ledger.registers.entry import Entry
from lockgate.tower.records.history import lines
from lockgate.tower.records.showing import Trouble, whole
from lockgate.tower.seeing.sight import Sight


def drawn(request: HttpRequest, seen: Sight, entry: Entry, trouble: Trouble | None = None) -> HttpResponse:
    """Draw the page of a record; with what was refused, where that is so."""
    happened = seen.desk.book.history(entry.id, seen.desk.as_of)
    told = {
        "record": whole(entry, seen, trouble),
        "history": lines(happened, entry, seen),
        "relations": RELATIONS,
        "trouble": trouble,
        "sight": seen,
        "then": f"?as-of={seen.when}" if seen.when else "",
    }
    return render(request, "tower/records/show.html", told, status=422 if trouble else 200)
