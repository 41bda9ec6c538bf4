"""Which playbooks ship with Lockgate? The folders of `lockgate.playbooks` that hold a `playbook.yaml`."""

from functools import cache
from importlib.resources import files

_PACKAGE = "lockgate.playbooks"


@cache
def playbooks() -> tuple[str, ...]:
    """Return their names."""
    folders = (each for each in files(_PACKAGE).iterdir() if each.is_dir())
    return tuple(sorted(folder.name for folder in folders if folder.joinpath("playbook.yaml").is_file()))
