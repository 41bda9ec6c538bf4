"""Which files make a workspace? Those that git would keep; without git all that are not hidden.

W1  What lies in `.lockgate` and `.git` is none, nor what git ignores: keys and databases stay where they are.
W2  A hidden file counts only if it is committed: an `.env` that was forgotten stays out.
W3  A link is not followed: it may lead to what is not the programme's.
"""

import subprocess
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Final

_SECONDS: Final = 60
_NEVER: Final = {".lockgate", ".git"}


def of_workspace(root: Path) -> list[str]:
    """Return the files of a workspace, by their place below it."""
    committed = _git(root, "ls-files", "-z", "--cached", "--", ".")
    if committed is None:
        names = {str(path.relative_to(root)) for path in _below(root)}
        return sorted(name for name in names if not _hidden(name))
    more = _git(root, "ls-files", "-z", "--others", "--exclude-standard", "--", ".") or []
    names = {*committed, *(name for name in more if not _hidden(name))}
    return sorted(name for name in names if _is_file(root, name))


def commit(root: Path) -> str:
    """Return the commit that is checked out, and that there is more when there is; empty where git can't tell."""
    found = _git(root, "rev-parse", "--verify", "--quiet", "HEAD")
    if not found:
        return ""
    changed = _git(root, "status", "--porcelain", "-z", "--", ".")
    return f"{found[0].strip()}+changes" if changed else found[0].strip()


def _is_file(root: Path, name: str) -> bool:
    path = root / name
    return PurePosixPath(name).parts[0] not in _NEVER and path.is_file() and not path.is_symlink()


def _below(root: Path) -> Iterator[Path]:
    for path in root.iterdir():
        if path.name in _NEVER or path.is_symlink():
            continue
        if path.is_dir():
            yield from (inner for inner in path.rglob("*") if inner.is_file() and not inner.is_symlink())
        elif path.is_file():
            yield path


def _hidden(name: str) -> bool:
    return any(part.startswith(".") for part in PurePosixPath(name).parts)


def _git(root: Path, *words: str) -> list[str] | None:
    """Return what git lists, None where it does not know the folder."""
    try:
        asked = subprocess.run(
            ["git", "-C", str(root), *words],
            capture_output=True,
            check=False,
            stdin=subprocess.DEVNULL,
            timeout=_SECONDS,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return (
        [name for name in asked.stdout.decode(errors="surrogateescape").split("\0") if name]
        if not asked.returncode
        else None
    )
