"""How are figures tied out from the command line, and transactions under way counted?"""

from collections.abc import Iterator
from typing import Annotated

import typer

from lockgate.faces.options import By, Instance, Json, OnlyFor, WorkspaceFolder
from lockgate.faces.output import Table, View, show
from lockgate.kernel.errors import Exit
from lockgate.practices.migration.cli.options import Number, aimed
from lockgate.practices.migration.perform.bench import bench, scope_meant
from lockgate.practices.migration.perform.tying.answers import (
    TieOutAnswer,
    TreatmentAnswer,
    TreatmentsAnswer,
    TreatmentValue,
)
from lockgate.practices.migration.perform.tying.tied_out import tie_out as tie_all_out
from lockgate.practices.migration.perform.tying.treated import treated
from lockgate.programme.ledger_place import person

Ties = Annotated[list[str] | None, typer.Option("--tie", help="Only this tie; may be repeated.")]


def tie_out(
    *,
    tie: Ties = None,
    instance: Instance = None,
    scope: OnlyFor = None,
    number: Number = None,
    by: By = None,
    workspace: WorkspaceFolder = None,
    json: Json = False,
) -> Exit:
    """Compare the figures that have to agree: counts, stock, items, balances. Nothing is written in Odoo."""
    with bench(workspace, person(by), number) as here, aimed(here, instance, scope, read_only=True) as aim:
        answer = tie_all_out(here, aim, tie or ())
    show(answer, *tie_views(answer), as_json=json)
    return Exit.DONE if answer["ok"] else Exit.NO


def treatments(
    *,
    scope: OnlyFor = None,
    number: Number = None,
    by: By = None,
    workspace: WorkspaceFolder = None,
    json: Json = False,
) -> Exit:
    """Tell what becomes of transactions that are under way: how many, of which value, and what is undecided."""
    with bench(workspace, person(by), number) as here:
        answer = treated(here, scope_meant(here.workspace, scope))
    show(answer, *treatment_views(answer), as_json=json)
    return Exit.DONE if answer["ok"] else Exit.NO


def tie_views(answer: TieOutAnswer) -> Iterator[View]:
    """Yield the figures side by side."""
    columns = ("Tie", "Company", "In", "Left", "Right", "Difference", "Unexplained", "Tolerance", "Ties")
    rows = [
        (
            one["tie"],
            one["company"],
            one["unit"],
            f"{one['left']:,.2f}",
            f"{one['right']:,.2f}",
            f"{one['difference']:,.2f}",
            f"{one['unexplained']:,.2f}",
            f"{one['tolerance']:,.2f}",
            "yes" if one["ok"] else "no",
        )
        for one in answer["ties"]
    ]
    yield Table(columns, rows, "Nothing was compared.", {"no": "red", "yes": "green"})


def treatment_views(answer: TreatmentsAnswer) -> Iterator[View]:
    """Yield each class."""
    columns = ("Class", "Treatment", "Owner", "Company", "Open", "Value", "In", "Undecided", "Overdue")
    rows = [
        (
            *((one["title"], one["way"] or "undecided", one["owner"]) if at == 0 else ("", "", "")),
            value["company"],
            value["open"],
            f"{value['value']:,.2f}",
            value["currency"],
            *((one["undecided"], one["overdue"]) if at == 0 else ("", "")),
        )
        for one in answer["treatments"]
        for at, value in enumerate(one["values"] or [_nothing(one)])
    ]
    yield Table(columns, rows, "No class is declared.", {"undecided": "red"})


def _nothing(one: TreatmentAnswer) -> TreatmentValue:
    return {"company": "", "currency": one["value_in"], "open": 0, "value": 0.0}
