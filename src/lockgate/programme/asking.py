"""How does one practice have another's work done? It asks for the verb by its name, and imports nothing of it."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

from lockgate.kernel.verb import Doing, Outcome, Verb
from lockgate.programme.installed import Found, practices


def installed_verbs() -> dict[str, Verb]:
    """Return the verbs of all practices that are installed, by their names."""
    return {verb.name: verb for one in practices() if isinstance(one, Found) for verb in one.practice.verbs}


def carry_out(verb: Verb, doing: Doing, arguments: Mapping[str, Any]) -> Outcome:
    """Return what comes of a verb."""
    module, _, name = verb.target.partition(":")
    outcome = getattr(import_module(module), name)(doing, **arguments)
    if not isinstance(outcome, Outcome):
        raise TypeError(f"{verb.target} returned {type(outcome).__name__}, not an Outcome")
    return outcome
