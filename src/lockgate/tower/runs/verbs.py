"""What can be asked of a worker? The long work of the core, and that of every practice that is installed."""

from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from django.utils.translation import gettext as _

from lockgate.faces.web.policy import may, refused
from lockgate.faces.web.viewer import Viewer
from lockgate.kernel.errors import RefusedError, UsageError
from lockgate.kernel.verb import Verb
from lockgate.programme.asking import installed_verbs

_HERE: Final = "lockgate.tower.runs.core_verbs"
CORE: Final = (
    Verb("ledger.verify", "Look at every record and file of the ledger", f"{_HERE}:verify"),
    Verb("register.signals", "Raise a risk for every early warning that is up", f"{_HERE}:signals"),
    Verb("gate.sweep", "Ask all gates, and say what is stale", f"{_HERE}:sweep"),
    Verb(
        "backup.make",
        "Make a backup of the whole programme, and keep the last few",
        "lockgate.tower.backup.nightly:nightly",
        {"keep": "how many backups are kept; 14 when left out"},
    ),
    Verb("notice.send", "Send what people should hear of by mail", "lockgate.tower.notices.sending:send"),
)


@cache
def verbs() -> Mapping[str, Verb]:
    """Return every verb by its name; those of the core can't be replaced."""
    return {**installed_verbs(), **{verb.name: verb for verb in CORE}}


def verb_of(name: str, arguments: Mapping[str, Any]) -> Verb:
    """Return a verb that takes these arguments."""
    verb = verbs().get(name)
    if verb is None:
        raise UsageError(
            _("There is no verb {name!r}.").format(name=name),
            why=_("There are: {names}.").format(names=", ".join(sorted(verbs()))),
        )
    unknown = sorted(set(arguments) - set(verb.arguments))
    if unknown:
        takes = ", ".join(verb.arguments) or _("none")
        raise UsageError(
            _("{verb} takes no {names}.").format(verb=name, names=", ".join(unknown)),
            why=_("Its arguments: {names}.").format(names=takes),
        )
    return verb


def asked_of(viewer: Viewer, name: str, arguments: Mapping[str, Any]) -> Verb:
    """Return a verb that this viewer may ask for with these arguments."""
    verb = verb_of(name, arguments)
    if verb.right and not may(viewer, verb.right):
        refused(viewer, verb.right, asked=f"the verb {verb.name}")
        raise RefusedError(
            _("None of your roles lets you ask for this."),
            why=_("{verb} takes the right {right}.").format(verb=verb.name, right=verb.right),
            do=_("Ask somebody who has a role for the whole programme."),
        )
    return verb
