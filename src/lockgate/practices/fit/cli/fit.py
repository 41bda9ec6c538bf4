"""Show what the standard can do, what was built beside it, and how requirements are carried."""

from pathlib import Path
from typing import Annotated

import typer

from lockgate.faces.options import AsOf, By, Instance, Json, WorkspaceFolder
from lockgate.faces.output import show
from lockgate.kernel.clock import system_clock
from lockgate.kernel.errors import Exit, UsageError
from lockgate.ledger.registers.files.xlsx_file import write_xlsx
from lockgate.practices.fit.cli.custom import custom_views
from lockgate.practices.fit.cli.search import confirm_line, search_views
from lockgate.practices.fit.cli.trace import trace_views
from lockgate.practices.fit.perform import suggesting
from lockgate.practices.fit.perform.assessing import assess
from lockgate.practices.fit.perform.choices import ConfirmAnswer, search_answer
from lockgate.practices.fit.perform.counting import record_custom
from lockgate.practices.fit.perform.inventory import inventory
from lockgate.practices.fit.perform.threads import HEADINGS, TraceAnswer, trace_answer, trace_rows
from lockgate.practices.fit.perform.tracing import traced
from lockgate.programme.ledger_place import person
from lockgate.programme.room import room

app = typer.Typer(no_args_is_help=True, help=__doc__)

Requirement = Annotated[str, typer.Argument(help="Its id, like REQ-12.", show_default=False)]


@app.callback()
def _verbs() -> None:
    """Show what the standard can do, what was built beside it, and how requirements are carried."""


@app.command()
def custom(*, instance: Instance = None, by: By = None, workspace: WorkspaceFolder = None, json: Json = False) -> Exit:
    """List own modules and all that was made by hand, with the gap that approves each, and leave evidence."""
    who = person(by)
    with inventory(workspace, instance) as found:
        answer = record_custom(found, (system_clock(), who))
        show(answer, *custom_views(answer), as_json=json)
        return Exit.DONE if found.as_agreed else Exit.NO


@app.command()
def search(
    words: Annotated[str, typer.Argument(help="What is needed, in a few words.", show_default=False)],
    *,
    instance: Instance = None,
    workspace: WorkspaceFolder = None,
    json: Json = False,
) -> Exit:
    """Look what of the standard may be meant by some words: settings, apps, modules, reports, models and fields."""
    answer = search_answer(suggesting.searched(workspace, instance, words))
    show(answer, *search_views(answer), as_json=json)
    return Exit.DONE if answer["found"] else Exit.NO


@app.command()
def suggest(
    requirement: Requirement, *, instance: Instance = None, workspace: WorkspaceFolder = None, json: Json = False
) -> Exit:
    """Look what of the standard may carry a requirement."""
    answer = search_answer(suggesting.suggested(workspace, instance, requirement)[1])
    show(answer, *search_views(answer), as_json=json)
    return Exit.DONE if answer["found"] else Exit.NO


@app.command()
def confirm(
    requirement: Requirement,
    choice: Annotated[str, typer.Argument(help="As the search names it, like setting:group_uom.", show_default=False)],
    *,
    instance: Instance = None,
    by: By = None,
    workspace: WorkspaceFolder = None,
    json: Json = False,
) -> None:
    """Write into a requirement what of the standard carries it."""
    named = suggesting.confirm(workspace, instance, requirement, choice, by=by)
    answer = ConfirmAnswer(requirement=requirement, standard=list(named))
    show(answer, confirm_line(answer), as_json=json)


@app.command()
def trace(
    *,
    xlsx: Annotated[Path | None, typer.Option("--xlsx", help="Keep the threads in this file, for Excel.")] = None,
    record: Annotated[bool, typer.Option("--record", help="Leave evidence of how far the programme is.")] = False,
    by: By = None,
    at: AsOf = None,
    workspace: WorkspaceFolder = None,
    json: Json = False,
) -> Exit:
    """Follow each requirement to its gap, what was built, its tests and their evidence. Odoo is not asked."""
    if record and at is not None:
        raise UsageError("Evidence is of now.", do="Leave out `--as-of`, or `--record`.")
    who = person(by) if record else ""
    with room(workspace, at) as here:
        found = traced(here)
        if record:
            assess(here, found, (system_clock(), who))
    answer = trace_answer(found)
    if xlsx is not None:
        _keep(answer, xlsx)
    show(answer, *trace_views(answer), as_json=json)
    return Exit.DONE if found.whole else Exit.NO


def _keep(answer: TraceAnswer, file: Path) -> None:
    content = write_xlsx("Traceability", list(HEADINGS), [list(row) for row in trace_rows(answer["threads"])])
    try:
        file.write_bytes(content)
    except OSError as error:
        why = f"{error.strerror or error}."
        raise UsageError(
            f"The threads can't be kept in {file}.", why=why, do="Name a file that can be written."
        ) from None
