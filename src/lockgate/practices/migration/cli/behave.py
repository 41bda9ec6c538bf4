"""How is work tried on the data from the command line?"""

from collections.abc import Iterator
from typing import Annotated

import typer

from lockgate.faces.options import By, Instance, Json, OnlyFor, WorkspaceFolder
from lockgate.faces.output import Table, View, show
from lockgate.kernel.errors import Exit
from lockgate.practices.migration.cli.options import Number
from lockgate.practices.migration.perform.behaving.answers import BehaveAnswer
from lockgate.practices.migration.perform.bench import bench
from lockgate.practices.migration.perform.trying import Place, tried_there
from lockgate.programme.ledger_place import person

Checks = Annotated[list[str] | None, typer.Option("--check", help="Only this check; may be repeated.")]
Copy = Annotated[bool, typer.Option("--copy", help="Try it on a new copy in the lab, which is gone afterwards.")]


def behave(
    *,
    check: Checks = None,
    copy: Copy = False,
    instance: Instance = None,
    scope: OnlyFor = None,
    number: Number = None,
    by: By = None,
    workspace: WorkspaceFolder = None,
    json: Json = False,
) -> Exit:
    """Try on a copy whether the data carries the business: ship, buy, invoice, make, count, close the month."""
    with bench(workspace, person(by), number) as here:
        answer = tried_there(here, Place(instance, scope, copy=copy), check or ())
    show(answer, *_views(answer), as_json=json)
    return Exit.DONE if answer["ok"] else Exit.NO


def _views(answer: BehaveAnswer) -> Iterator[View]:
    rows = [(one["check"], one["does"], one["samples"], one["passed"], one["seconds"]) for one in answer["checks"]]
    yield Table(("Check", "Work", "Tried", "Went through", "Seconds"), rows)
    failed = [
        (one["check"], each["warehouse"], each["record"], each["partner"], each["why"])
        for one in answer["checks"]
        for each in one["failed"]
    ]
    if failed:
        yield Table(("Check", "Warehouse", "Record", "With", "What Odoo said"), failed)
