"""One record: its page, the forms to raise and edit it, its files, and what may be referred to."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import path, register_converter
from django.utils.translation import gettext as _

from lockgate.faces.web.files import download
from lockgate.faces.web.page import page
from lockgate.kernel.register import Field, Kind, Register
from lockgate.ledger.registers.action import Edit, Raise
from lockgate.ledger.registers.book import Done
from lockgate.ledger.registers.entry import ID, Entry
from lockgate.ledger.registers.showing.form import options, to_edit, to_raise
from lockgate.ledger.registers.showing.offer import why_not_raise
from lockgate.tower.records import cells, changing
from lockgate.tower.records.drawing import drawn
from lockgate.tower.records.files import named
from lockgate.tower.records.inputs import asks, given, offered, others
from lockgate.tower.records.merging import as_read, changed
from lockgate.tower.registers.pages import looking
from lockgate.tower.seeing.acting import act
from lockgate.tower.seeing.sight import Sight

_FOUND = 20


@page("register.see")
def show(request: HttpRequest, register: str, record: str) -> HttpResponse:
    """Show a record."""
    seen = looking(request)
    return drawn(request, seen, seen.entry(record, register))


@page("register.change")
def new(request: HttpRequest, register: str) -> HttpResponse:
    """Raise a record."""
    seen = looking(request)
    kept_as, typed = seen.register(register), request.POST if request.method == "POST" else None
    refusals: tuple[Any, ...] = ()
    if typed is not None:
        values, unread = given(kept_as.fields, typed)
        done = act(seen, [Raise(kept_as.key, values)], unread)
        if not done.refusals:
            messages.success(request, _("{record} is raised.").format(record=done.touched[0]))
            return redirect(f"/register/{register}/{done.touched[0]}/")
        refusals = done.refusals
    asked = asks(offered(to_raise(kept_as), request.GET), kept_as, seen, typed, refusals)
    why_not = why_not_raise(kept_as, seen.watcher, seen.known)
    told = {"register": kept_as, "asks": asked, "refusals": others(refusals, asked), "why_not": why_not}
    return render(request, "tower/records/form.html", told, status=422 if refusals else 200)


@page("register.change")
def edit(request: HttpRequest, register: str, record: str) -> HttpResponse:
    """Change the fields of a record."""
    seen = looking(request)
    entry, kept_as = seen.entry(record, register), seen.register(register)
    typed = request.POST if request.method == "POST" else None
    read, refusals = entry.version, tuple[Any, ...]()
    if typed is not None:
        read = changing.number(typed.get("read"))
        done = _edited(seen, entry, kept_as, typed)
        if not done.refusals:
            messages.success(
                request,
                _("{record} is kept.").format(record=record)
                if done.touched
                else _("Nothing changed: it was so already."),
            )
            return redirect(f"/register/{register}/{record}/")
        refusals = done.refusals
    asked = asks(to_edit(entry, kept_as), kept_as, seen, typed, refusals)
    told = {"register": kept_as, "entry": entry, "asks": asked, "refusals": others(refusals, asked), "read": read}
    return render(request, "tower/records/form.html", told, status=422 if refusals else 200)


def _edited(seen: Sight, entry: Entry, register: Register, typed: QueryDict) -> Done:
    """Change what differs from what was read, in the version that was looked at last."""
    values, unread = given(register.fields, typed)
    before = as_read(entry, seen.desk.book.history(entry.id), changing.number(typed.get("read")))
    return act(seen, [Edit(entry.id, changing.number(typed.get("version")), changed(values, before))], unread)


@page("register.see")
def file(request: HttpRequest, register: str, record: str, digest: str) -> HttpResponseBase:
    """Hand out a file that is attached to a record."""
    seen = looking(request)
    entry, kept_as = seen.entry(record, register), seen.register(register)
    held = [entry.values.get(one.key) for one in kept_as.fields if one.kind is Kind.ATTACHMENT]
    if not any(digest == one or (isinstance(one, list) and digest in one) for one in held):
        raise Http404(digest)
    content = seen.desk.artifacts.read(digest)
    name = seen.desk.artifacts.names.of(digest, record) or named(content, f"{record}-{digest[:12]}")
    return download(content, name, "application/octet-stream")


@page("register.see")
def found(request: HttpRequest) -> HttpResponse:
    """Offer records to refer to: those whose id or title has the words that were typed."""
    seen = looking(request)
    of = request.GET.get("of", "")
    words = request.GET.get(request.GET.get("name", "q"), "").casefold().split()
    there = options(Field("to", "To", Kind.REFERENCE, register=of), seen.known)
    fitting = [one for one in there if all(word in f"{one.key} {one.title}".casefold() for word in words)]
    return render(request, "tower/records/options.html", {"options": fitting[:_FOUND]})


class RecordId:
    """The id of a record in an address, so that `/register/gap/board/` is none."""

    regex = ID.pattern.replace("(", "(?:")

    def to_python(self, value: str) -> str:
        """Return it as views take it."""
        return value

    def to_url(self, value: str) -> str:
        """Return it as addresses have it."""
        return value


register_converter(RecordId, "record")
_RECORD = "register/<slug:register>/<record:record>/"
urlpatterns = [
    path("record/options/", found, name="record-options"),
    path("register/<slug:register>/new/", new, name="record-new"),
    path(_RECORD, show, name="record"),
    path(f"{_RECORD}edit/", edit, name="record-edit"),
    path(f"{_RECORD}do/<slug:step>/", changing.do, name="record-do"),
    path(f"{_RECORD}comment/", changing.comment, name="record-comment"),
    path(f"{_RECORD}link/", changing.link, name="record-link"),
    path(f"{_RECORD}tag/", changing.tag, name="record-tag"),
    path(f"{_RECORD}attach/", changing.attach, name="record-attach"),
    path(f"{_RECORD}file/<slug:digest>/", file, name="record-file"),
    path(f"{_RECORD}cell/<slug:field>/", cells.cell, name="record-cell"),
]
