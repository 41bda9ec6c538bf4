"""Are the pieces of code in the documents true?"""

import ast
import importlib
import re
import subprocess
import sys

import pytest

from documents import DOCS, ROOT, fences

PYTHON = fences("python")


@pytest.mark.parametrize("fence", PYTHON, ids=str)
def test_python_examples_import_only_what_is_there(fence):
    imports = [node for node in ast.walk(ast.parse(fence.code)) if isinstance(node, ast.ImportFrom)]
    missing = [
        f"{node.module}.{alias.name}"
        for node in imports
        for alias in node.names
        if node.module.startswith("lockgate.") and not _is_there(node.module, alias.name)
    ]
    assert missing == []


def _is_there(module, name):
    if hasattr(importlib.import_module(module), name):
        return True
    return importlib.util.find_spec(f"{module}.{name}") is not None


@pytest.mark.parametrize("fence", [fence for fence in PYTHON if fence.runs], ids=str)
def test_python_examples_that_need_no_server_run(fence):
    done = subprocess.run([sys.executable, "-c", fence.code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_every_make_command_in_the_documents_is_a_target():
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = {name for fence in fences("console") for name in re.findall(r"^\$ make ([a-z]+)", fence.code, re.MULTILINE)}
    assert named - targets == set()
    assert {"demo", "test"} <= named


@pytest.mark.parametrize("page", sorted(DOCS.glob("decisions/*.md")), ids=lambda page: page.name)
def test_every_decision_says_what_it_costs(page):
    if page.name == "index.md":
        listed = set(re.findall(r"\((\d{4}-[a-z-]+\.md)\)", page.read_text()))
        assert listed == {each.name for each in DOCS.glob("decisions/0*.md")}
        return
    parts = re.split(r"^## (.+)$", page.read_text(), flags=re.MULTILINE)
    headings = ["Status", "Context", "Decision", "Consequences", "Negative consequences", "Alternatives"]
    assert parts[1::2] == headings
    assert all(text.strip() for text in parts[2::2])
