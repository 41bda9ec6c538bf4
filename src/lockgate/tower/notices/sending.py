"""How do notices go out by themselves? By a verb that a schedule asks for every few minutes."""

from django.conf import settings
from django.utils.translation import gettext as _

from lockgate.kernel.clock import system_clock
from lockgate.kernel.errors import UsageError
from lockgate.kernel.verb import Doing, Outcome
from lockgate.tower.notices.mailing import send as send_all
from lockgate.tower.server import live


def send(doing: Doing) -> Outcome:
    """Send what is due by mail."""
    if settings.EMAIL_BACKEND.endswith(".dummy.EmailBackend"):
        raise UsageError(_("No mail goes out."), why=_("No mail server is named."), do=_("Set LOCKGATE_MAIL_URL."))
    doing.log("Looking for what is due")
    sent = send_all(live(), system_clock())
    for why in sent.refused:
        doing.log(f"Not sent: {why}")
    says = f"{sent.mails:,} mails with {sent.notices:,} notices went out."
    if sent.refused:
        says = f"{says} {len(sent.refused):,} were refused: {sent.refused[0]}"
    return Outcome(not sent.refused, says, {"mails": sent.mails, "notices": sent.notices, "refused": len(sent.refused)})
