"""The way in, one's own account, and who takes part."""

from datetime import UTC, datetime
from typing import cast

from allauth.account.decorators import reauthentication_required
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth import login
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lockgate.faces.web.page import page
from lockgate.tower.limits import LINKS, address_of, spend
from lockgate.tower.people import keys
from lockgate.tower.people.forms import JoinForm, KeyForm, PreferencesForm
from lockgate.tower.people.inviting import accept, open_invitation
from lockgate.tower.people.models import Account, Key

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@page("account.enter")
def join(request: HttpRequest, secret: str) -> HttpResponse:
    """Let an invited person choose a password."""
    spend("link", address_of(request), LINKS)
    now = datetime.now(UTC)
    invitation = open_invitation(secret, now)
    if invitation is None:
        return render(request, "tower/people/no_invitation.html", status=410)
    form = JoinForm(invitation.person, request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        account = accept(secret, said["password"], name=said["name"], email=said["email"], moment=now)
        if Authenticator.objects.filter(user=account).exists():
            return redirect("account_login")  # I3
        login(request, account, backend=BACKEND)
        return redirect("programme")
    return render(request, "tower/people/join.html", {"form": form, "person": invitation.person})


@page("account.keep")
def account(request: HttpRequest) -> HttpResponse:
    """Show one's own account, and how one wants to read."""
    form = PreferencesForm(request.POST or None, instance=cast("Account", request.user))
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Kept."))
        return redirect("account")
    return render(request, "tower/people/account.html", {"form": form, "keys": _keys(request)})


@page("account.keep")
@reauthentication_required  # type: ignore[untyped-decorator] # allauth ships no types
def make_key(request: HttpRequest) -> HttpResponse:
    """Make a key for a program, and show it this once."""
    form, shown = KeyForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        said, mine = form.cleaned_data, cast("Account", request.user)
        now = datetime.now(UTC)
        shown = keys.make(mine, said["name"], writes=bool(said["writes"]), days=said["days"], moment=now)
    return render(request, "tower/people/key.html", {"form": form, "key": shown})


@require_POST
@page("account.keep")
def revoke_key(request: HttpRequest, number: int) -> HttpResponse:
    """End one of one's own keys."""
    key = get_object_or_404(_keys(request), pk=number)
    keys.revoke(key, by=cast("Account", request.user).person, moment=datetime.now(UTC))
    messages.success(request, _("The key opens nothing any more."))
    return redirect("account")


@require_POST
@page("account.keep")
def theme(request: HttpRequest) -> HttpResponse:
    """Keep whether somebody reads light or dark."""
    wished = request.POST.get("theme", "")
    if wished not in {"", "light", "dark"}:
        return HttpResponseBadRequest()
    Account.objects.filter(person=cast("Account", request.user).person).update(theme=wished)
    return HttpResponse(status=204)


def _keys(request: HttpRequest) -> QuerySet[Key]:
    return keys.good(cast("Account", request.user), datetime.now(UTC))


urlpatterns = [
    path("join/<str:secret>/", join, name="join"),
    path("account/", account, name="account"),
    path("account/theme/", theme, name="theme"),
    path("account/key/", make_key, name="key-make"),
    path("account/key/<int:number>/revoke/", revoke_key, name="key-revoke"),
]
