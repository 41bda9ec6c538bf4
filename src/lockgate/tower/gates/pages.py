"""The pages of the gates: all of them, each of them, the sheet to sign, and what to run again."""

from urllib.parse import quote, urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext_lazy as _

from lockgate.faces.web.files import table_file
from lockgate.faces.web.page import page, page_of, viewer_of
from lockgate.faces.web.places import Place, enter
from lockgate.kernel.errors import LockgateError
from lockgate.tower.gates.asked import Asked, asked, to_decide
from lockgate.tower.gates.doing import do
from lockgate.tower.gates.drawing import charts, marks, parts
from lockgate.tower.gates.forms import GateForms
from lockgate.tower.gates.listing import COUNTS, HEADINGS, Wanted, listed, table
from lockgate.tower.gates.renewing import renewed
from lockgate.tower.gates.shown import gate_page, moments, names, sheet
from lockgate.tower.refusals import STATUS
from lockgate.tower.server import as_of

enter(Place(20, _("Gates"), "/gate/", "gate", "gate.see"), Place(25, _("Run again"), "/rerun/", "stale", "gate.see"))


@page("gate.see")
def gates(request: HttpRequest) -> HttpResponse:
    """List the gates."""
    asks = request.GET
    wanted = Wanted(asks.get("stage", ""), asks.get("scope", ""), asks.get("verdict", ""), asks.get("sort", ""))
    found = listed(viewer_of(request), wanted, as_of(asks.get("as-of")))
    told = {"found": found, "page": page_of(found.rows, request), "wanted": wanted, "counts": COUNTS}
    return render(request, "tower/gates/list.html", told)


@page("gate.see")
def export(request: HttpRequest, ending: str) -> HttpResponse:
    """Hand the list out as a file, narrowed and ordered as the page is."""
    asks = request.GET
    wanted = Wanted(asks.get("stage", ""), asks.get("scope", ""), asks.get("verdict", ""), asks.get("sort", ""))
    found = listed(viewer_of(request), wanted, as_of(asks.get("as-of")))
    return table_file("gates", HEADINGS, table(found), ending)


@page("gate.see")
def gate(request: HttpRequest, key: str, scope: str) -> HttpResponse:
    """Show one gate, now or as of then."""
    if "step" in request.GET:
        return _stepped(request, key, scope)
    return _shown(request, key, scope)


@page("gate.decide")
def act(request: HttpRequest, key: str, scope: str, name: str) -> HttpResponse:
    """Vote, waive, fulfil or sign; what is refused is shown with the form as it was filled."""
    if request.method != "POST":
        return redirect("gate", key=key, scope=scope)
    viewer = viewer_of(request)
    found = to_decide(viewer, key, scope)
    forms = GateForms(found, gate_page(found, viewer).foreseen, name, request.POST)
    if not forms.valid():
        return _shown(request, key, scope, forms=name, status=400)
    try:
        messages.success(request, do(name, found, forms, viewer))
    except LockgateError as refusal:
        return _shown(request, key, scope, forms=name, refusal=refusal, status=STATUS.get(refusal.exit, 400))
    return redirect("gate", key=key, scope=scope)


@page("gate.see")
def sign_off(request: HttpRequest, key: str, scope: str) -> HttpResponse:
    """Show the sheet that people sign on paper."""
    viewer = viewer_of(request)
    found = asked(viewer, key, scope, as_of(request.GET.get("as-of")))
    return render(request, "tower/gates/sheet.html", sheet(found, viewer))


@page("gate.see")
def rerun(request: HttpRequest) -> HttpResponse:
    """Show what is stale, and what would renew it."""
    scope = request.GET.get("scope", "")
    found = renewed(viewer_of(request), scope, as_of(request.GET.get("as-of")))
    return render(request, "tower/gates/rerun.html", {"page": page_of(found, request), "scope": scope})


def _stepped(request: HttpRequest, key: str, scope: str) -> HttpResponse:
    """Send to the moment that the slider stands at; its last step is now."""
    there = moments(asked(viewer_of(request), key, scope), viewer_of(request))
    said = request.GET["step"]
    place = int(said) if said.isascii() and said.isdigit() else len(there)
    when = f"?{urlencode({'as-of': there[place].number})}" if place < len(there) else ""
    return redirect(_address(key, scope) + when)


def _shown(
    request: HttpRequest,
    key: str,
    scope: str,
    *,
    forms: str = "",
    refusal: LockgateError | None = None,
    status: int = 200,
) -> HttpResponse:
    viewer, when = viewer_of(request), as_of(request.GET.get("as-of"))
    found = asked(viewer, key, scope, when)
    shown = gate_page(found, viewer)
    said = {
        "page": shown,
        "drawn": [(one, parts(one.tree["parts"], shown.subjects), charts(one.charts)) for one in shown.criteria],
        "address": _address(key, scope),
        "forms": GateForms(found, shown.foreseen, forms, request.POST if forms else None),
        "filled": forms,
        "refusal": refusal,
        "names": names(found),
        "then": when is not None,
        **_slider(request, found, shown.number, then=when is not None),
    }
    return render(request, "tower/gates/gate.html", said, status=status)


def _slider(request: HttpRequest, found: Asked, number: int, *, then: bool) -> dict[str, object]:
    """Return the steps of the slider and where it stands: at the last step that is not after what is shown."""
    viewer = viewer_of(request)
    try:
        there = moments(asked(viewer, found.gate.key, str(found.scope)) if then else found, viewer)
    except (LockgateError, Http404):
        there = []  # it is not asked any more; it was then
    at = max((place for place, step in enumerate(there) if step.number <= number), default=0)
    return {"steps": there, "marks": marks(there), "step": at if then else len(there)}


def _address(key: str, scope: str) -> str:
    return f"/gate/{quote(key)}/{quote(scope, safe=':')}/"


urlpatterns = [
    path("gate/", gates, name="gates"),
    path("gate/export.<slug:ending>", export, name="gates-export"),
    path("gate/<str:key>/<str:scope>/", gate, name="gate"),
    path("gate/<str:key>/<str:scope>/sign-off/", sign_off, name="gate-sheet"),
    *(
        path(f"gate/<str:key>/<str:scope>/{name}/", act, {"name": name}, name=f"gate-{name}")
        for name in ("decide", "waive", "fulfil", "emergency")
    ),
    path("rerun/", rerun, name="rerun"),
]
