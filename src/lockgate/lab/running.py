"""How does the lab run another program? As a list of words, never through a shell, keeping its output for errors."""

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from lockgate.kernel.errors import LockgateError


class ProgramFailed(LockgateError):
    """A program that the lab needs ended with an error."""

    def __init__(self, words: Sequence[str], code: int, output: str) -> None:
        super().__init__(f"`{Path(words[0]).name}` ended with {code}.", why=last_lines(output))
        self.output = output


def run(
    words: Sequence[str | Path],
    *,
    env: Mapping[str, str] | None = None,
    text_in: str | None = None,
    folder: Path | None = None,
    user: str | None = None,
) -> str:
    """Run a program to its end and return what it printed; an exit code other than 0 is `ProgramFailed`."""
    plain = [str(word) for word in words]
    done = subprocess.run(
        plain,
        env={**os.environ, "LC_ALL": "C.UTF-8", **(env or {})},
        input=text_in,
        stdin=subprocess.DEVNULL if text_in is None else None,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        cwd=folder,
        user=user,
        group="nogroup" if user == "nobody" else None,
        extra_groups=[] if user else None,
        check=False,
    )
    if done.returncode != 0:
        raise ProgramFailed(plain, done.returncode, done.stdout)
    return done.stdout


def last_lines(text: str, count: int = 3) -> str:
    """Return the last lines that say something."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return " / ".join(lines[-count:])
