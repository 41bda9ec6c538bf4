"""Write what data owners have to mend, and take back what they have mended."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from lockgate.faces.options import By, Json, WorkspaceFolder
from lockgate.faces.output import Table, View, show
from lockgate.kernel.errors import Exit
from lockgate.practices.migration.cli.options import Number
from lockgate.practices.migration.perform.bench import bench
from lockgate.practices.migration.perform.mending.taking_back import CorrectionsAnswer, take_back
from lockgate.practices.migration.perform.mending.worklist import WorklistAnswer
from lockgate.practices.migration.perform.mending.worklist import worklist as written
from lockgate.programme.ledger_place import person


def worklist(
    *,
    dataset: Annotated[str, typer.Option("--dataset", help="Whose records.")],
    out: Annotated[Path, typer.Option("--out", help="The file to write: .xlsx, or .csv.")],
    rule: Annotated[str | None, typer.Option("--rule", help="Only what this rule found.")] = None,
    number: Number = None,
    by: By = None,
    workspace: WorkspaceFolder = None,
    json: Json = False,
) -> Exit:
    """Write the records in which something is wrong, with the errors beside each, for who has to mend them."""
    with bench(workspace, person(by), number) as here:
        answer = written(here, dataset, rule, out)
    show(answer, *_written(answer), as_json=json)
    return Exit.DONE


def corrections(
    file: Annotated[Path, typer.Argument(help="A work list that was mended.")],
    *,
    number: Number = None,
    by: By = None,
    workspace: WorkspaceFolder = None,
    json: Json = False,
) -> Exit:
    """Take back a work list: keep each value that was mended, for this round and all that follow."""
    with bench(workspace, person(by), number) as here:
        answer = take_back(here, file)
    show(answer, *_taken(answer), as_json=json)
    return Exit.DONE if answer["ok"] else Exit.NO


def _written(answer: WorklistAnswer) -> Iterator[View]:
    yield f"{answer['records']:,} records of {answer['dataset']} are in {answer['file']}."
    yield "Mend them there, and take the list back: `lockgate migrate corrections FILE`."


def _taken(answer: CorrectionsAnswer) -> Iterator[View]:
    yield f"{answer['kept']:,} corrections were kept."
    yield "They are made when the data is put right: `lockgate migrate cleanse`."
    refused = [(one["at"], one["column"], one["key"], one["why"]) for one in answer["refused"]]
    if refused:
        yield Table(("Where", "Column", "Record", "Why it was refused"), refused)
