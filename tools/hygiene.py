"""Is a committed file about one machine only? No index or mirror hosts, no home folders, no second lock file.

Nor may the marks of a merge that was not finished be in it.

Patterns are put together from pieces, so that this file does not hold what it looks for.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NOT_OURS = {".git", ".venv", "__pycache__", "build", "dist", "site", "node_modules"}

HOSTS = (
    ("pypi", "org"),
    ("pythonhosted", "org"),
    ("deb", "debian", "org"),
    ("ftp", "debian", "org"),
    ("security", "debian", "org"),
    ("snapshot", "debian", "org"),
    ("archive", "ubuntu", "com"),
    ("registry", "npmjs", "org"),
    ("registry", "yarnpkg", "com"),
)
"""Where packages come from is this machine's business: its own pip and apt know."""

PLACES = (r"/home/(?!ada\b)[a-z]", "/Users/[A-Za-z]", "/root/", "/work/", "/(?:var/)?tmp/[a-z]/")
"""Absolute paths that exist on one machine only; Ada lives in examples and tests."""

UNFINISHED = ("<{7} ", ">{7} ")
"""How git marks what it could not merge, at the beginning of a line."""

_PATTERNS = (
    *(rf"^{mark}" for mark in UNFINISHED),
    *(r"[.]".join(host) for host in HOSTS),
    *(rf"(?<![\w.~]){place}" for place in PLACES),
)
FORBIDDEN = re.compile("|".join(_PATTERNS))


def main() -> int:
    """Print every forbidden line; return the exit code."""
    faults = [fault for path in committed() for fault in faults_of(path)]
    print("\n".join([*faults, f"{len(faults)} lines that don't belong into a committed file"]))
    return 1 if faults else 0


def committed() -> list[Path]:
    """Return the files of the project: those git knows, or all of them where there is no git."""
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout.split("\0")
    except (OSError, subprocess.CalledProcessError):
        return [path for path in ROOT.rglob("*") if path.is_file() and not NOT_OURS & set(path.parts)]
    return [ROOT / name for name in listed if name and (ROOT / name).is_file()]


def faults_of(path: Path) -> Iterator[str]:
    """Yield what is wrong with a file, as `path:line: text`."""
    name = path.relative_to(ROOT)
    if path.name == "uv.lock":
        yield f"{name}: the pins in requirements/ are the only lock; take this file out"
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError:
        return  # a picture, not a text
    for number, line in enumerate(lines, start=1):
        if FORBIDDEN.search(line) and path != Path(__file__):
            yield f"{name}:{number}: {line.strip()[:120]}"


if __name__ == "__main__":
    sys.exit(main())
