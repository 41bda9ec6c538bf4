"""Is the project in order, short of running it? Style, types, architecture, documents, licences, hygiene.

Every check runs, whatever the others say, so that one call names all there is to repair.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent


@dataclass(frozen=True)
class Check:
    """One question put to the project by one command."""

    name: str
    command: tuple[str, ...]
    repair: str
    """What to do when it fails."""


@dataclass(frozen=True)
class Answer:
    """What a check said."""

    check: Check
    holds: bool
    said: str
    seconds: float


def checks(site: str) -> tuple[Check, ...]:
    """Return all checks; the documents are built into the folder `site`."""
    python = sys.executable
    return (
        Check("types", (f"{BIN}/mypy",), "make the types say what the code does"),
        Check(
            "documents",
            (f"{BIN}/mkdocs", "build", "--strict", "--site-dir", site),  # with --quiet, --strict finds nothing
            "repair the page or link named above",
        ),
        Check("lint", (f"{BIN}/ruff", "check", "--quiet"), "make fmt repairs most of it"),
        Check("format", (f"{BIN}/ruff", "format", "--check", "--quiet"), "make fmt"),
        Check(
            "layers",
            (f"{BIN}/lint-imports", "--no-cache", "--no-logo"),  # its cache overlooks files that were moved
            "move the code, not the contract; see docs/explanation/architecture.md",
        ),
        Check("texts", (python, "tools/messages.py", "--check"), "python tools/messages.py"),
        Check("links", (python, "tools/links.py"), "repair the link named above"),
        Check("licences", (python, "tools/licences.py"), "choose another package; see docs/decisions"),
        Check("hygiene", (python, "tools/hygiene.py"), "take the line out, it is about one machine"),
        Check("fragments", (f"{BIN}/towncrier", "build", "--draft", "--version=next"), "see changelog.d/README.md"),
    )


def main() -> int:
    """Run all checks and print what they said; return the exit code."""
    return 0 if all(answer.holds for answer in run()) else 1


def run(*, without: Sequence[str] = ()) -> list[Answer]:
    """Run the checks, print one line for each and what the failed ones said, and return their answers."""
    with tempfile.TemporaryDirectory() as site, ThreadPoolExecutor(max_workers=2) as workers:
        answers = list(workers.map(ask, [check for check in checks(site) if check.name not in without]))
    for answer in answers:
        print(f"{'ok  ' if answer.holds else 'FAIL'} {answer.check.name:<12}{answer.seconds:6.1f} s")
    for answer in answers:
        if not answer.holds:
            print(f"\n── {answer.check.name} ──\n{answer.said}\n→ {answer.check.repair}")
    return answers


def ask(check: Check) -> Answer:
    """Run one check and return what it said."""
    began = time.monotonic()
    done = subprocess.run(
        check.command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    return Answer(check, done.returncode == 0, done.stdout.strip(), time.monotonic() - began)


if __name__ == "__main__":
    sys.exit(main())
