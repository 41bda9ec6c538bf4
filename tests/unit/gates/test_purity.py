"""Is deciding handed its facts? Only `loading` and `written` know where gates and facts are kept."""

import ast
from pathlib import Path

import pytest

from lockgate import gates

FOLDER = Path(gates.__file__).parent
KNOWS = {"loading": {"ledger", "workspace"}, "written": {"workspace"}}


@pytest.mark.parametrize("module", sorted(FOLDER.glob("*.py")), ids=lambda path: path.stem)
def test_deciding_knows_gates_and_kernel_alone(module):
    tree = ast.parse(module.read_text())
    named = [node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module]
    named += [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    ours = {name.split(".")[1] for name in named if name.startswith("lockgate.")}
    assert ours - {"gates", "kernel"} == KNOWS.get(module.stem, set())


@pytest.mark.parametrize("module", sorted(FOLDER.glob("*.py")), ids=lambda path: path.stem)
def test_deciding_has_no_clock(module):
    assert [word for word in ("system_clock", ".now(", ".today(", "time.time") if word in module.read_text()] == []
