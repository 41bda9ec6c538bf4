"""How is it told which rows are not in Odoo, and how are they loaded again?"""

from collections.abc import Iterator
from typing import Annotated

import typer

from lockgate.faces.options import By, Instance, Json, OnlyFor, WorkspaceFolder
from lockgate.faces.output import Table, View, show
from lockgate.kernel.errors import Exit
from lockgate.practices.migration.cli.options import Domains, Number, aimed
from lockgate.practices.migration.cli.views import load_views
from lockgate.practices.migration.perform.bench import bench
from lockgate.practices.migration.perform.rejecting.again import again
from lockgate.practices.migration.perform.rejecting.answers import RejectsAnswer
from lockgate.practices.migration.perform.rejecting.rejected import rejects as written
from lockgate.programme.ledger_place import person


def rejects(
    *,
    domain: Domains = None,
    load: Annotated[bool, typer.Option("--load", help="Load what was mended in the files.")] = False,
    instance: Instance = None,
    scope: OnlyFor = None,
    number: Number = None,
    by: By = None,
    workspace: WorkspaceFolder = None,
    json: Json = False,
) -> Exit:
    """Write what is not in Odoo to files that one can mend, and load those again."""
    with bench(workspace, person(by), number) as here:
        if load:
            with aimed(here, instance, scope) as aim:
                answer = again(here, aim, domain or ())
        else:
            answer = written(here, domain or ())
    show(answer, *_views(answer), as_json=json)
    return Exit.DONE if answer["ok"] else Exit.NO


def _views(answer: RejectsAnswer) -> Iterator[View]:
    if answer["load"] is not None:
        yield f"{answer['mended']} values were taken from the files."
        yield from load_views(answer["load"])
    rows = [(one["domain"], one["of"], one["kind"], one["records"], one["file"], one["do"]) for one in answer["files"]]
    yield Table(("Domain", "Of", "Kind", "Records", "File", "What to do"), rows, "All of it is in Odoo.")
