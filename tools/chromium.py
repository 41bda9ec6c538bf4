"""Is there a Chromium for the browser tests? The doctor looks; as root, what is missing is installed."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

VARIABLE = "LOCKGATE_CHROMIUM"
"""Names the executable; tests/browser reads it."""
PACKAGES = ("chromium", "fonts-dejavu-core")


@dataclass(frozen=True)
class Browser:
    """What the doctor says of Chromium."""

    path: str | None
    how_to_get: str


def ensure() -> Browser:
    """Return where Chromium is, having installed Debian's when we are root."""
    browser = find()
    if browser.path is None and os.geteuid() == 0 and shutil.which("apt-get"):
        _install()
        browser = find()
    return browser


def find() -> Browser:
    """Return where Chromium is, or how to get it."""
    doctor = [str(Path(sys.executable).parent / "lockgate"), "doctor", "--for", "browser", "--json"]
    said = subprocess.run(doctor, stdout=subprocess.PIPE, text=True, check=False).stdout
    seen = next(check for check in json.loads(said)["checks"] if check["name"] == "chromium")
    return Browser(seen["found"] if seen["state"] == "ok" else None, seen["do"])


def _install() -> None:
    print(f"installing {' and '.join(PACKAGES)} from this machine's package sources", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "-y", "--no-install-recommends", *PACKAGES]):
        if subprocess.run(["apt-get", "-qq", *command], env=environment, stdout=sys.stderr, check=False).returncode:
            return
