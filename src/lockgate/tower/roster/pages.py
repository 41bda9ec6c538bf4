"""Who takes part: everybody, one person, and what an administrator does to an account."""

from collections.abc import Callable
from datetime import UTC, datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from lockgate.faces.web.files import table_file
from lockgate.faces.web.page import page, viewer_of
from lockgate.faces.web.places import Place, enter
from lockgate.kernel.errors import LockgateError
from lockgate.tower.people import keys
from lockgate.tower.people.models import Account, Grant, Key
from lockgate.tower.people.rights import own_roles
from lockgate.tower.roster import listing, managing, recovering
from lockgate.tower.roster.forms import FactorForm, LendForm, RoleForm
from lockgate.tower.roster.sending import address, send
from lockgate.tower.server import live

enter(Place(90, _("People"), "/people/", "person", "people.manage", _("Looking after")))


@page("people.manage")
def everybody(request: HttpRequest) -> HttpResponse:
    """List everybody with their roles."""
    people = listing.everybody(live().workspace(), datetime.now(UTC))
    wanted, text = request.GET.get("standing", ""), request.GET.get("text", "").strip()
    shown = listing.narrowed(people, wanted, text)
    said = {"people": shown, "wanted": wanted, "text": text, "standings": listing.Standing, "all": len(people)}
    return render(request, "tower/roster/list.html", said)


@page("people.manage")
def export(request: HttpRequest, ending: str) -> HttpResponse:
    """Hand the list out as a file, narrowed as the page is."""
    people = listing.everybody(live().workspace(), datetime.now(UTC))
    shown = listing.narrowed(people, request.GET.get("standing", ""), request.GET.get("text", "").strip())
    return table_file("people", listing.HEADINGS, listing.table(shown), ending)


@page("people.manage")
def show(request: HttpRequest, person: str) -> HttpResponse:
    """Show one person, and what can be done."""
    return _shown(request, person, RoleForm(live().workspace()))


@require_POST
@page("people.manage")
def invite(request: HttpRequest, person: str) -> HttpResponse:
    """Make a link for somebody, shown once and mailed where mail is set up."""
    now = datetime.now(UTC)
    secret = managing.invite(person, by=viewer_of(request).person, moment=now)
    [found] = listing.everybody(live().workspace(), now, person)
    link = address(secret)
    mailed = send(found.mail, link, live().name)
    return _shown(request, person, RoleForm(live().workspace()), link=link, mailed=mailed)


@require_POST
@page("people.manage")
def give(request: HttpRequest, person: str) -> HttpResponse:
    """Give a role."""
    account, form = get_object_or_404(Account, person=person), RoleForm(live().workspace(), request.POST)
    if not form.is_valid():
        return _shown(request, person, form, status=422)
    grant = managing.give(account, form.wish(datetime.now(UTC)), by=viewer_of(request).person)
    messages.success(request, _("{person} has the role {role}.").format(person=person, role=grant.role))
    return redirect("person-managed", person=person)


@require_POST
@page("people.manage")
def take(request: HttpRequest, person: str, number: int) -> HttpResponse:
    """Take a role."""
    grant = get_object_or_404(Grant, pk=number, account__person=person)
    managing.take(grant, by=viewer_of(request).person, moment=datetime.now(UTC))
    messages.success(request, _("{person} no longer has the role {role}.").format(person=person, role=grant.role))
    return redirect("person-managed", person=person)


@require_POST
@page("people.manage")
def revoke(request: HttpRequest, person: str, number: int) -> HttpResponse:
    """End a key of somebody."""
    now = datetime.now(UTC)
    key = get_object_or_404(Key, pk=number, account__person=person, revoked_at=None)
    keys.revoke(key, by=viewer_of(request).person, moment=now)
    return redirect("person-managed", person=person)


