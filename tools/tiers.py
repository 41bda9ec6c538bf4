"""Does everything that should hold, hold? Checks, then tests, tier by tier in their own processes, and one table.

R1  A failed test fails its tier, and a failed tier fails the run.
R2  With CI=true nothing may be left out: a tier that can't run, skips a test or has none fails.
R3  Without it, what was left out is listed with its reason, so that nobody takes it for passed.
"""

import argparse
import os
import shlex
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree as ET

import check
import machine

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "build" / "test-results"
TIERS = {
    "unit": ("unit",),
    "app": ("app",),
    "ledger": ("ledger",),
    "tower": ("tower",),
    "docs": ("docs", "tools"),
    "spark": ("spark",),
    "lab": ("lab",),
    "odoo": ("odoo", "practices"),
    "browser": ("browser",),
}
"""Tier → its folders in tests/, in the order in which they run."""
NEEDS = {"spark": ("spark",), "lab": ("lab",), "odoo": ("lab",), "browser": ("lab", "browser")}
"""Tier → what the doctor is asked for before it runs."""
ON_ALL_CORES = frozenset({"unit", "app", "ledger", "tower", "odoo", "browser"})
"""The tiers whose tests share nothing; `ARGS='-n 0'` runs them in one process, as a debugger needs."""
BY_FILE = frozenset({"odoo"})
"""Those of them where the tests of a file share a database that takes long to set up."""
NOTHING_COLLECTED = 5


@dataclass(frozen=True)
class Outcome:
    """What became of one tier."""

    tier: str
    seconds: float
    passed: int = 0
    failed: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    """Reason → number of tests that did not run."""
    crashed: bool = False
    """True when pytest itself ended badly: no counts to go by."""

    @property
    def skipped(self) -> int:
        """How many tests did not run."""
        return self.left_out.total()

    def holds(self, *, strict: bool) -> bool:
        """Tell whether the tier is as it should be (R1, R2)."""
        complete = self.passed > 0 and not self.skipped
        return not self.failed and not self.crashed and (complete or not strict)


def main(arguments: Sequence[str]) -> int:
    """Run the wanted tiers and print the table; return the exit code."""
    parser = argparse.ArgumentParser(prog="make test", description=__doc__)
    parser.add_argument("tiers", nargs="*", metavar="TIER", help=f"of {', '.join(TIERS)}; all by default")
    parser.add_argument("--pytest", default="", help="more options for pytest, as one text")
    options = parser.parse_args(arguments)
    unknown = set(options.tiers) - set(TIERS)
    if unknown:
        parser.error(f"no tier {', '.join(sorted(unknown))}; there are {', '.join(TIERS)}")
    wanted = [tier for tier in TIERS if tier in options.tiers] or list(TIERS)
    outcomes = [] if options.tiers else [_check()]
    outcomes += [run(tier, shlex.split(options.pytest)) for tier in wanted]
    strict = os.environ.get("CI") == "true"
    print(table(outcomes, strict=strict))
    return 0 if all(outcome.holds(strict=strict) for outcome in outcomes) else 1


def _check() -> Outcome:
    """Run the checks that are not tests; the documents have a tier of their own."""
    print("━━ check ━━", flush=True)
    began = time.monotonic()
    held = [answer.holds for answer in check.run(without=["documents"])]
    return Outcome("check", time.monotonic() - began, passed=held.count(True), failed=held.count(False))


def run(tier: str, options: Sequence[str] = ()) -> Outcome:
    """Run one tier in a process of its own and return what became of it."""
    print(f"\n━━ {tier} ━━", flush=True)
    began = time.monotonic()
    # Empty is no: what is compiled is kept, as tests start many programs.
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}
    if tier == "unit":
        machine.git()
    if tier == "spark":
        machine.spark()
    if tier == "browser" and (browser := machine.chromium()):
        environment[machine.CHROMIUM_VARIABLE] = browser
    missing = [what for purpose in NEEDS.get(tier, ()) for what in machine.lacks(purpose)]
    if missing:
        return Outcome(tier, time.monotonic() - began, left_out=Counter(missing))
    report = RESULTS / f"{tier}.xml"
    report.unlink(missing_ok=True)
    folders = [f"tests/{name}" for name in TIERS[tier] if (ROOT / "tests" / name).is_dir()]
    cores = ["-n", "auto"] if tier in ON_ALL_CORES else []
    cores += ["--dist", "loadfile", "--no-loadscope-reorder"] if tier in BY_FILE else []
    command = [sys.executable, "-m", "pytest", *folders, f"--junitxml={report}", *cores, *options]
    code = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
    seconds = time.monotonic() - began
    if code == NOTHING_COLLECTED:
        return Outcome(tier, seconds, left_out=Counter({"no test was found": 1}))
    if code not in {0, 1} or not report.is_file():
        return Outcome(tier, seconds, crashed=True)
    return read(report, tier=tier, seconds=seconds)


def read(report: Path, *, tier: str, seconds: float) -> Outcome:
    """Return the counts of a JUnit report."""
    cases = list(ET.parse(report).iter("testcase"))  # noqa: S314 - our own pytest wrote it a moment ago
    bad = {id(case) for case in cases if case.find("failure") is not None or case.find("error") is not None}
    skips = [(case, skip) for case in cases if (skip := case.find("skipped")) is not None and id(case) not in bad]
    expected = [case for case, skip in skips if skip.get("type") == "pytest.xfail"]
    left_out = Counter(skip.get("message") or "no reason" for _, skip in skips if skip.get("type") != "pytest.xfail")
    passed = len(cases) - len(bad) - left_out.total() - len(expected)
    return Outcome(tier, seconds, passed=passed, failed=len(bad), left_out=left_out)


def table(outcomes: Sequence[Outcome], *, strict: bool) -> str:
    """Return the tiers with counts and times, what was left out and why, and the sums in a closing line."""
    head = f"{'tier':<10}{'passed':>8}{'failed':>8}{'skipped':>9}{'seconds':>9}"
    lines = ["", head, "─" * len(head)]
    for each in outcomes:
        verdict = "" if each.holds(strict=strict) else "   ← crashed" if each.crashed else "   ← fails"
        lines.append(f"{each.tier:<10}{each.passed:>8}{each.failed:>8}{each.skipped:>9}{each.seconds:>9.1f}{verdict}")
    for each in outcomes:
        lines += [f"{each.tier}: {count} left out: {reason}" for reason, count in sorted(each.left_out.items())]
    passed, failed, skipped = (sum(getattr(o, name) for o in outcomes) for name in ("passed", "failed", "skipped"))
    failed += sum(each.crashed for each in outcomes)
    return "\n".join([*lines, f"{passed} passed, {failed} failed, {skipped} skipped"])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
