"""What can be asked of a worker here? The verbs of the migration that are installed, in the order of the steps.

B1  What writes into an Odoo, and what takes more to be said, is asked on the page of runs alone.
B2  Nothing is asked as of the past, or by who may not.
"""

from dataclasses import dataclass
from urllib.parse import urlencode

from lockgate.faces.web.policy import may
from lockgate.practices.migration.perform.showing.sight import Sight
from lockgate.programme.asking import installed_verbs

_STEPS = ("profile", "cleanse", "match", "preflight", "load", "reconcile", "tie-out", "behave", "rehearse")


@dataclass(frozen=True)
class Asked:
    """A step that can be asked for."""

    step: str
    summary: str
    writes: bool
    form: str
    """What is asked of a worker, as it stands in one field of a form."""


def asked(sight: Sight, number: int | None) -> list[Asked]:
    """Return the steps that the viewer may ask for in a round (B2)."""
    if sight.when is not None or not may(sight.viewer, "run.start"):
        return []
    there = installed_verbs()
    found = [(step, there.get(f"migration.{step}")) for step in _STEPS]
    return [
        Asked(step, verb.summary, verb.writes, _form(verb.name, number))
        for step, verb in found
        if verb is not None and not verb.writes and may(sight.viewer, verb.right or "run.start")  # B1
    ]


def _form(verb: str, number: int | None) -> str:
    return urlencode({"verb": verb} | ({"round": str(number)} if number is not None else {}))
