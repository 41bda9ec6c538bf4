"""Make a programme from a backup again, in an empty place."""

from pathlib import Path
from typing import Annotated

import typer

from lockgate.faces.options import Json
from lockgate.faces.output import Fields, show
from lockgate.faces.progress import steps
from lockgate.faces.terminal import remark
from lockgate.kernel.clock import system_clock


def command(
    file: Annotated[Path, typer.Argument(help="What `lockgate backup` wrote.", show_default=False)],
    *,
    into: Annotated[Path, typer.Option("--into", help="A folder that is not there yet.", show_default=False)],
    json: Json = False,
) -> None:
    """Restore a backup as a copy: it permits no write to production until it is armed."""
    from lockgate.app import tower  # noqa: PLC0415 - Django is paid for by those who use it

    with tower.place_of_restore(into) as (inner, goal):
        from lockgate.app.answers.backup import restore_answer  # noqa: PLC0415 - only once Django knows its settings
        from lockgate.tower.backup import restoring  # noqa: PLC0415 - as above

        said = restoring.checked(file)
        with steps() as shown:
            restored = restoring.restore(file, said, inner, steps=shown, moment=system_clock())
        restoring.appear(inner, goal)
    answer = restore_answer(goal, restored)
    told: dict[str, object] = {"Folder": answer["folder"], "Made": f"{answer['made_at']} by {answer['made_by']}"}
    told |= {"Records": answer["records"], "Head": answer["head"], "People": answer["people"]}
    told |= {"Commit": answer["commit"] or "git could not tell", "Runs cancelled": answer["cancelled_runs"]}
    show(answer, Fields(told), as_json=json)
    if answer["to_invite"]:
        remark(f"The second factor of {', '.join(answer['to_invite'])} is in no backup: invite them again.")
    remark("This is a copy: it permits no write to production until `lockgate ledger arm`.")
