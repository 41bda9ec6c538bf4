"""Is every branch of what decides, waives, permits and explains taken by the tests in tests/unit/gates?"""

import os
import subprocess
import sys
from pathlib import Path

from lockgate import gates

SOURCE, TESTS = Path(gates.__file__).parent, Path(__file__).parents[1] / "unit" / "gates"
MEASURED = (SOURCE / "deciding" / "*", SOURCE / "showing" / "explaining.py")


def test_every_branch_is_tested(tmp_path):
    environment = {**os.environ, "COVERAGE_FILE": str(tmp_path / "coverage")}
    tests = [str(TESTS / name) for name in ("deciding", "showing")]
    only = f"--include={','.join(map(str, MEASURED))}"
    for words in (
        ("run", "--branch", f"--source={SOURCE}", "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", *tests),
        ("report", "-m", "--skip-covered", "--fail-under=100", only),
    ):
        done = subprocess.run(
            [sys.executable, "-m", "coverage", *words], env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout
