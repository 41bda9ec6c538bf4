"""How does a bare machine get the project's own Python environment? Run this with any Python 3.11 or newer.

It makes `.venv`, puts the pinned uv into it, lets uv install the pinned requirements with their hashes, and installs
Lockgate itself in editable form. Safe to run twice: nothing is done while neither pins nor place nor Python changed.
Standard library only, because nothing else is there yet.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pip_settings

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "lockgate-setup"
INPUTS = ("pyproject.toml", "requirements/uv.txt", "requirements/dev.txt")
OLDEST = (3, 11)


class CannotSetUpError(Exception):
    """The environment can't be made; the text says what to do."""


def main() -> int:
    """Make the environment if it is not there as wanted; return the exit code."""
    try:
        set_up()
    except CannotSetUpError as stop:
        print(f"make setup: {stop}", file=sys.stderr)
        return 1
    return 0


def set_up() -> None:
    """Make `.venv` hold the pinned requirements and Lockgate, if it does not yet."""
    wanted = _fingerprint()
    if STAMP.is_file() and STAMP.read_text() == wanted and PYTHON.exists():
        return
    _require_python()
    began = time.monotonic()
    print("make setup: installing the pinned requirements into .venv (about 1 GB, some minutes the first time)")
    _make_venv()
    _install()
    STAMP.write_text(wanted)
    print(f"make setup: ready after {time.monotonic() - began:.0f} s")


def _fingerprint() -> str:
    """Return what the environment depends on: pins, place and Python."""
    digest = hashlib.sha256(f"{VENV}\0{sys.version}".encode())
    for name in INPUTS:
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def _require_python() -> None:
    if sys.version_info < OLDEST:
        found = ".".join(map(str, sys.version_info[:3]))
        raise CannotSetUpError(
            f"Python 3.11 or newer is needed, this is {found}. Name another one: make setup PYTHON=python3.12"
        )


def _make_venv() -> None:
    if _works(PYTHON) and _made_here():
        return
    if VENV.exists():
        print("make setup: .venv is from another place or Python and is made anew")
        shutil.rmtree(VENV)
    _require_ensurepip()
    _run([sys.executable, "-m", "venv", str(VENV)], doing="making .venv")


def _works(python: Path) -> bool:
    if not python.exists():
        return False
    asked = subprocess.run(
        [python, "-c", "import pip, sys; print(sys.version)"], capture_output=True, text=True, check=False
    )
    return asked.returncode == 0 and asked.stdout.strip() == sys.version


def _made_here() -> bool:
    """Tell whether the scripts of `.venv` point into this very folder: they hold its path."""
    return (VENV / "bin" / "activate").is_file() and str(VENV) in (VENV / "bin" / "activate").read_text()


def _require_ensurepip() -> None:
    """Debian splits this off Python; as root it is installed, otherwise the text says how to."""
    if subprocess.run([sys.executable, "-c", "import ensurepip"], capture_output=True, check=False).returncode == 0:
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        _run(["apt-get", "update", "-qq"], doing="reading the package lists")
        _run(["apt-get", "install", "-y", "-qq", "python3-venv"], doing="installing python3-venv")
        return
    raise CannotSetUpError(f"{sys.executable} can't make virtual environments. Do: sudo apt-get install python3-venv")


def _install() -> None:
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    _run([*pip, "--require-hashes", "--requirement", "requirements/uv.txt"], doing="installing uv")
    settings = pip_settings.read(PYTHON)
    uv = [str(VENV / "bin" / "uv"), "pip", "install", "--python", str(PYTHON), *settings.options]
    if not sys.stderr.isatty():
        uv.append("--quiet")
    environment = settings.environment()
    pinned = [*uv, "--require-hashes", "--requirement", "requirements/dev.txt"]
    _run(pinned, doing="installing the pinned requirements", environment=environment)
    itself = [*uv, "--no-build-isolation", "--no-deps", "--editable", "."]
    _run(itself, doing="installing Lockgate itself", environment=environment)


def _run(command: list[str], *, doing: str, environment: dict[str, str] | None = None) -> None:
    if subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode != 0:
        raise CannotSetUpError(
            f"{doing} failed, for the reason above. Behind a mirror or a proxy, tell pip (pip config set"
            " global.index-url …, or HTTPS_PROXY): make setup asks where pip asks. See docs/how-to/mirror-and-proxy.md"
        )


if __name__ == "__main__":
    sys.exit(main())
