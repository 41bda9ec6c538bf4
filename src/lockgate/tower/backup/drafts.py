"""Where is something made that appears whole or not at all? In a hidden folder beside it, which nobody else may read.

P1  A draft that somebody works on is locked. One that a killed process left is taken away by the next who needs its
    place.
"""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from lockgate.kernel.errors import RefusedError, UnreachableError, UsageError

_ENDING: Final = ".part"


class UnderWay(RefusedError):
    """Another process makes the same thing just now."""


@contextmanager
def draft(goal: Path) -> Iterator[Path]:
    """Give a folder of one's own beside the goal; whatever is still in it at the end goes."""
    path = goal.with_name(f".{goal.name}{_ENDING}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.mkdir(mode=0o700, exist_ok=True)
        handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as error:
        raise UnreachableError(
            f"Nothing can be written beside {goal}.",
            why=f"{error.strerror or error}.",
            do="Give the right to write there, or name another place.",
        ) from None
    try:
        _lock(handle, goal)
        _emptied(path)
        yield path
    finally:
        if _held(handle):
            shutil.rmtree(path, ignore_errors=True)
        os.close(handle)


def place_for(folder: Path) -> Path:
    """Return where a workspace is to appear, or stop where something is in the way."""
    goal = folder.resolve()
    if goal.is_symlink() or (goal.exists() and (not goal.is_dir() or any(goal.iterdir()))):
        raise UsageError(
            f"{folder} is not empty.",
            why="A backup is restored into an empty place only, so that it overwrites nothing.",
            do="Name a folder that is not there yet.",
        )
    return goal


def take_away_left(folder: Path, pattern: str) -> None:
    """Take away the drafts that killed processes left in a folder (P1)."""
    for path in folder.glob(f".{pattern}{_ENDING}"):
        with suppress(OSError, UnderWay), draft(path.with_name(path.name[1 : -len(_ENDING)])):
            """It was nobody's."""


def _lock(handle: int, goal: Path) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise UnderWay(f"{goal} is being made by another process.", do="Wait until that has ended.") from None


def _held(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _emptied(path: Path) -> None:
    for inner in path.iterdir():
        if inner.is_dir() and not inner.is_symlink():
            shutil.rmtree(inner)
        else:
            inner.unlink()
