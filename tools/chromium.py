"""Where is a Chromium for the browser tests? Found if there is one, installed if we may, asked for otherwise."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

VARIABLE = "LOCKGATE_CHROMIUM"
"""Names the executable; tests/browser reads it."""
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PACKAGES = ("chromium", "fonts-dejavu-core")
HOW_TO_GET = (
    f"sudo apt-get install --no-install-recommends {' '.join(PACKAGES)}"
    "   (without root: .venv/bin/playwright install chromium)"
)


def ensure() -> str | None:
    """Return the path of a Chromium, installing Debian's as root; None when there is none to be had."""
    found = find()
    if found is None and os.geteuid() == 0 and shutil.which("apt-get"):
        _install()
        found = find()
    return found


def find() -> str | None:
    """Return the path of a Chromium that is here: named, on the PATH, or fetched by Playwright."""
    on_path = (path for name in NAMES if (path := shutil.which(name)))
    return os.environ.get(VARIABLE) or next(on_path, None) or next(map(str, _of_playwright()), None)


def _of_playwright() -> list[Path]:
    home = os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or str(Path.home() / ".cache" / "ms-playwright")
    return sorted(Path(home).glob("chromium-*/chrome-linux*/chrome"), reverse=True)


def _install() -> None:
    print(f"installing {' and '.join(PACKAGES)} from this machine's package sources")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "-y", "--no-install-recommends", *PACKAGES]):
        if subprocess.run(["apt-get", "-qq", *command], env=environment, stdout=sys.stderr, check=False).returncode:
            return
