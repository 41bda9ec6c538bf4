"""With what this tower runs. Nothing is changed here: each setting says where it is set, and mail can be tried."""

import logging
from smtplib import SMTPException
from typing import TYPE_CHECKING, cast

from django.conf import settings
from django.contrib import messages
from django.core.mail import send_mail
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from lockgate.faces.web.page import page
from lockgate.faces.web.places import Place, enter
from lockgate.tower.server import live
from lockgate.tower.settings.listing import GROUPS, all_settings

if TYPE_CHECKING:
    from lockgate.tower.people.models import Account

enter(Place(92, _("Settings"), "/settings/", "settings", "settings.see", _("Looking after")))


@page("settings.see")
def show(request: HttpRequest) -> HttpResponse:
    """Show with what this tower runs."""
    found = all_settings()
    parts = [(key, title, [one for one in found if one["group"] == key]) for key, title in GROUPS.items()]
    told = {"parts": parts, "wrong": [one for one in found if one["standing"] == "bad"], "mail": settings.EMAIL_HOST}
    return render(request, "tower/settings/show.html", told)


@require_POST
@page("settings.try")
def try_mail(request: HttpRequest) -> HttpResponse:
    """Send a mail to whoever asks, and say what came of it."""
    to = cast("Account", request.user).email
    if not settings.EMAIL_HOST or not to:
        messages.error(request, _("No mail was sent: set up a mail server, and give your account an address."))
        return redirect("settings")
    try:
        send_mail(
            _("{programme}: mail works").format(programme=live().name),
            _("Mail of this tower reaches you.") + "\n",
            None,
            [to],
        )
    except (OSError, SMTPException) as error:
        logging.getLogger("lockgate.tower").warning("A test mail was not sent: %s", type(error).__name__)
        messages.error(
            request,
            _("The mail server did not take it: {error}. See LOCKGATE_MAIL_URL.").format(error=type(error).__name__),
        )
    else:
        messages.success(request, _("The mail server took a mail to {address}.").format(address=to))
    return redirect("settings")


urlpatterns = [
    path("settings/", show, name="settings"),
    path("settings/mail/", try_mail, name="settings-mail"),
]
