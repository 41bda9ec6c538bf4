"""What can be asked of a worker? The long work of the core, and that of every practice that is installed."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from typing import Any, Final

from lockgate.kernel.errors import UsageError
from lockgate.kernel.verb import Outcome, Verb
from lockgate.programme.installed import Found, practices

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
    found = [verb for one in practices() if isinstance(one, Found) for verb in one.practice.verbs]
    return {verb.name: verb for verb in (*found, *CORE)}


def verb_of(name: str, arguments: Mapping[str, Any]) -> Verb:
    """Return a verb that takes these arguments."""
    verb = verbs().get(name)
    if verb is None:
        raise UsageError(f"There is no verb {name!r}.", why=f"There are: {', '.join(sorted(verbs()))}.")
    unknown = sorted(set(arguments) - set(verb.arguments))
    if unknown:
        takes = ", ".join(verb.arguments) or "none"
        raise UsageError(f"{name} takes no {', '.join(unknown)}.", why=f"Its arguments: {takes}.")
    return verb


def carry_out(verb: Verb, work: Any, arguments: Mapping[str, Any]) -> Outcome:
    """Return what comes of a verb."""
    module, _, name = verb.target.partition(":")
    outcome = getattr(import_module(module), name)(work, **arguments)
    if not isinstance(outcome, Outcome):
        raise TypeError(f"{verb.target} returned {type(outcome).__name__}, not an Outcome")
    return outcome
