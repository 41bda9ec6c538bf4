"""How does the tower start? With its tables up to date, and a way in for the first administrator."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from lockgate.programme import opening

if TYPE_CHECKING:
    from lockgate.tower.runs.worker import Worker

SETTINGS = "lockgate.app.settings"


@dataclass(frozen=True)
class Place:
    """Where the tower is."""

    programme: str
    url: str
    link: str
    """For the first administrator; empty when there is one."""


def prepare(folder: Path | None, address: str, port: int) -> Place:
    """Have the tables of the tower as this version needs them, and say where it will be."""
    root = opening.find(folder).absolute()
    os.environ.setdefault("LOCKGATE_URL", f"http://{'[::1]' if address == '::1' else address}:{port}")
    set_up(root)
    from lockgate.tower.people.inviting import first_link  # noqa: PLC0415 - only once Django knows its settings
    from lockgate.tower.server import live  # noqa: PLC0415 - as above

    _have_tables()
    url = os.environ["LOCKGATE_URL"]
    secret = first_link(datetime.now(UTC))
    return Place(live().name, url, f"{url}/join/{secret}/" if secret else "")


def worker(folder: Path | None) -> "Worker":
    """Return a worker for the workspace, with the tables of the tower as this version needs them."""
    set_up(opening.find(folder).absolute())
    from lockgate.tower.runs.worker import Worker  # noqa: PLC0415 - only once Django knows its settings
    from lockgate.tower.server import live  # noqa: PLC0415 - as above

    _have_tables()
    return Worker(live())


def _have_tables() -> None:
    """Have the tables as this version needs them; stop where a newer one made them, or a restore was interrupted."""
    from lockgate.tower import tables  # noqa: PLC0415 - as above
    from lockgate.tower.backup import marking  # noqa: PLC0415 - as above
    from lockgate.tower.server import live  # noqa: PLC0415 - as above

    place = live().place
    marking.end(place.ledger, place.artifacts.folder.parent)
    tables.bring_up_to_date()


@contextmanager
def worker_beside(*, wanted: bool) -> Iterator[None]:
    """Have a worker in a process of its own meanwhile, if it is wanted."""
    if not wanted:
        yield
        return
    command = [sys.executable, "-m", "lockgate", "worker", "--workspace", os.environ["LOCKGATE_WORKSPACE"]]
    with subprocess.Popen(command) as beside:
        try:
            yield
        finally:
            beside.terminate()


@contextmanager
def place_of_restore(folder: Path) -> Iterator[tuple[Path, Path]]:
    """Give a draft of a workspace, known to Django as its own, and where it is to appear; stop where that is taken."""
    from lockgate.tower.backup.drafts import draft, place_for  # noqa: PLC0415 - as above

    goal = place_for(folder)
    with draft(goal) as beside:
        inner = beside / goal.name
        inner.mkdir()
        set_up(inner)
        yield inner, goal


def set_up(root: Path | None = None) -> None:
    """Let Django read its settings, for a workspace."""
    if root is not None:
        os.environ["LOCKGATE_WORKSPACE"] = str(root)
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    import django  # noqa: PLC0415 - it is paid for by those who use it

    django.setup()


def serve(address: str, port: int) -> None:
    """Serve until somebody stops it; requests that are under way are answered first."""
    from granian.constants import Interfaces  # noqa: PLC0415 - as above
    from granian.server import Server  # noqa: PLC0415 - as above

    Server(
        "lockgate.app.served:application",
        address=address,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=8,
        websockets=False,
        log_access=False,
        respawn_failed_workers=True,
        workers_kill_timeout=20,
    ).serve()
