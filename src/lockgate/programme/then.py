"""How was the workspace at a moment? As it was committed then, if git can tell; else as it is today, which is said."""

import io
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Final

from lockgate.faces.terminal import remark
from lockgate.kernel.errors import UnreachableError
from lockgate.programme import opening as places
from lockgate.programme.checkout import commit
from lockgate.workspace import Workspace

_SECONDS: Final = 20


@contextmanager
def as_it_was(root: Path, today: Workspace, moment: datetime | None) -> Iterator[tuple[Workspace, str]]:
    """Give the workspace as it was committed at a moment, with its commit; today's when no moment is said."""
    if moment is None:
        yield today, revision(root)
        return
    then = _git(root, "rev-list", "-1", f"--before={moment.isoformat()}", "HEAD", "--", ".").decode().strip()
    if not then:
        remark("git does not tell how the workspace was then: it is read as it is today.")
        yield today, revision(root)
        return
    with tempfile.TemporaryDirectory() as place:
        with tarfile.open(fileobj=io.BytesIO(_git(root, "archive", then))) as archive:
            archive.extractall(place, filter="data")
        yield places.opened(Path(place)), then


def revision(root: Path) -> str:
    """Return the commit, and that there is more than was committed when there is."""
    found = commit(root) or ""
    return f"{found}+changes" if found and _git(root, "status", "--porcelain", "--", ".").strip() else found


def _git(root: Path, *words: str) -> bytes:
    try:
        asked = subprocess.run(
            ["git", "-C", str(root), *words],
            capture_output=True,
            check=False,
            stdin=subprocess.DEVNULL,
            timeout=_SECONDS,
        )
    except OSError:
        return b""
    except subprocess.TimeoutExpired:
        raise UnreachableError("git does not answer.", do="Look whether another git waits in this folder.") from None
    return asked.stdout if asked.returncode == 0 else b""
