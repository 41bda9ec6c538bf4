"""How do the rounds compare, and does the last load fit its window?"""

from collections.abc import Iterator
from typing import Annotated

import typer

from lockgate.faces.options import AsOf, Json, WorkspaceFolder
from lockgate.faces.output import Table, View, show
from lockgate.kernel.errors import Exit
from lockgate.ledger.asof import parse_as_of
from lockgate.practices.migration.perform.declared import migration_of
from lockgate.practices.migration.perform.rehearsing.answers import ForecastAnswer, RoundsAnswer
from lockgate.practices.migration.perform.rehearsing.compared import rounds as compared
from lockgate.practices.migration.perform.rehearsing.past import past
from lockgate.practices.migration.perform.rehearsing.rehearse import rehearsal_of
from lockgate.programme.ledger_place import ledger_place
from lockgate.programme.opening import opened

Rehearsal = Annotated[str, typer.Option("--rehearsal", help="Which rehearsal; the only one when left out.")]


def rounds(
    *, rehearsal: Rehearsal = "", as_of: AsOf = None, workspace: WorkspaceFolder = None, json: Json = False
) -> Exit:
    """Compare the rounds, and tell whether the last load fits its window."""
    migration = migration_of(opened(workspace))
    declared = rehearsal_of(migration, rehearsal) if rehearsal or migration.rehearsals else None
    with ledger_place(migration.workspace.root, begin=True) as place:
        answer = compared(migration, past(place, parse_as_of(as_of) if as_of else None), declared)
    show(answer, *_views(answer), as_json=json)
    return Exit.DONE if answer["ok"] else Exit.NO


def _views(answer: RoundsAnswer) -> Iterator[View]:
    rows = [
        (
            each["round"],
            one["domain"],
            one["rows"],
            one["sent"],
            one["seconds"],
            one["rejected"],
            "" if one["different"] is None else one["different"],
            "" if one["unexplained"] is None else one["unexplained"],
            "" if one["ready"] is None else f"{one['ready']:.1%}",
        )
        for each in answer["rounds"]
        for one in each["domains"]
    ]
    columns = ("Round", "Domain", "Records", "Sent", "Seconds", "Not loaded", "Different", "Unexplained", "Ready")
    yield Table(columns, rows, "Nothing was loaded in a round yet.")
    for each in answer["rounds"]:
        if each["minutes"] is not None:
            took = f"{each['minutes']} minutes, {each['failed_steps']} failed steps"
            yield f"Round {each['round']} was rehearsed in {took}."
    yield _told(answer["forecast"])


def _told(one: ForecastAnswer) -> str:
    if not one["rounds"]:
        return "How long the last load takes can't be told: no round has loaded anything."
    how = (
        f"from {one['quick']} to {one['slow']}"
        if one["spread_known"]
        else "seen once only, so nobody knows by how much it varies"
    )
    said = f"The last load takes about {one['likely']} minutes ({how})."
    if one["unknown"]:
        return f"{said} Whether it fits can't be told: nothing is known of {', '.join(one['unknown'])}."
    if one["window"] is None or one["margin"] is None:
        return f"{said} No window is declared."
    if one["fits"]:
        return f"{said} It fits the window of {one['window']:g} minutes, with {one['margin']} to spare."
    return f"{said} It does not fit the window of {one['window']:g} minutes: {-one['margin']} are missing."
