"""How does somebody get to the identity provider of the house, and back?

H1  The way there is a page that leads on, not a redirect: browsers hold forms, and where those are redirected to, to
    our own address (`form-action`), and through which addresses a provider leads is not known here.
H2  A provider that does not answer is an expected stop: it says what to do, and the password still works.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from allauth.socialaccount.providers.openid_connect import views
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import re_path
from django.utils.translation import gettext as _
from requests import RequestException

from lockgate.faces.web.page import page
from lockgate.kernel.errors import UnreachableError


@page("account.enter")
def leave(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Lead to the provider (H1)."""
    with _answering():
        answer: HttpResponse = views.login(request, provider_id)
    there = answer.get("Location", "")
    if there.startswith(("https://", "http://")):
        return render(request, "tower/house.html", {"there": there})
    return answer


@page("account.enter")
def come_back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Let in whom the provider vouches for."""
    with _answering():
        answer: HttpResponse = views.callback(request, provider_id)
    return answer


@contextmanager
def _answering() -> Iterator[None]:
    """Turn silence of the provider into a stop that says what to do (H2)."""
    try:
        yield
    except RequestException as error:
        raise UnreachableError(
            _("The identity provider of the house does not answer."),
            why=f"{type(error).__name__}.",
            do=_("Try again in a while, or sign in with your password."),
        ) from error


_PROVIDER = r"^account/oidc/(?P<provider_id>[^/]+)/login/"
urlpatterns = [
    re_path(f"{_PROVIDER}$", leave, name="house"),
    re_path(f"{_PROVIDER}callback/$", come_back, name="house-back"),
]
