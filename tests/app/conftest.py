"""How the program is run in these tests, and a shelf of installed packages that it finds."""

import sys
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent

import pytest

from support.running import _as_it_was, home, lockgate, program

__all__ = ["_as_it_was", "home", "lockgate", "program"]


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
