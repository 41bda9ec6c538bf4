"""How did a file of the workspace come to what it is? Its commits, and what changed since a moment, as git tells it."""

import subprocess
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

_SECONDS: Final = 5
_MOST_LINES: Final = 400
_FORM: Final = "%H%x1f%aI%x1f%an%x1f%s"


@dataclass(frozen=True)
class Commit:
    """One commit that touched a file."""

    hash: str
    at: datetime
    by: str
    subject: str


@dataclass(frozen=True)
class Difference:
    """What changed in a file since a commit."""

    commit: str
    lines: tuple[tuple[str, str], ...]
    """Each with `+`, `-`, `@` or a space before it."""
    more: int
    """How many lines were left out."""


def commits(root: Path, path: str, count: int = 8) -> list[Commit]:
    """Return the last commits of a file, none where git knows nothing of it."""
    said = _git(root, "log", f"--max-count={count}", f"--format={_FORM}", "--", path)
    parts = (line.split("\x1f") for line in said.splitlines())
    return [
        Commit(told[0], datetime.fromisoformat(told[1]), told[2], told[3])
        for told in parts
        if len(told) == _FORM.count("%x1f") + 1
    ]


def difference(root: Path, path: str, since: datetime) -> Difference | None:
    """Return what changed in a file from the commit of a moment to now, None where git can't tell."""
    then = _git(root, "rev-list", "-1", f"--before={since.isoformat()}", "HEAD", "--", ".").strip()
    if not then:
        return None
    said = _git(root, "diff", "--no-color", "--no-ext-diff", "--no-textconv", "--unified=2", then, "--", path)
    body = said.splitlines()
    first = next((number for number, line in enumerate(body) if line.startswith("@@")), len(body))
    lines = [(line[:1] or " ", line if line.startswith("@@") else line[1:]) for line in body[first:]]
    return Difference(then, tuple(lines[:_MOST_LINES]), max(0, len(lines) - _MOST_LINES))


def _git(root: Path, *words: str) -> str:
    try:
        asked = subprocess.run(
            ["git", "-C", str(root), *words],
            capture_output=True,
            check=False,
            stdin=subprocess.DEVNULL,
            text=True,
            errors="replace",
            timeout=_SECONDS,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return asked.stdout if asked.returncode == 0 else ""
