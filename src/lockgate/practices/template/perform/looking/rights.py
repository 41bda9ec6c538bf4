"""May this user do what a template needs? Odoo is asked model by model, before anything is written.

G1  Whoever may only read can plan and look for drift: what they may not write is told beside the plan.
    Where the plan itself changes settings, groups or modules, rights may come with them: nothing is told before.
G2  What may not even be read is a fault of the template there, where it is declared: nothing can be planned of it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from lockgate.odoo.client import Client
from lockgate.odoo.errors import AccessDenied, BadCall, NotAuthenticated, NotFound
from lockgate.practices.template.decide.checking import Fault
from lockgate.practices.template.decide.facts import LANGUAGE, MODULE, SETTINGS, Declared
from lockgate.practices.template.decide.planning import Action, Plan, Step
from lockgate.practices.template.perform.looking.modelling import together

_RIGHTS: Final = {Action.CREATE: "create", Action.CHANGE: "write", Action.ARCHIVE: "write"}
_OTHERWISE: Final = {SETTINGS: (SETTINGS, "create"), MODULE: (MODULE, "write"), LANGUAGE: (LANGUAGE, "write")}
_BRING_RIGHTS: Final = frozenset({SETTINGS, MODULE, "res.groups", "res.users"})
_KNOWN_BY: Final = ("ir.model.data", "create")
"""What taking over a record needs."""
_HINT: Final = "Give the user the right in Odoo, or ask as another user."


@dataclass(frozen=True)
class Denied:
    """A right that is lacking."""

    model: str
    right: str
    why: str
    """Odoo's words, which name the groups that have it."""
    steps: tuple[Step, ...]
    """What can't be done without it."""


def unreadable(client: Client, declared: Sequence[Declared]) -> tuple[Fault, ...]:
    """Return a fault for each model of the template that may not be read, where it is declared first (G2)."""
    first: dict[str, Declared] = {}
    for one in declared:
        first.setdefault(one.resource.model, one)
    whys = _refusals(client, [(model, "read") for model in first])
    return tuple(
        sorted(
            Fault(*one.place("model"), "no-right", f"this user may not read {model}: {why}", _HINT, one.resource.key)
            for (model, _), why in whys.items()
            for one in [first[model]]
        )
    )


def denied(client: Client, plan: Plan) -> tuple[Denied, ...]:
    """Return the rights that carrying out a plan would lack (G1)."""
    if any(step.model in _BRING_RIGHTS and step.action is not Action.UNCHANGED for step in plan.steps):
        return ()
    wanted: dict[tuple[str, str], list[Step]] = {}
    for step in plan.steps:
        for right in _needed(step):
            wanted.setdefault(right, []).append(step)
    whys = _refusals(client, wanted)
    return tuple(Denied(model, right, why, tuple(wanted[model, right])) for (model, right), why in whys.items())


def _needed(step: Step) -> Iterator[tuple[str, str]]:
    if step.takes_over:
        yield _KNOWN_BY
    if step.action is not Action.UNCHANGED and (step.changes or step.action is not Action.CHANGE):
        yield _OTHERWISE.get(step.model, (step.model, _RIGHTS[step.action]))


def _refusals(client: Client, wanted: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """Return by model and right what Odoo says where it is lacking."""
    asked = sorted(wanted)
    said = together(lambda one: _refusal(client, *one), asked)
    return {one: why for one, why in zip(asked, said, strict=True) if why}


def _refusal(client: Client, model: str, right: str) -> str:
    try:
        client.call(model, "check_access_rights", operation=right)
    except NotAuthenticated:
        raise
    except AccessDenied as error:
        return " ".join(error.why.split())
    except (BadCall, NotFound):  # the model comes with a module, or this Odoo has no such question
        return ""
    return ""
