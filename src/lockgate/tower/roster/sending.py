"""How does a link reach somebody? It is shown once, and mailed where the house has set up mail."""

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_SAID = gettext_lazy(
    """\
You are invited to {programme}, which is run with Lockgate.

Choose your password here: {link}

The link works once, and for a week. If you did not expect it, do nothing.
"""
)


def address(secret: str) -> str:
    """Return the link of a secret, at the address where people reach the tower."""
    return str(settings.ADDRESS.geturl().rstrip("/") + reverse("join", args=[secret]))


def send(to: str, link: str, programme: str) -> str:
    """Mail a link, and say to whom; nothing when there is no mail or no address. The link is on the page anyway."""
    if not to or not settings.EMAIL_HOST:
        return ""
    try:
        send_mail(
            _("Invitation to {programme}").format(programme=programme),
            _SAID.format(programme=programme, link=link),
            None,
            [to],
        )
    except (OSError, SMTPException) as error:
        logging.getLogger("lockgate.tower").warning("An invitation was not mailed: %s", type(error).__name__)
        return ""
    return to
