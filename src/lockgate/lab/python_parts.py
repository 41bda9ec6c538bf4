"""Where do Odoo's Python requirements and the OCA add-ons come from? From the package index that pip is set up with.

Every file is pinned with its hash. Wheels are kept, so that a broken environment is made again without the network.
"""

import hashlib
import os
import shutil
import sys
from importlib.resources import files
from pathlib import Path

from lockgate.kernel.errors import LockgateError, UnreachableError, UsageError
from lockgate.lab.places import Places
from lockgate.lab.provider import Step
from lockgate.lab.running import ProgramFailed, last_lines, run

PINS = files("lockgate.lab") / "pins"
COMPLETE = ".complete"


def provide_python(places: Places, step: Step) -> Path:
    """Return the Python of a private environment that can run Odoo."""
    pins = (PINS / "odoo.txt").read_text(encoding="utf-8")
    home = places.cache / f"python-{_digest(sys.version, sys.executable, pins)}"
    python = home / "bin/python"
    if (home / COMPLETE).exists():
        return python
    with step("Installing Odoo's Python requirements"):
        shutil.rmtree(home, ignore_errors=True)
        _make_environment(home)
        _install(python, "odoo.txt", pins, places)
        (home / COMPLETE).touch()
    return python


def provide_oca(places: Places, python: Path, step: Step) -> Path:
    """Return the folder of the OCA add-ons."""
    pins = (PINS / "oca.txt").read_text(encoding="utf-8")
    home = places.cache / f"oca-{_digest(pins)}"
    addons = home / "odoo/addons"
    if (home / COMPLETE).exists():
        return addons
    with step("Installing the OCA add-ons"):
        draft = home.with_name("oca.part")
        shutil.rmtree(draft, ignore_errors=True)
        _install(python, "oca.txt", pins, places, "--target", str(draft))
        (draft / COMPLETE).touch()
        shutil.rmtree(home, ignore_errors=True)
        draft.rename(home)
    return addons


def pins_digest() -> str:
    """Return a digest of all that is pinned: another set of pins makes another database template."""
    return _digest(*((PINS / name).read_text(encoding="utf-8") for name in ("odoo.txt", "oca.txt")))


def _make_environment(home: Path) -> None:
    try:
        run([sys.executable, "-m", "venv", home])
    except ProgramFailed as failure:
        raise UsageError(
            "Python can't make an environment for Odoo.",
            why=last_lines(failure.output),
            do="On Debian, as root: apt-get install python3-venv",
        ) from None


def _install(python: Path, name: str, pins: str, places: Places, *options: str) -> None:
    """Install from the wheels kept, and fetch them first only when they are not all there."""
    wheels = places.cache / "wheels"
    wheels.mkdir(parents=True, exist_ok=True)
    listed = places.cache / name
    listed.write_text(pins, encoding="utf-8")
    pip: list[str | Path] = [python, "-m", "pip", "--disable-pip-version-check"]
    exact: list[str | Path] = ["--quiet", "--no-deps", "--only-binary", ":all:", "--require-hashes", "-r", listed]
    install = [*pip, "install", "--no-compile", "--no-index", "--find-links", wheels, *exact, *options]
    try:
        run(install, env=_offline())
    except ProgramFailed:
        try:
            run([*pip, "download", "--dest", wheels, *exact])
            run(install, env=_offline())
        except ProgramFailed as failure:
            raise explain_pip(failure.output) from None


def _offline() -> dict[str, str]:
    return {"PIP_NO_INDEX": "1", "PIP_CONFIG_FILE": os.devnull}


def explain_pip(output: str) -> LockgateError:
    """Return the error that tells a person what pip's output means."""
    why = last_lines("\n".join(line for line in output.splitlines() if "ERROR" in line) or output, 2)
    if "No space left" in output:
        return UsageError("The disk is full.", why=why, do="Free some space and run the command again.")
    if "HASHES" in output or "hash" in why.lower():
        return UsageError(
            "A downloaded package is not the one that Lockgate pins.",
            why=why,
            do="Ask who runs your package index; remove the lab's `wheels` folder from Lockgate's cache and try again.",
        )
    if "No matching distribution" in output or "Could not find a version" in output:
        return UnreachableError(
            "One of Odoo's Python requirements can't be installed.",
            why=why,
            do=f"The package index that pip is set up with must carry it for Python {sys.version_info[0]}."
            f"{sys.version_info[1]}; `pip config list` shows the index. Python 3.11 is known to work.",
        )
    return UnreachableError(
        "Odoo's Python requirements could not be fetched.",
        why=why,
        do="Run the command again: what is complete is kept.",
    )


def _digest(*texts: str) -> str:
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:12]
