"""The tower as people meet it: a server of its own on the filled sample, and links for whoever is to come in."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

PATIENCE_SECONDS = 120
PASSWORD = "a long enough password"


@dataclass
class Tower:
    """A server that runs."""

    url: str
    root: Path
    process: subprocess.Popen
    first_link: str
    """For the first administrator."""
    log: Path

    def link(self, person: str) -> str:
        """Return a link by which a person of the programme comes in."""
        code = (
            "import sys; from datetime import UTC, datetime; from pathlib import Path; from lockgate.app import tower;"
            "tower.worker(Path(sys.argv[1])); from lockgate.tower.people.inviting import invite;"
            "print(invite(sys.argv[2], by='admin', moment=datetime.now(UTC)))"
        )
        done = subprocess.run(
            [sys.executable, "-c", code, self.root, person],
            env=environment(),
            capture_output=True,
            text=True,
            check=True,
        )
        return f"{self.url}/join/{done.stdout.strip()}/"

    def stop(self) -> None:
        """End the server and its workers."""
        self.process.terminate()
        try:
            self.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def start(sample: Path, folder: Path, **settings: str) -> Tower:
    """Serve a copy of the sample, with settings beside those of nobody."""
    root = folder / "meridian"
    shutil.copytree(sample, root)
    port = free_port()
    log = folder / "serve.log"
    with log.open("wb") as stream:
        process = subprocess.Popen(
            [sys.executable, "-m", "lockgate", "serve", "--workspace", root, "--port", str(port), "--with-worker"],
            env=environment() | settings,
            stdout=stream,
            stderr=subprocess.STDOUT,
        )
    tower = Tower(f"http://127.0.0.1:{port}", root, process, "", log)
    try:
        _wait_until_ready(tower)
    except BaseException:
        tower.stop()
        raise
    words = log.read_text(encoding="utf-8").split()
    tower.first_link = next(word for word in words if "/join/" in word)
    return tower


def environment() -> dict[str, str]:
    """Return the environment without settings of others."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("LOCKGATE_", "DJANGO_"))}


def _wait_until_ready(tower: Tower) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            with urllib.request.urlopen(f"{tower.url}/readyz", timeout=5):  # noqa: S310 - our own server
                return
        except (urllib.error.URLError, OSError):
            if tower.process.poll() is not None or time.monotonic() > end:
                raise AssertionError(tower.log.read_text(encoding="utf-8")) from None
            time.sleep(0.2)


def free_port() -> int:
    """Return a port of the loopback that nobody has."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
