"""Try what is claimed of an Odoo."""

from typing import Annotated

import typer

from lockgate.faces.options import By, Json, WorkspaceFolder
from lockgate.faces.output import show
from lockgate.kernel.clock import system_clock
from lockgate.kernel.errors import Exit
from lockgate.practices.fit.cli.answers import probes_answer
from lockgate.practices.fit.cli.views import probes_views
from lockgate.practices.fit.perform.probing import tried
from lockgate.practices.fit.perform.recording import record_probed
from lockgate.programme.ledger_place import ledger_place, person

app = typer.Typer(no_args_is_help=True, help="Try what is claimed of an Odoo.")


@app.callback()
def _verbs() -> None:
    """Try what is claimed of an Odoo."""


@app.command()
def probes(
    *,
    instance: Annotated[
        str | None, typer.Option("--instance", help="Which Odoo; the one for building when left out.")
    ] = None,
    capability: Annotated[str | None, typer.Option("--capability", help="Only what is claimed of this area.")] = None,
    probe: Annotated[str | None, typer.Option("--probe", help="Only this claim.")] = None,
    by: By = None,
    workspace: WorkspaceFolder = None,
    json: Json = False,
) -> Exit:
    """Look whether Odoo does what is claimed of it, and leave evidence. Nothing is written there."""
    who = person(by)
    with ledger_place(workspace, begin=True) as place:
        found = tried(workspace, instance, capability=capability, probe=probe)
        numbers = record_probed(place.ledger, found, (system_clock(), who))
    answer = probes_answer(found, numbers)
    show(answer, *probes_views(answer), as_json=json)
    return Exit.DONE if found.all_held else Exit.NO
