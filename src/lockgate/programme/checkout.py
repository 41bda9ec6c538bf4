"""Which commit is checked out in a folder? Git is asked, and no answer is fine."""

import subprocess
from pathlib import Path

_INSTALLED = {"site-packages", "dist-packages"}


def commit(folder: Path, *, of_installed_code: bool = False) -> str | None:
    """Return the commit of the git folder, or None: no git, no folder of git, or not ours."""
    if of_installed_code and _INSTALLED & set(folder.parts):
        return None
    try:
        asked = subprocess.run(
            ["git", "-C", str(folder), "rev-parse", "--verify", "--quiet", "HEAD"],
            capture_output=True,
            check=False,
            stdin=subprocess.DEVNULL,
            text=True,
            timeout=2,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return asked.stdout.strip() or None
