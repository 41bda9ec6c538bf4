"""The registers: all of them, one as a table or a board, and files that go out and come in."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from lockgate.faces.web.handed_in import keep, kept
from lockgate.faces.web.page import page, viewer_of
from lockgate.faces.web.places import Place, enter
from lockgate.kernel.errors import LockgateError
from lockgate.ledger.registers.showing.offer import why_not_raise
from lockgate.tower.registers.board import cards, piles
from lockgate.tower.registers.choices import choices
from lockgate.tower.registers.counting import counts
from lockgate.tower.registers.drawing import rows
from lockgate.tower.registers.exporting import exported
from lockgate.tower.registers.finding import find
from lockgate.tower.registers.importing import changes, imported, looked_at
from lockgate.tower.registers.query import Query, parse
from lockgate.tower.registers.table import around, columns_of, sheet
from lockgate.tower.seeing.shown import names_of
from lockgate.tower.seeing.sight import Sight, sight

_COMMAND = "lockgate register import"

enter(Place(30, _("Registers"), "/register/", "register", "register.see"))


def looking(request: HttpRequest) -> Sight:
    """Return what whoever asks sees, as of the moment that the address says."""
    return sight(viewer_of(request), request.GET.get("as-of", ""))


def asked(request: HttpRequest) -> Query:
    """Return what an address asks for."""
    return parse(dict(request.GET.lists()))


@page("register.see")
def all_registers(request: HttpRequest) -> HttpResponse:
    """Show all registers with how much is in them."""
    seen = looking(request)
    return render(request, "tower/registers/all.html", {"counts": counts(seen), "moment": seen.desk.moment})


@page("register.see")
def table(request: HttpRequest, register: str) -> HttpResponse:
    """Show a register as a table."""
    seen, query = looking(request), asked(request)
    kept_as = seen.register(register)
    if request.GET.get("field"):
        return redirect(f"/register/{register}/{query.url()}")
    found = find(query, kept_as, seen.known, seen.desk.moment)
    shown = sheet(found, kept_as, query, seen, names_of(seen.desk.workspace))
    drawn = [(group, rows(group.rows, query)) for group in shown.groups]
    told = {**_about(seen, register, query), **around(shown), "sheet": shown, "drawn": drawn}
    return render(request, "tower/registers/table.html", {**told, "all_columns": columns_of(kept_as)})


@page("register.see")
def board(request: HttpRequest, register: str) -> HttpResponse:
    """Show a register as a board by state."""
    seen, query = looking(request), asked(request)
    found = find(query, seen.register(register), seen.known, seen.desk.moment)
    told = {**_about(seen, register, query), "piles": cards(piles(found, register, seen), query, get_token(request))}
    told["count"] = len(found)
    return render(request, "tower/registers/board.html", told)


@page("register.see")
def export(request: HttpRequest, register: str, ending: str) -> HttpResponse:
    """Hand out what is asked for as a file."""
    seen = looking(request)
    kept_as = seen.register(register)
    found = find(asked(request), kept_as, seen.known, seen.desk.moment)
    return exported(found, kept_as, ending)


@page("register.change")
def import_(request: HttpRequest, register: str) -> HttpResponse:
    """Take a file, and show what it would change."""
    seen = looking(request)
    kept_as, file = seen.register(register), request.FILES.get("file")
    told: dict[str, Any] = {"register": kept_as, "sight": seen}
    if request.method == "POST" and file is not None:
        try:
            name, content = str(file.name), file.read()
            found = looked_at(content, name, kept_as, seen)
            token = keep(content, name, seen.viewer.person, command=_COMMAND)
            told |= {"plan": found, "changes": changes(found, seen), "token": token, "name": name}
        except LockgateError as error:
            told["error"] = error
    elif request.method == "POST":
        told["error"] = LockgateError(str(_("There is no file.")), do=str(_("Choose a CSV or XLSX file.")))
    return render(request, "tower/registers/import.html", told)


@require_POST
@page("register.change")
def import_kept(request: HttpRequest, register: str) -> HttpResponse:
    """Import the file that was looked at."""
    seen = looking(request)
    kept_as = seen.register(register)
    name, content = kept(request.POST.get("token", ""), seen.viewer.person)
    done = imported(content, name, kept_as, seen, partial=bool(request.POST.get("partial")))
    if done.records:
        said = _("Raised: {raised}. Edited: {edited}. Left out: {wrong}.").format(
            raised=len(done.plan.raised), edited=len(done.plan.edited), wrong=len(done.plan.wrong)
        )
        messages.success(request, said)
        return redirect(f"/register/{register}/")
    told = {"register": kept_as, "plan": done.plan, "changes": changes(done.plan, seen), "name": name, "refused": True}
    token = keep(content, name, seen.viewer.person, command=_COMMAND)
    return render(request, "tower/registers/import.html", {**told, "token": token, "sight": seen})


def _about(seen: Sight, register: str, query: Query) -> dict[str, Any]:
    """Return what table and board share."""
    kept_as = seen.register(register)
    return {
        "register": kept_as,
        "about": (seen.desk.registers.about or {}).get(register, ""),
        "query": query,
        "choices": choices(kept_as, query, seen),
        "why_not_raise": why_not_raise(kept_as, seen.watcher, seen.known),
        "sight": seen,
        "kept": f"?{urlencode({'as-of': query.when})}" if query.when else "",
    }


urlpatterns = [
    path("register/", all_registers, name="registers"),
    path("register/<slug:register>/", table, name="register"),
    path("register/<slug:register>/board/", board, name="register-board"),
    path("register/<slug:register>/export.<slug:ending>", export, name="register-export"),
    path("register/<slug:register>/import/", import_, name="register-import"),
    path("register/<slug:register>/import/now/", import_kept, name="register-import-now"),
]
