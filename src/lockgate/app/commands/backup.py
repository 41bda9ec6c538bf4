"""Write the whole programme into one file, while people work."""

from pathlib import Path
from typing import Annotated

import typer

from lockgate.faces.options import Json, WorkspaceFolder
from lockgate.faces.output import Fields, show
from lockgate.faces.progress import steps
from lockgate.kernel.clock import system_clock
from lockgate.programme import opening


def command(
    file: Annotated[Path, typer.Argument(help="A file that is not there yet.", show_default=False)],
    *,
    workspace: WorkspaceFolder = None,
    json: Json = False,
) -> None:
    """Make a backup, also while people work; nobody else may read the file."""
    from lockgate.app import tower  # noqa: PLC0415 - Django is paid for by those who use it

    root = opening.find(workspace).absolute()
    tower.set_up(root)
    from lockgate.app.answers.backup import backup_answer  # noqa: PLC0415 - only once Django knows its settings
    from lockgate.tower.backup.making import make  # noqa: PLC0415 - as above

    with steps() as shown:
        answer = backup_answer(make(root, file, steps=shown, moment=system_clock()))
    told = {"File": answer["file"], "Bytes": answer["bytes"], "Records": answer["records"], "Head": answer["head"]}
    told |= {"People": answer["people"], "Files": answer["files"], "Commit": answer["commit"] or "git can't tell"}
    show(answer, Fields(told), as_json=json)
