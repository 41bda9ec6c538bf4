"""Which settings are there, in which groups? The same for the page and for programs."""

from datetime import UTC, datetime
from typing import Final

from django.utils.translation import gettext_lazy as _

from lockgate.tower.server import live
from lockgate.tower.settings.answer import SettingAnswer
from lockgate.tower.settings.running import keeping, keys, running
from lockgate.tower.settings.working import mail, signing_in, work

GROUPS: Final = {
    "running": _("What runs"),
    "keeping": _("Where it is kept"),
    "keys": _("Keys for signing"),
    "signing": _("Signing in"),
    "mail": _("Mail"),
    "work": _("Work and backups"),
}
"""First part of a setting's key → title of its group."""


def all_settings() -> list[SettingAnswer]:
    """Return all settings, for the page and the API."""
    here, now = live(), datetime.now(UTC)
    return [*running(here), *keeping(here), *keys(here), *signing_in(), *mail(), *work(here, now)]
