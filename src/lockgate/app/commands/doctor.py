"""Say what is missing on this machine, and how to get it."""

from dataclasses import dataclass
from typing import Annotated

import typer

from lockgate.app import discovery
from lockgate.app.doctor.checks import CHECKS, Check, Purpose, State, weigh
from lockgate.app.doctor.facts import look
from lockgate.app.doctor.lab import lab_provider
from lockgate.faces.options import Json
from lockgate.faces.output import Table, View, show
from lockgate.kernel.errors import Exit
from lockgate.programme.installed import practices

LOOKS: dict[str, str] = {State.OK: "green", State.WARN: "yellow", State.MISSING: "red"}

For = Annotated[
    Purpose | None,
    typer.Option("--for", help="What you mean to do; without it, only what Lockgate itself needs is required."),
]


@dataclass(frozen=True)
class Answer:
    """The keys of `lockgate doctor --json`."""

    ok: bool
    checks: tuple[Check, ...]


def command(*, purpose: For = None, json: Json = False) -> Exit:
    """Say what is missing on this machine, and how to get it."""
    machine = look(discovery.catalogue(discovery.own_verbs(), practices()))
    seen = [check for checking in CHECKS for check in checking(machine)]
    checks = weigh([*seen, *lab_provider()], purpose)
    answer = Answer(all(check.state is not State.MISSING for check in checks), checks)
    show(answer, *_views(answer), as_json=json)
    return Exit.DONE if answer.ok else Exit.NO


def _views(answer: Answer) -> list[View]:
    rows = [(check.state, check.name, check.found, check.needed_for) for check in answer.checks]
    table = Table(("State", "Check", "Found", "Needed for"), rows, looks=LOOKS)
    todo = [f"  {check.name}: {check.do}" for check in answer.checks if check.do]
    if todo:
        return [table, "\n".join(["", "What to do:", *todo])]
    return [table, "\nNothing is missing."]
