"""Is deciding handed its facts? Only what reads files, the workspace or the ledger knows where they are kept."""

import ast
from pathlib import Path

import pytest

from lockgate import gates

FOLDER = Path(gates.__file__).parent
KNOWS = {
    "criteria/written": {"workspace"},
    "criteria/reading": {"workspace"},
    "facts/appointed": {"workspace"},
    "facts/declared": {"ledger", "workspace"},  # what is declared of registers is handed on as the ledger reads it
    "facts/loading": {"ledger"},
    "facts/memory": {"ledger"},
    "facts/rows": {"ledger"},
}
MODULES = {path.relative_to(FOLDER).with_suffix("").as_posix(): path.read_text() for path in FOLDER.rglob("*.py")}


@pytest.mark.parametrize("module", sorted(MODULES))
def test_deciding_knows_gates_and_kernel_alone(module):
    tree = ast.parse(MODULES[module])
    named = [node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module]
    named += [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    ours = {name.split(".")[1] for name in named if name.startswith("lockgate.")}
    assert ours - {"gates", "kernel"} == KNOWS.get(module, set())


@pytest.mark.parametrize("module", sorted(MODULES))
def test_deciding_has_no_clock(module):
    assert [word for word in ("system_clock", ".now(", ".today(", "time.time") if word in MODULES[module]] == []
