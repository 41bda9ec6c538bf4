"""Show what was built beside the standard."""

from typing import Annotated

import typer

from lockgate.faces.options import By, Json, WorkspaceFolder
from lockgate.faces.output import show
from lockgate.kernel.clock import system_clock
from lockgate.kernel.errors import Exit
from lockgate.practices.fit.cli.custom import custom_answer, custom_views
from lockgate.practices.fit.perform.inventory import inventory
from lockgate.programme.ledger_place import person

app = typer.Typer(no_args_is_help=True, help=__doc__)

Instance = Annotated[str | None, typer.Option("--instance", help="Which Odoo; the one for building when left out.")]


@app.callback()
def _verbs() -> None:
    """Show what was built beside the standard."""


@app.command()
def custom(*, instance: Instance = None, by: By = None, workspace: WorkspaceFolder = None, json: Json = False) -> Exit:
    """List own modules and all that was made by hand, with the gap that approves each, and leave evidence."""
    who = person(by)
    with inventory(workspace, instance) as found:
        answer = custom_answer(found, found.record((system_clock(), who)))
        show(answer, *custom_views(answer), as_json=json)
        return Exit.DONE if found.as_agreed else Exit.NO