@require_POST
@page("people.manage")
def change(request: HttpRequest, person: str, act: str) -> HttpResponse:
    """Disable or enable an account, appoint an administrator, end sessions or keys."""
    if act not in _ACTS:
        raise Http404
    account = get_object_or_404(Account, person=person)
    try:
        _ACTS[act](account, viewer_of(request).person)
    except LockgateError as no:
        messages.error(request, " ".join(no.lines()))
    return redirect("person-managed", person=person)


@require_POST
@page("people.manage")
def remove_factor(request: HttpRequest, person: str) -> HttpResponse:
    """Remove the second factor that somebody lost."""
    account, form = get_object_or_404(Account, person=person), FactorForm(request.POST)
    if not form.is_valid():
        return _shown(request, person, RoleForm(live().workspace()), status=422, factor=form)
    try:
        recovering.remove_second_factor(account, by=viewer_of(request).person, reason=form.cleaned_data["reason"])
    except LockgateError as no:
        messages.error(request, " ".join(no.lines()))
    else:
        messages.success(
            request, _("{person} comes in by the password alone, and is signed out everywhere.").format(person=person)
        )
    return redirect("person-managed", person=person)


@page("account.keep")
def lend(request: HttpRequest) -> HttpResponse:
    """Lend a role of one's own to somebody until a day."""
    viewer, now = viewer_of(request), datetime.now(UTC)
    own = own_roles(viewer.person, live().workspace(), now)
    form = LendForm(live().workspace(), own, viewer.person, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            managing.lend(form.cleaned_data["to"], form.wish(now), by=viewer.person, moment=now)
        except LockgateError as no:
            form.add_error(None, " ".join(no.lines()))
        else:
            return redirect("lend")
    lent = Grant.objects.filter(given_by=viewer.person, lent=True, ends__gt=now).select_related("account")
    return render(request, "tower/roster/lend.html", {"form": form, "own": own, "lent": lent})


@require_POST
@page("account.keep")
def take_back(request: HttpRequest, number: int) -> HttpResponse:
    """Take back a role that one lent."""
    by, now = viewer_of(request).person, datetime.now(UTC)
    managing.take(get_object_or_404(Grant, pk=number, lent=True, given_by=by, ends__gt=now), by=by, moment=now)
    return redirect("lend")


_ACTS: dict[str, Callable[[Account, str], object]] = {
    "disable": lambda account, by: managing.disable(account, by=by, moment=datetime.now(UTC)),
    "enable": lambda account, by: managing.enable(account, by=by),
    "appoint": lambda account, by: managing.appoint(account, by=by, administrator=True),
    "dismiss": lambda account, by: managing.appoint(account, by=by, administrator=False),
    "sign-out": lambda account, by: recovering.end_sessions(account, by=by),
    "revoke-keys": lambda account, by: recovering.revoke_keys(account, by=by, moment=datetime.now(UTC)),
}


def _shown(request: HttpRequest, person: str, form: RoleForm, status: int = 200, **more: object) -> HttpResponse:
    now = datetime.now(UTC)
    found = listing.everybody(live().workspace(), now, person)
    if not found:
        raise Http404
    [one] = found
    traces = listing.traces(one.account, now) if one.account else None
    said = {"one": one, "traces": traces, "form": form, "factor": FactorForm(), "now": now, **more}
    return render(request, "tower/roster/person.html", said, status=status)


urlpatterns = [
    path("people/", everybody, name="people"),
    path("people/export.<slug:ending>", export, name="people-export"),
    path("people/<str:person>/", show, name="person-managed"),
    path("people/<str:person>/invite/", invite, name="person-invite"),
    path("people/<str:person>/role/", give, name="role-give"),
    path("people/<str:person>/role/<int:number>/take/", take, name="role-take"),
    path("people/<str:person>/key/<int:number>/revoke/", revoke, name="person-key-revoke"),
    path("people/<str:person>/second-factor/", remove_factor, name="person-factor"),
    path("people/<str:person>/<slug:act>/", change, name="person-change"),
    path("account/lend/", lend, name="lend"),
    path("account/lend/<int:number>/take/", take_back, name="lend-take"),
]
