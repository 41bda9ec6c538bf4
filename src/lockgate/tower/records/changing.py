"""Changes of a record from its page: steps and votes, comments, links, tags and files."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lockgate.faces.web.page import page
from lockgate.kernel.errors import LockgateError
from lockgate.ledger.registers.action import Action, Move, Refusal, Remark, Tag, Tie
from lockgate.ledger.registers.entry import Entry
from lockgate.ledger.registers.showing.form import to_take
from lockgate.tower.records.drawing import drawn
from lockgate.tower.records.inputs import given
from lockgate.tower.records.showing import Trouble
from lockgate.tower.registers.pages import looking
from lockgate.tower.seeing.acting import act, attaching
from lockgate.tower.seeing.shown import state_title
from lockgate.tower.seeing.sight import Sight


@page("register.change")
def do(request: HttpRequest, register: str, record: str, step: str) -> HttpResponse:
    """Take a step or vote on it; asked without a form, show the step open on the page of the record."""
    seen = looking(request)
    entry, kept_as = seen.entry(record, register), seen.register(register)
    found = kept_as.transition(step)
    if found is None:
        raise Http404(step)
    if request.method != "POST":
        return redirect(f"/register/{register}/{record}/#step-{step}")
    typed = request.POST
    values, unread = given([one.field for one in to_take(found, entry, kept_as)], typed)
    version = number(typed.get("version")) if typed.get("version") else None
    yes, reason = typed.get("vote") != "no", typed.get("reason", "")
    move = Move(record, step, reason, values if yes else {}, yes=yes, version=version)
    return _answered(request, seen, entry, [move], part=step, unread=unread)


@require_POST
@page("register.change")
def comment(request: HttpRequest, register: str, record: str) -> HttpResponse:
    """Say something about a record."""
    seen = looking(request)
    entry = seen.entry(record, register)
    return _answered(request, seen, entry, [Remark(record, request.POST.get("text", ""))], part="comment")


@require_POST
@page("register.change")
def link(request: HttpRequest, register: str, record: str) -> HttpResponse:
    """Link a record to another, or take a link away."""
    seen, typed = looking(request), request.POST
    entry = seen.entry(record, register)
    undo = typed.get("undo") == "yes"
    tie = Tie(record, typed.get("relation", ""), typed.get("to", "").strip(), undo=undo)
    return _answered(request, seen, entry, [tie], part="link")


@require_POST
@page("register.change")
def tag(request: HttpRequest, register: str, record: str) -> HttpResponse:
    """Put tags on a record, or take them off."""
    seen, typed = looking(request), request.POST
    entry = seen.entry(record, register)
    tags = tuple(typed.get("tags", "").replace(",", " ").split())
    return _answered(request, seen, entry, [Tag(record, tags, undo=typed.get("undo") == "yes")], part="tag")


@require_POST
@page("register.change")
def attach(request: HttpRequest, register: str, record: str) -> HttpResponse:
    """Keep a file and attach it to a record."""
    seen, typed, file = looking(request), request.POST, request.FILES.get("file")
    entry = seen.entry(record, register)
    try:
        content = file.read() if file is not None else b""
        name = (file.name or "") if file is not None else ""
        version = number(typed.get("version"))
        change = attaching(seen, record, typed.get("field", ""), content, name=name, version=version)
    except LockgateError as error:
        why = Refusal("bad-file", " ".join(text for text in (error.what, error.why) if text), error.do)
        return _refused(request, seen, entry, "attach", (why,))
    return _answered(request, seen, entry, [change], part="attach")


def number(said: str | None) -> int:
    """Return the version that a form carries; one that there never is when it says none."""
    text = (said or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0  # noqa: PLR2004 - ten digits are no version


def _answered(
    request: HttpRequest,
    seen: Sight,
    entry: Entry,
    actions: Sequence[Action],
    *,
    part: str,
    unread: Sequence[Refusal] = (),
) -> HttpResponse:
    done = act(seen, actions, unread)
    if done.refusals:
        return _refused(request, seen, entry, part, done.refusals)
    after = done.entries.by_id[entry.id]
    moved = after.state != entry.state
    now = (
        _("{record} is now “{state}”.").format(
            record=entry.id, state=state_title(after.state, seen.register(entry.register))
        )
        if moved
        else _("Kept.")
    )
    messages.success(request, now if done.records else _("Nothing changed: it was so already."))
    return redirect(_back(request) or f"/register/{entry.register}/{entry.id}/")


def _refused(request: HttpRequest, seen: Sight, entry: Entry, part: str, refusals: tuple[Refusal, ...]) -> HttpResponse:
    return drawn(request, seen, entry, Trouble(part, refusals, request.POST))


def _back(request: HttpRequest) -> str:
    """Return where the form came from, when it says so and that is a page of ours."""
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) and not urlsplit(wanted).netloc
    return wanted if wanted and safe else ""
