"""Find what is there twice, and make one of it."""

from collections.abc import Iterator
from typing import Annotated

import typer

from lockgate.faces.options import By, Json, WorkspaceFolder
from lockgate.faces.output import Table, View, show
from lockgate.kernel.errors import Exit
from lockgate.practices.migration.cli.options import Number
from lockgate.practices.migration.cli.views import held_views
from lockgate.practices.migration.perform.bench import bench
from lockgate.practices.migration.perform.matching.answers import GoldenAnswer, MatchAnswer
from lockgate.practices.migration.perform.matching.matched import match_all
from lockgate.programme.ledger_place import person


def match(
    *,
    entity: Annotated[list[str] | None, typer.Option("--entity", help="Only this entity; may be repeated.")] = None,
    preview: Annotated[
        bool, typer.Option("--preview", help="Tell what would be merged and what would survive; keep nothing.")
    ] = False,
    most: Annotated[int, typer.Option("--most", min=1, help="How many of them a preview shows.")] = 20,
    number: Number = None,
    by: By = None,
    workspace: WorkspaceFolder = None,
    json: Json = False,
) -> Exit:
    """Find records that are the same thing, and make one record of them."""
    with bench(workspace, person(by), number) as here:
        answer = match_all(here, entity or (), preview=most if preview else None)
    show(answer, *views(answer), as_json=json)
    return Exit.DONE if answer["ok"] else Exit.NO


def views(answer: MatchAnswer) -> Iterator[View]:
    """Yield how many are the same, what waits for a person, and what would survive."""
    columns = ("Entity", "Records", "Merged", "Then there are", "To decide", "Kept apart", "Still there twice")
    rows = [
        (
            one["entity"],
            one["records"],
            one["merged"],
            one["golden"],
            one["open_reviews"],
            one["apart"],
            f"{one['duplicate_rate']:.2%}",
        )
        for one in answer["entities"]
    ]
    yield Table(columns, rows, "Nothing was matched.")
    skipped = [(one["entity"], each["block"], each["records"]) for one in answer["entities"] for each in one["skipped"]]
    if skipped:
        yield Table(("Entity", "Too many have this in common to be compared for it", "At worst"), skipped)
    for one in answer["entities"]:
        for golden in one["preview"]:
            yield from _golden(golden)
    yield from held_views(answer["domains"])
    if answer["preview"]:
        yield "This was a preview: nothing of it was kept."


def _golden(golden: GoldenAnswer) -> Iterator[View]:
    yield f"{golden['golden']}, of {', '.join(golden['records'])}"
    rows = [
        (each["column"], each["value"] or "", each["record"] or "", "yes" if each["differs"] else "")
        for each in golden["survivors"]
    ]
    yield Table(("Column", "What survives", "From", "Others differ"), rows)
