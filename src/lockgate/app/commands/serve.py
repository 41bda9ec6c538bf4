"""Open the tower: the pages and the API of the programme, for people and programs."""

from pathlib import Path
from typing import Annotated

import typer

from lockgate.faces.options import WorkspaceFolder
from lockgate.faces.terminal import remark


def command(
    *,
    workspace: WorkspaceFolder = None,
    address: Annotated[
        str, typer.Option(help="Where to listen; others than loopback need a proxy with TLS.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.", min=1, max=65535)] = 8070,
    with_worker: Annotated[bool, typer.Option("--with-worker", help="Do the long work, too.")] = False,
) -> None:
    """Serve the tower until it is stopped; prints a link for the first administrator when there is none."""
    from lockgate.app import tower  # noqa: PLC0415 - Django is paid for by those who use it

    place = tower.prepare(Path(workspace) if workspace else None, address, port)
    remark(f"The tower of {place.programme} listens on {place.url}.")
    if place.link:
        remark(f"Nobody looks after it yet. Open this link once, within a day: {place.link}")
    with tower.worker_beside(wanted=with_worker):
        tower.serve(address, port)
