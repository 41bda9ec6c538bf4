"""One cell of a table, changed in its place: opened, kept or left as it was."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from lockgate.faces.web.page import page
from lockgate.kernel.register import Field, Kind
from lockgate.ledger.registers.action import Edit, Refusal
from lockgate.ledger.registers.entry import Entry
from lockgate.ledger.registers.showing.form import Input
from lockgate.tower.records.changing import number
from lockgate.tower.records.inputs import asks, given
from lockgate.tower.registers.drawing import rows
from lockgate.tower.registers.pages import asked, looking
from lockgate.tower.registers.table import chosen, row
from lockgate.tower.seeing.acting import act
from lockgate.tower.seeing.shown import names_of
from lockgate.tower.seeing.sight import Sight


@page("register.change")
def cell(request: HttpRequest, register: str, record: str, field: str) -> HttpResponse:
    """Open a cell, keep what was typed in it, or close it again."""
    seen = looking(request)
    entry, found = seen.entry(record, register), seen.register(register).field(field)
    if found is None or found.kind is Kind.ATTACHMENT:
        raise Http404(field)
    if not request.headers.get("HX-Request"):
        return redirect(f"/register/{register}/{record}/edit/#field-{field}")
    if request.method != "POST":
        return _row(request, seen, entry, field) if "close" in request.GET else _open(request, seen, entry, found)
    values, unread = given([found], request.POST)
    done = act(seen, [Edit(record, number(request.POST.get("version")), values)], unread)
    if done.refusals:
        return _open(request, seen, entry, found, done.refusals)
    after = looking(request)
    return _row(request, after, after.entry(record), field)


def _open(
    request: HttpRequest, seen: Sight, entry: Entry, field: Field, refusals: tuple[Refusal, ...] = ()
) -> HttpResponse:
    typed = request.POST if request.method == "POST" else None
    wanted = Input(field, field.required, entry.values.get(field.key))
    told = {
        "ask": asks([wanted], seen.register(entry.register), seen, typed)[0],
        "entry": entry,
        "version": number(typed.get("version")) if typed else entry.version,
        "refusals": refusals,
        "query": request.GET.urlencode(),
    }
    return render(request, "tower/records/cell.html", told)


def _row(request: HttpRequest, seen: Sight, entry: Entry, field: str) -> HttpResponse:
    """Answer with the whole row: what else the change moved, as whether it is late, is in it."""
    query = asked(request)
    columns = chosen(seen.register(entry.register), query)
    one = row(entry, columns, seen, names_of(seen.desk.workspace))
    answer = HttpResponse(rows([one], query, field))
    answer["HX-Retarget"] = f"#row-{entry.id}"
    answer["HX-Reswap"] = "outerHTML"
    return answer
