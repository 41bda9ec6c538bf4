import re
import sys

import pytest

from lockgate.kernel.capability import oca_modules
from lockgate.kernel.errors import UnreachableError, UsageError
from lockgate.lab.python_parts import PINS, explain_pip
from lockgate.lab.running import ProgramFailed, run


def test_pip_s_own_words_for_a_missing_package_are_understood(tmp_path):
    with pytest.raises(ProgramFailed) as failed:
        run([sys.executable, "-m", "pip", "download", "--no-index", "--dest", tmp_path, "lockgate-no-such-package"])
    error = explain_pip(failed.value.output)
    assert isinstance(error, UnreachableError)
    assert error.what == "One of Odoo's Python requirements can't be installed."
    assert "lockgate-no-such-package" in error.why


@pytest.mark.parametrize(
    ("output", "kind", "what"),
    [
        (
            "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.",
            UsageError,
            "A downloaded package",
        ),
        ("ERROR: Could not install packages: [Errno 28] No space left on device", UsageError, "The disk is full."),
        ("ERROR: Connection aborted.", UnreachableError, "Odoo's Python requirements could not be fetched."),
    ],
)
def test_each_failure_of_pip_has_its_own_sentence(output, kind, what):
    error = explain_pip(output)
    assert type(error) is kind
    assert error.what.startswith(what)


def test_each_oca_module_of_the_capabilities_is_pinned_and_nothing_else():
    pinned = re.findall(r"^odoo-addon-([a-z0-9-]+)==19\.0\.", (PINS / "oca.txt").read_text(), re.MULTILINE)
    assert sorted(name.replace("-", "_") for name in pinned) == sorted(oca_modules())


@pytest.mark.parametrize("name", ["odoo.txt", "oca.txt"])
def test_each_pin_has_a_hash_and_no_address(name):
    text = (PINS / name).read_text()
    blocks = [block for block in re.split(r"\n(?=\S)", text) if block.strip()]
    assert all("--hash=sha256:" in block for block in blocks)
    assert "://" not in text
