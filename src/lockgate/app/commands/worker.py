"""Do the long work that people and schedules ask the tower for."""

import signal
from pathlib import Path
from typing import Annotated

import typer

from lockgate.faces.options import WorkspaceFolder
from lockgate.faces.terminal import remark


def command(
    *,
    workspace: WorkspaceFolder = None,
    once: Annotated[bool, typer.Option("--once", help="End when nothing is waiting any more.")] = False,
) -> None:
    """Carry out runs until it is stopped; several workers share the queue."""
    from lockgate.app import tower  # noqa: PLC0415 - Django is paid for by those who use it

    worker = tower.worker(Path(workspace) if workspace else None)
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda *_: worker.end())
    remark(f"Worker {worker.name} looks for work.")
    count = worker.work(until_idle=once)
    remark(f"Worker {worker.name} ends; it carried out {count} run{'' if count == 1 else 's'}.")
