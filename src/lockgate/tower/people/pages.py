"""The way in, one's own account, and who takes part."""

from datetime import UTC, datetime
from typing import cast

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_POST

from lockgate.faces.web.page import page
from lockgate.tower.people.forms import JoinForm, PreferencesForm
from lockgate.tower.people.inviting import accept, open_invitation
from lockgate.tower.people.models import Account

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@page("account.enter")
def join(request: HttpRequest, secret: str) -> HttpResponse:
    """Let an invited person choose a password."""
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
        messages.success(request, "Kept.")
        return redirect("account")
    return render(request, "tower/people/account.html", {"form": form})


@require_POST
@page("account.keep")
def theme(request: HttpRequest) -> HttpResponse:
    """Keep whether somebody reads light or dark."""
    wished = request.POST.get("theme", "")
    if wished not in {"", "light", "dark"}:
        return HttpResponseBadRequest()
    Account.objects.filter(person=cast("Account", request.user).person).update(theme=wished)
    return HttpResponse(status=204)


urlpatterns = [
    path("join/<str:secret>/", join, name="join"),
    path("account/", account, name="account"),
    path("account/theme/", theme, name="theme"),
]
