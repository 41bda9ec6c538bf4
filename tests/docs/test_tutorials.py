"""Do the tutorials say what happens? Each is followed from its first line to its last, in an empty folder.

`<!-- file: PATH -->` before a piece writes it to a file. `<!-- runs -->` before a piece for the console runs its
commands; what they print has to be what stands there, where `…` is any text and, alone on a line, any lines. What is
said on stderr counts where nothing is said on stdout. `<!-- runs: tomorrow -->` goes on a day later.
"""

import os
import re
import runpy
import shlex
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine

from documents import DOCS
from support.running import _as_it_was, home, lockgate

__all__ = ["_as_it_was", "home", "lockgate"]

PIECE = re.compile(
    r"^<!-- (?P<how>runs|runs: tomorrow|file: (?P<file>\S+)) -->\n```\w+\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL
)
PAGES = [page for page in sorted((DOCS / "tutorial").glob("*.md")) if PIECE.search(page.read_text(encoding="utf-8"))]
MORNING = datetime(2026, 3, 9, 9, 0, tzinfo=UTC)


def commands(text):
    """Return each command with the lines that it prints."""
    told = []
    for line in text.replace("\\\n", "").splitlines():
        if line.startswith("$ "):
            told.append((line.removeprefix("$ "), []))
        else:
            told[-1][1].append(line)
    return told


def pattern(lines):
    while lines and not lines[-1]:
        lines = lines[:-1]
    return "".join("(?:.*\n)*?" if line == "…" else f"{re.escape(line).replace('…', '.*')}\n" for line in lines)


def shown(text):
    return "".join(f"{line.rstrip()}\n" for line in text.rstrip().splitlines())


@pytest.fixture
def typed(lockgate, capsys, monkeypatch):
    """Type a command, and return what is said."""

    def in_a_shell(line):
        now = datetime.now(UTC).isoformat()
        who = {f"GIT_{part}_{name}": "ann" for part in ("AUTHOR", "COMMITTER") for name in ("NAME", "EMAIL")}
        environment = {**os.environ, **who, "GIT_AUTHOR_DATE": now, "GIT_COMMITTER_DATE": now}
        subprocess.run(["bash", "-c", line], env=environment, check=True)
        return ""

    def python(words):
        monkeypatch.setattr(sys, "argv", list(words))
        try:
            runpy.run_path(words[0], run_name="__main__")
        except SystemExit as end:
            return str(end.code) if isinstance(end.code, str) else ""
        return ""

    def call(line):
        name, *words = shlex.split(line)
        if name == "lockgate":
            ran = lockgate(*words)
            return ran.out or ran.err
        if name == "cd":
            monkeypatch.chdir(words[0])
            return ""
        said = python(words) if name == "python" else in_a_shell(line)
        return capsys.readouterr().out or said

    return call


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_tutorial_says_what_happens(page, typed, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("LOCKGATE_DATABASE_URL", raising=False)
    with time_machine.travel(MORNING) as clock:
        for piece in PIECE.finditer(page.read_text(encoding="utf-8")):
            if piece["file"]:
                Path(piece["file"]).write_text(piece["text"], encoding="utf-8")
                continue
            if piece["how"] == "runs: tomorrow":
                clock.shift(timedelta(days=1))
            for line, printed in commands(piece["text"]):
                said = shown(typed(line))
                assert re.fullmatch(pattern(printed), said), f"{line}:\n{said}"


def test_a_tutorial_is_followed():
    assert "a-gate-from-missing-to-decided" in {page.stem for page in PAGES}
