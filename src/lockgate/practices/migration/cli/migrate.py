"""Bring the data of the old systems into Odoo, and prove it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

from lockgate.engines.sources import Progress
from lockgate.faces.options import By, Instance, Json, OnlyFor, WorkspaceFolder
from lockgate.faces.output import show
from lockgate.faces.progress import progress
from lockgate.kernel.errors import Exit
from lockgate.practices.migration.cli.behave import behave
from lockgate.practices.migration.cli.counts import counts
from lockgate.practices.migration.cli.look import look
from lockgate.practices.migration.cli.match import match
from lockgate.practices.migration.cli.options import Domains, Extracts, Number, aimed
from lockgate.practices.migration.cli.rehearse import rehearse
from lockgate.practices.migration.cli.rejects import rejects
from lockgate.practices.migration.cli.reviews import reviews
from lockgate.practices.migration.cli.rounds import rounds
from lockgate.practices.migration.cli.showing import shown
from lockgate.practices.migration.cli.status import status
from lockgate.practices.migration.cli.tie_out import tie_out, treatments
from lockgate.practices.migration.cli.views import load_views, preflight_views, profile_views, reconcile_views
from lockgate.practices.migration.cli.worklist import corrections, worklist
from lockgate.practices.migration.perform.bench import bench
from lockgate.practices.migration.perform.comparing.reconciled import reconcile_all
from lockgate.practices.migration.perform.reading import profiled
from lockgate.practices.migration.perform.reading.staging import extracts
from lockgate.practices.migration.perform.sending.loaded import load_all
from lockgate.practices.migration.perform.sending.loaded import preflight as seen_before
from lockgate.programme.ledger_place import person

app = typer.Typer(no_args_is_help=True, help=__doc__)
app.command()(look)
app.command()(match)
app.command()(worklist)
app.command()(corrections)
app.command()(reviews)
app.command("show")(shown)
app.command("tie-out")(tie_out)
app.command()(treatments)
app.command()(counts)


@app.callback()
def _verbs() -> None:
    """Bring the data of the old systems into Odoo, and prove it."""


@app.command()
def profile(
    *,
    dataset: Annotated[list[str] | None, typer.Option("--dataset", help="Only this dataset; may be repeated.")] = None,
    new: Annotated[bool, typer.Option("--new-round", help="Begin another round.")] = False,
    number: Number = None,
    extracts_folder: Extracts = None,
    by: By = None,
    workspace: WorkspaceFolder = None,
    json: Json = False,
) -> Exit:
    """Read the extracts, and tell what is in them and what is wrong with it."""
    who = person(by)
    with bench(workspace, who, number, begin=True, new=new) as here:
        there = extracts(here.migration, extracts_folder)
        with _told() as told:
            answer = profiled.profile(here, there, dataset or list(here.migration.datasets), told)
    show(answer, *profile_views(answer), as_json=json)
    return Exit.DONE if answer["ok"] else Exit.NO


@app.command()
def cleanse(
    *,
    number: Number = None,
    extracts_folder: Extracts = None,
    by: By = None,
    workspace: WorkspaceFolder = None,
    json: Json = False,
) -> Exit:
    """Put the data right by the rules that are declared; each change is kept, before and after."""
    with bench(workspace, person(by), number) as here:
        answer = profiled.cleanse(here, extracts(here.migration, extracts_folder, here.store))
    show(answer, *profile_views(answer), as_json=json)
    return Exit.DONE


@app.command()
def preflight(
    *,
    instance: Instance = None,
    number: Number = None,
    by: By = None,
    workspace: WorkspaceFolder = None,
    json: Json = False,
) -> Exit:
    """Look whether Odoo would take what would be sent. Nothing is written there."""
    with bench(workspace, person(by), number) as here, aimed(here, instance, read_only=True) as aim:
        answer = seen_before(here, aim.client)
    show(answer, *preflight_views(answer), as_json=json)
    return Exit.DONE if answer["ok"] else Exit.NO


@app.command()
def load(
    *,
    domain: Domains = None,
    instance: Instance = None,
    scope: OnlyFor = None,
    workers: Annotated[int, typer.Option(min=1, max=16, help="How many calls run at once: the cores of Odoo.")] = 2,
    number: Number = None,
    by: By = None,
    workspace: WorkspaceFolder = None,
    json: Json = False,
) -> Exit:
    """Load what is ready into Odoo; run again, it goes on where it was."""
    with bench(workspace, person(by), number) as here, aimed(here, instance, scope) as aim:
        answer = load_all(here, aim, domain or (), workers=workers)
    show(answer, *load_views(answer), as_json=json)
    return Exit.DONE if answer["ok"] else Exit.NO


@app.command()
def reconcile(
    *,
    domain: Domains = None,
    instance: Instance = None,
    scope: OnlyFor = None,
    number: Number = None,
    by: By = None,
    workspace: WorkspaceFolder = None,
    json: Json = False,
) -> Exit:
    """Compare each record and field that was sent with what Odoo holds. Nothing is written there."""
    with bench(workspace, person(by), number) as here, aimed(here, instance, scope, read_only=True) as aim:
        answer = reconcile_all(here, aim, domain or ())
    show(answer, *reconcile_views(answer), as_json=json)
    return Exit.DONE if answer["ok"] else Exit.NO


for _verb in (behave, rejects, rehearse, status, rounds):
    app.command()(_verb)


@contextmanager
def _told() -> Iterator[Progress]:
    with progress("Reading the extracts", unit="datasets") as work:

        def told(what: str, _done: int, _of: int | None) -> None:
            work.note(what)

        yield told
