"""The sample with its history, filled once for all tests of a run: copy it before you change it."""

import fcntl
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def fill(folder: Path) -> subprocess.CompletedProcess:
    """Run the program as a user does."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("LOCKGATE_")}
    words = [sys.executable, "-m", "examples.meridian_history", folder]
    return subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def filled(factory: pytest.TempPathFactory) -> Path:
    """Return the filled sample; the first of the processes that run tests makes it."""
    base = factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder = shared / "filled" / "meridian"
    folder.parent.mkdir(exist_ok=True)
    with (shared / "filled.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder.parent / "said").exists():
            done = fill(folder)
            assert (done.returncode, done.stderr) == (0, ""), done.stderr
            (folder.parent / "said").write_text(done.stdout, encoding="utf-8")
    return folder
