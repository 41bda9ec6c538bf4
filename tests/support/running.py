"""How tests run the program: inside this process, or as the real program beside it, away from the user's folders."""

import logging
import os
import subprocess
import sys
from dataclasses import dataclass
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
