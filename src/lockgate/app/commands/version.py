"""Say which Lockgate this is, and on what it runs."""

import platform
from pathlib import Path
from typing import TypedDict

from lockgate import __version__
from lockgate.faces.options import Json
from lockgate.faces.output import Fields, show
from lockgate.programme.checkout import commit


class Version(TypedDict):
    """The keys of `lockgate version --json`."""

    name: str
    version: str
    python: str
    platform: str
    commit: str | None


def command(*, json: Json = False) -> None:
    """Say which Lockgate this is, and on what it runs."""
    answer = _version()
    show(answer, Fields({key.capitalize(): value for key, value in answer.items() if value}), as_json=json)


def _version() -> Version:
    return Version(
        name="lockgate",
        version=__version__,
        python=platform.python_version(),
        platform=f"{platform.system()} {platform.release()} {platform.machine()}",
        commit=commit(Path(__file__).parent, of_installed_code=True),
    )
