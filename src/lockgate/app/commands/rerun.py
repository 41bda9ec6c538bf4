"""Say which evidence is stale, and what to run so that it is not."""

from typing import Annotated

import typer

from lockgate.app.answers.gate import planned
from lockgate.faces.options import AsOf, Json, OnlyFor, WorkspaceFolder
from lockgate.faces.output import show
from lockgate.gates.showing.renewing import plan
from lockgate.kernel.errors import Exit, UsageError
from lockgate.programme.room import narrowed, room


def command(
    *,
    only_plan: Annotated[bool, typer.Option("--plan", help="Only list; nothing is run.")] = False,
    scope: OnlyFor = None,
    as_of: AsOf = None,
    workspace: WorkspaceFolder = None,
    json: Json = False,
) -> Exit:
    """List the stale evidence and the verbs that would renew it."""
    if not only_plan:
        raise UsageError("`rerun` does not run anything by itself.", do="See what to run: `lockgate rerun --plan`.")
    with room(workspace, as_of) as here:
        reruns = plan(narrowed(here.states(), None, scope), {})
    show(reruns, planned(reruns), as_json=json)
    return Exit.NO if reruns else Exit.DONE
