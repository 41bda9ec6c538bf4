"""The ledger as a stream, one record with all that is said of it, and whether it holds."""

import json
from collections.abc import Iterable

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext_lazy as _

from lockgate.faces.web.choosing import LongSelect
from lockgate.faces.web.page import page, viewer_of
from lockgate.faces.web.places import Place, enter
from lockgate.faces.web.viewer import Viewer
from lockgate.faces.web.words import said as word_said
from lockgate.kernel.errors import UsageError
from lockgate.kernel.evidence import Verdict
from lockgate.kernel.scope import PROGRAMME, Level, Scope
from lockgate.ledger.answers import record_answer
from lockgate.tower.evidence import opened, stream
from lockgate.tower.evidence.proving import neighbours, whole
from lockgate.tower.evidence.standing import Standing
from lockgate.tower.server import as_of, live
from lockgate.workspace import Workspace

enter(Place(30, _("Evidence"), "/evidence/", "evidence", "evidence.see"))


class FilterForm(forms.Form):
    """What somebody looks for in the stream."""

    kind = forms.ChoiceField(required=False, label=_("Kind"), widget=LongSelect)
    scope = forms.ChoiceField(required=False, label=_("For"), widget=LongSelect)
    text = forms.CharField(required=False, label=_("About"), max_length=200)
    by = forms.CharField(required=False, label=_("By"), max_length=100)
    verdict = forms.ChoiceField(required=False, label=_("Verdict"), choices=lambda: _any_of(Verdict))
    standing = forms.ChoiceField(required=False, label=_("Standing"), choices=lambda: _any_of(Standing))
    all = forms.BooleanField(required=False, label=_("All events, not evidence alone"))
    before = forms.IntegerField(required=False, min_value=0, max_value=2**53, widget=forms.HiddenInput)

    def __init__(self, said: object, kinds: list[str], scopes: list[Scope]) -> None:
        super().__init__(said)  # type: ignore[arg-type] # a query is a mapping
        self.fields["kind"].choices = [("", _("any")), *((one, one) for one in kinds)]  # type: ignore[attr-defined]
        self.fields["scope"].choices = [("", _("any")), *((str(one), str(one)) for one in scopes)]  # type: ignore[attr-defined]

    def wanted(self) -> stream.Filter:
        """Return what is asked for; what can't be understood asks nothing."""
        self.full_clean()
        said = {name: value for name, value in self.cleaned_data.items() if name != "before"}
        return stream.Filter(**said)


@page("evidence.see")
def tail(request: HttpRequest) -> HttpResponse:
    """Show the stream, the newest first."""
    viewer, compared = viewer_of(request), opened.compared(as_of(request.GET.get("as-of")))
    every = bool(request.GET.get("all"))
    form = FilterForm(request.GET, stream.kinds(compared, viewer, every=every), scopes_of(compared.workspace, viewer))
    wanted = form.wanted()
    if request.GET.get("format") == "csv":
        return _download(stream.csv_of(compared, viewer, wanted))
    before = form.cleaned_data.get("before") or compared.upto + 1
    found = stream.page(compared, viewer, wanted, before)
    said = {"form": form, "page": found, "wanted": wanted, "upto": compared.upto, "first": before > compared.upto}
    return render(request, "tower/evidence/stream.html", said)


@page("evidence.see")
def show(request: HttpRequest, number: int) -> HttpResponse:
    """Show one record."""
    found = opened.record(number, viewer_of(request), as_of(request.GET.get("as-of")))
    if found is None:
        raise Http404
    raw = json.dumps(record_answer(found.record), indent=2, ensure_ascii=False)
    said = {"shown": found, "raw": raw, "asked": not live().workspace().findings}
    return render(request, "tower/evidence/record.html", said)


@page("evidence.see")
def verify(request: HttpRequest, number: int) -> HttpResponse:
    """Look whether a record, those beside it and the whole chain are as they were made."""
    if not opened.is_seen(number, viewer_of(request)):
        raise Http404
    said: dict[str, object] = {"number": number, "held": neighbours(live().place.ledger, number)}
    try:
        said["report"] = whole(live().place)
    except UsageError as stop:
        said["stop"] = stop
    part = "tower/evidence/verified_part.html" if request.headers.get("HX-Request") else "tower/evidence/verified.html"
    return render(request, part, said)


def scopes_of(workspace: Workspace, viewer: Viewer) -> list[Scope]:
    """Return the scopes that a viewer sees."""
    waves = [Scope(Level.WAVE, key) for key in workspace.waves]
    sites = [Scope(Level.SITE, key) for key in workspace.sites] if "programme" in workspace.models else []
    return [scope for scope in (PROGRAMME, *waves, *sites) if viewer.sees(scope)]


def _any_of(words: Iterable[str]) -> list[tuple[str, str]]:
    return [("", str(_("any"))), *((str(one), word_said(one)) for one in words)]


def _download(content: bytes) -> HttpResponse:
    answer = HttpResponse(content, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="evidence.csv"'
    return answer


urlpatterns = [
    path("evidence/", tail, name="evidence"),
    path("evidence/<int:number>/", show, name="evidence-record"),
    path("evidence/<int:number>/verify/", verify, name="evidence-verify"),
]
