"""How the program is run in these tests: inside this process, or as the real program beside it."""

import logging
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent
from weakref import WeakSet

import pytest

from lockgate.app.main import run
from lockgate.faces import terminal

PROGRAM = (sys.executable, "-m", "lockgate.app.main")


@dataclass(frozen=True)
class Ran:
    """How a run ended."""

    code: int
    out: str
    err: str


@pytest.fixture(autouse=True)
def _as_it_was(monkeypatch):
    """Start without the secrets of other tests; put back what a run changes: the logging handlers and the hush."""
    monkeypatch.setattr("lockgate.kernel.secret._IN_USE", WeakSet())
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    terminal.hush(hushed=False)


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """Keep the tests out of the user's folders, and the user's settings out of the tests."""
    for kind in ("CACHE", "DATA", "STATE", "CONFIG"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(tmp_path / kind.lower()))
    for name in ("NO_COLOR", "FORCE_COLOR", "CI", "GITHUB_ACTIONS", "LC_ALL", "PYTHONPATH"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    return tmp_path


@pytest.fixture
def lockgate(capsys):
    """Run `lockgate` in this process."""

    def call(*words):
        code = run(words)
        said = capsys.readouterr()
        return Ran(code, said.out, said.err)

    return call


@pytest.fixture
def program():
    """Run the real program."""

    def call(*words, **environment):
        done = subprocess.run(
            [*PROGRAM, *words],
            capture_output=True,
            check=False,
            text=True,
            encoding="utf-8",
            timeout=60,
            env={**os.environ, **{name: str(value) for name, value in environment.items()}},
        )
        return Ran(done.returncode, done.stdout, done.stderr)

    return call


@dataclass(frozen=True)
class Shelf:
    """A folder of installed packages."""

    folder: Path

    def install(self, name, *, points=(), **modules):
        """Install a real package: its modules and what its metadata announces."""
        info = self.folder / f"{name.replace('-', '_')}-1.0.dist-info"
        info.mkdir(parents=True)
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        (info / "entry_points.txt").write_text("\n".join(["[lockgate.practices]", *points]))
        for module, source in modules.items():
            (self.folder / f"{module}.py").write_text(dedent(source))


@pytest.fixture
def shelf(tmp_path):
    return Shelf(tmp_path / "packages")


@pytest.fixture
def here(shelf, monkeypatch):
    """Let this process see the packages of the shelf, and forget them afterwards."""
    shelf.folder.mkdir(parents=True, exist_ok=True)
    monkeypatch.syspath_prepend(str(shelf.folder))
    known = set(sys.modules)
    yield shelf
    for name in set(sys.modules) - known:
        if (shelf.folder / f"{name}.py").exists():
            del sys.modules[name]
