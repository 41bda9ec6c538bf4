"""What is on this machine? One look at it, written down so that the checks need no machine."""

import importlib.util
import os
import re
import shutil
import sys
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, distribution, requires
from pathlib import Path

import platformdirs

from lockgate.app.discovery import Catalogue

PROGRAMS = ("apt-get", "dpkg", "git", "sudo")
MODULES = ("venv", "ensurepip")
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_BROWSER_VARIABLE = "LOCKGATE_CHROMIUM"
_REQUIREMENT = re.compile(r"""^(?P<name>[\w.-]+).*\bextra\s*==\s*['"](?P<extra>[\w-]+)['"]""")


@dataclass(frozen=True)
class Folder:
    """A folder that Lockgate keeps things in; it need not exist yet."""

    use: str
    path: Path
    writable: bool
    free_bytes: int


@dataclass(frozen=True)
class Java:
    """A Java that was found."""

    path: str
    version: int | None
    """None when it does not say, beside itself, which it is."""


@dataclass(frozen=True)
class Machine:
    """All that the checks may ask about."""

    python: tuple[int, int, int]
    executable: str
    root: bool
    programs: dict[str, str]
    """Where the programs are that were found."""
    modules: frozenset[str]
    """Which parts of Python are there that Debian packs apart."""
    browser: str | None
    java: Java | None
    folders: tuple[Folder, ...]
    free_memory_bytes: int | None
    encoding: str
    extras: dict[str, tuple[str, ...]]
    """What each optional extra lacks."""
    catalogue: Catalogue = field(default_factory=Catalogue)


def look(catalogue: Catalogue) -> Machine:
    """Return what is on this machine."""
    return Machine(
        python=sys.version_info[:3],
        executable=sys.executable,
        root=os.geteuid() == 0,
        programs={name: path for name in PROGRAMS if (path := shutil.which(name))},
        modules=frozenset(name for name in MODULES if importlib.util.find_spec(name)),
        browser=_browser(),
        java=java(os.environ.get("JAVA_HOME")),
        folders=tuple(_folder(use, path) for use, path in _kept_in().items()),
        free_memory_bytes=_free_memory(),
        encoding=sys.stdout.encoding if sys.stdout is not None else sys.getfilesystemencoding(),
        extras=_extras(requires("lockgate") or ()),
        catalogue=catalogue,
    )


def _kept_in() -> dict[str, Path]:
    return {
        "cache": platformdirs.user_cache_path("lockgate"),
        "data": platformdirs.user_data_path("lockgate"),
        "state": platformdirs.user_state_path("lockgate"),
    }


def _folder(use: str, path: Path) -> Folder:
    there = next(folder for folder in (path, *path.parents) if folder.exists())
    return Folder(use, path, there.is_dir() and os.access(there, os.W_OK | os.X_OK), shutil.disk_usage(there).free)


def _browser() -> str | None:
    named = os.environ.get(_BROWSER_VARIABLE)
    installed = next((path for name in _BROWSERS if (path := shutil.which(name))), None)
    home = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache" / "ms-playwright")
    fetched = max(map(str, home.glob("chromium-*/chrome-linux*/chrome")), default=None)
    return named or installed or fetched


def java(home: str | None) -> Java | None:
    """Return the Java at home, else the one on the path; which it is stands in the file `release` beside it."""
    found = str(Path(home, "bin", "java")) if home else shutil.which("java")
    if found is None or not Path(found).is_file():
        return None
    try:
        told = (Path(found).resolve().parent.parent / "release").read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return Java(found, None)
    version = re.search(r'^JAVA_VERSION="(\d+)', told, re.MULTILINE)
    return Java(found, int(version[1]) if version else None)


def _free_memory() -> int | None:
    try:
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    kilobytes = [int(line.split()[1]) for line in lines if line.startswith("MemAvailable:")]
    return kilobytes[0] * 1024 if kilobytes else None


def _extras(requirements: list[str] | tuple[()]) -> dict[str, tuple[str, ...]]:
    """Return what each extra lacks, by our own metadata: nothing is imported, and no list has to follow it."""
    extras: dict[str, tuple[str, ...]] = {}
    for found in filter(None, map(_REQUIREMENT.match, requirements)):
        lacking = () if _installed(found["name"]) else (found["name"],)
        extras[found["extra"]] = extras.get(found["extra"], ()) + lacking
    return extras


def _installed(name: str) -> bool:
    try:
        distribution(name)
    except PackageNotFoundError:
        return False
    return True
