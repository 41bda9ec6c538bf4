"""Does this machine have what a tier of tests needs? The doctor looks; as root, what Debian has is installed."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pip_settings

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM_VARIABLE = "LOCKGATE_CHROMIUM"
"""Names the executable; tests/browser reads it."""
CHROMIUM_PACKAGES = ("chromium", "fonts-dejavu-core")
JAVA_PACKAGE = "default-jre-headless"


def lacks(purpose: str) -> list[str]:
    """Return what is missing for a purpose that the doctor knows, each with how to get it."""
    asked = (seen for seen in _checks(purpose) if seen["needed_for"] == purpose)
    return [f"{seen['name']}: {seen['found']}; do: {seen['do']}" for seen in asked if seen["state"] == "missing"]


def chromium() -> str | None:
    """Return the path of Chromium, having installed Debian's when we are root; None when there is none to be had."""
    found = _chromium()
    if found is None and _install(*CHROMIUM_PACKAGES):
        found = _chromium()
    return found


def git() -> bool:
    """Return whether git is there, having installed Debian's when we are root: some tests look at its folders."""
    return shutil.which("git") is not None or _install("git")


def spark() -> None:
    """Install what Spark needs: Debian's Java when we are root, and then PySpark, which `make setup` leaves out."""
    missing = _missing("spark")
    if "java" in missing and _install(JAVA_PACKAGE):
        missing.discard("java")
    if missing != {"extra spark"}:
        return
    print("installing the pinned PySpark into .venv (about 450 MB)", flush=True)
    settings = pip_settings.read(Path(sys.executable))
    uv = [str(Path(sys.executable).with_name("uv")), "pip", "install", "--quiet", "--python", sys.executable]
    pinned = ["--require-hashes", "--requirement", "requirements/spark.txt"]
    subprocess.run([*uv, *settings.options, *pinned], cwd=ROOT, env=settings.environment(), check=False)


def _missing(purpose: str) -> set[str]:
    return {seen["name"] for seen in _checks(purpose) if seen["state"] == "missing"}


def _chromium() -> str | None:
    (seen,) = (check for check in _checks("browser") if check["name"] == "chromium")
    return str(seen["found"]) if seen["state"] == "ok" else None


def _checks(purpose: str) -> list[dict[str, Any]]:
    doctor = [str(Path(sys.executable).with_name("lockgate")), "doctor", "--for", purpose, "--json"]
    said = subprocess.run(doctor, stdout=subprocess.PIPE, text=True, check=False).stdout
    checks: list[dict[str, Any]] = json.loads(said)["checks"]
    return checks


def _install(*packages: str) -> bool:
    """Install Debian packages where that is possible; return whether it was done."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    print(f"installing {' and '.join(packages)} from this machine's package sources", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    commands = (["update"], ["install", "-y", "--no-install-recommends", *packages])
    runs = (subprocess.run(["apt-get", "-qq", *c], env=environment, stdout=sys.stderr, check=False) for c in commands)
    return all(run.returncode == 0 for run in runs)
