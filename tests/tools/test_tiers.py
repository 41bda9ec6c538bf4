"""Is a run of the tests green only when it may be? Small projects are run with the real tool."""

import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

import tiers
from tiers import Outcome

TOOLS = Path(tiers.__file__).parent

PASSES = "def test_it():\n    assert True\n"
FAILS = "def test_it():\n    assert False\n"
SKIPS = "import pytest\n\ndef test_it():\n    pytest.skip('no lab here')\n"
FAILS_AS_EXPECTED = "import pytest\n\n@pytest.mark.xfail(reason='later')\ndef test_it():\n    assert False\n"
CANNOT_BE_READ = "import nowhere_to_be_found\n"


@pytest.fixture
def run(tmp_path):
    """Run `make test`'s tool on a project whose unit tier is this file."""
    shutil.copytree(TOOLS, tmp_path / "tools")
    (tmp_path / "tests" / "unit").mkdir(parents=True)

    def run(test, *, ci, tier="unit"):
        if test:
            (tmp_path / "tests" / "unit" / "test_one.py").write_text(test)
        plugins = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTEST_PLUGINS": "xdist.plugin"}
        environment = {**os.environ, **plugins, "CI": "true" if ci else ""}
        command = [sys.executable, "tools/tiers.py", tier, "--pytest=-n 0"]
        return subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)

    return run


@pytest.mark.parametrize(
    ("test", "code", "closing_line"),
    [
        (PASSES + FAILS_AS_EXPECTED.replace("test_it", "test_other"), 0, "1 passed, 0 failed, 0 skipped"),
        (FAILS, 1, "0 passed, 1 failed, 0 skipped"),
        ("", 0, "0 passed, 0 failed, 1 skipped"),
        (CANNOT_BE_READ, 1, "0 passed, 1 failed, 0 skipped"),
    ],
    ids=["passes", "fails", "has no test", "can't be read"],
)
def test_what_pytest_found_decides_the_exit_code_and_the_closing_line(run, test, code, closing_line):
    done = run(test, ci=False)
    assert (done.returncode, done.stdout.splitlines()[-1]) == (code, closing_line)


@pytest.mark.parametrize(("ci", "code"), [(False, 0), (True, 1)])
def test_a_skipped_test_is_listed_with_its_reason_and_fails_in_ci_alone(run, ci, code):
    done = run(SKIPS, ci=ci)
    assert (done.returncode, done.stdout.splitlines()[-2:]) == (
        code,
        ["unit: 1 left out: no lab here", "0 passed, 0 failed, 1 skipped"],
    )


@pytest.mark.parametrize(
    ("outcome", "holds", "holds_in_ci"),
    [
        (Outcome("unit", 1.0, passed=1), True, True),
        (Outcome("unit", 1.0, passed=1, failed=1), False, False),
        (Outcome("unit", 1.0, passed=1, left_out=Counter({"no lab": 1})), True, False),
        (Outcome("unit", 1.0), True, False),
        (Outcome("unit", 1.0, crashed=True), False, False),
    ],
)
def test_in_ci_nothing_may_be_left_out(outcome, holds, holds_in_ci):  # R1, R2
    assert (outcome.holds(strict=False), outcome.holds(strict=True)) == (holds, holds_in_ci)


def test_an_unknown_tier_is_refused_with_those_that_there_are(run):
    done = run(PASSES, ci=False, tier="units")
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].endswith(
        "no tier units; there are unit, app, ledger, tower, docs, spark, lab, odoo, browser"
    )


def test_the_table_has_a_line_for_each_tier():
    outcomes = [
        Outcome("unit", 12.34, passed=40),
        Outcome("odoo", 200.0, passed=7, failed=1, left_out=Counter({"too slow": 2})),
        Outcome("browser", 0.1, crashed=True),
    ]
    assert tiers.table(outcomes, strict=False).splitlines() == [
        "",
        "tier        passed  failed  skipped  seconds",
        "────────────────────────────────────────────",
        "unit            40       0        0     12.3",
        "odoo             7       1        2    200.0   ← fails",
        "browser          0       0        0      0.1   ← crashed",
        "odoo: 2 left out: too slow",
        "47 passed, 2 failed, 2 skipped",
    ]


def test_every_test_of_the_project_is_in_a_tier():
    tests = tiers.ROOT / "tests"
    with_tests = {path.relative_to(tests).parts[0] for path in tests.rglob("test_*.py")}
    assert with_tests - {name for names in tiers.TIERS.values() for name in names} == set()
