"""Is the architecture held by a machine? Each contract of pyproject.toml is broken on purpose, once per rule."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]

LAYERS = "Lower layers never import higher ones, and every package has its layer"
INDEPENDENT = "A practice never imports another practice"
SHAPE = "Every practice has the same inner shape"
PURE = "What is declared and what is decided knows neither web, wire nor terminal"
FACTS = "A decision is handed its facts"
KERNEL = "The kernel imports the standard library only"
CIRCLES = "No modules import each other in a circle"
ALL = {LAYERS, INDEPENDENT, SHAPE, PURE, FACTS, KERNEL, CIRCLES}

SKELETON = {
    **dict.fromkeys(["__init__", "app/__init__", "practices/__init__", "faces/__init__", "gates/__init__"], ""),
    **dict.fromkeys(["programme/__init__", "tower/__init__"], ""),
    **dict.fromkeys(["ledger/store", "workspace/__init__", "playbooks/__init__", "kernel/words", "lab/__init__"], ""),
    **dict.fromkeys([f"practices/fit/{name}" for name in ("__init__", "definition", "decide", "perform", "cli")], ""),
    **dict.fromkeys([f"practices/template/{name}" for name in ("__init__", "definition", "decide", "pages")], ""),
    **dict.fromkeys(["kernel/__init__", "ledger/__init__", "engines/__init__", "engines/frames", "odoo/__init__"], ""),
    "odoo/client": "import json",
    "odoo/wire": "import lockgate.odoo.client",
}
"""A Lockgate with every layer and two practices: module → its code."""

ALLOWED = {
    "practices/fit/perform": "import lockgate.odoo, lockgate.ledger, lockgate.gates, lockgate.engines",
    "practices/fit/cli": "import typer, lockgate.faces\nfrom lockgate.practices.fit import perform",
    "practices/fit/decide": "import lockgate.engines\nfrom lockgate.practices.fit import definition",
    "practices/fit/definition": "import lockgate.workspace, lockgate.kernel.words",
    "app/main": "import lockgate.practices.fit.cli, lockgate.tower, lockgate.lab",
    "tower/pages": "import lockgate.programme, lockgate.faces, lockgate.gates",
}

VIOLATIONS = [
    # where, what is written there, which contracts say no
    ("kernel/words", "import lockgate.app", {LAYERS, KERNEL}),
    ("ledger/store", "import lockgate.gates", {LAYERS}),
    ("ledger/store", "import lockgate.workspace", {LAYERS}),
    ("faces/page", "import lockgate.odoo", {LAYERS}),
    ("faces/page", "import lockgate.programme", {LAYERS}),
    ("programme/room", "import lockgate.tower", {LAYERS}),
    ("practices/fit/pages", "import lockgate.tower", {LAYERS}),
    ("odoo/client", "import lockgate.lab", {LAYERS}),
    ("utils/__init__", "", {LAYERS}),
    ("practices/fit/perform", "import lockgate.practices.template", {INDEPENDENT}),
    ("practices/fit/definition", "from lockgate.practices.fit import decide", {SHAPE}),
    ("practices/fit/decide", "from lockgate.practices.fit import perform", {SHAPE}),
    ("practices/template/cli", "from lockgate.practices.template import pages", {SHAPE}),
    ("practices/fit/helpers", "", {SHAPE}),
    ("practices/fit/decide", "import httpx2", {PURE}),
    ("practices/fit/definition", "import django.db", {PURE}),
    ("practices/fit/decide", "import lockgate.odoo", {PURE}),
    ("engines/frames", "import typer", {PURE}),
    ("engines/frames", "import rich.table", {PURE}),
    ("practices/fit/decide", "import lockgate.ledger.store", {FACTS}),
    ("engines/frames", "import lockgate.ledger", {FACTS}),
    ("kernel/words", "import orjson", {KERNEL}),
    ("kernel/words", "import django", {KERNEL, PURE}),
    ("odoo/client", "import lockgate.odoo.wire", {CIRCLES}),
]

LINT = """
import os, sys
from importlinter.cli import lint_imports
for project in sys.argv[1:]:
    print("project", project, flush=True)
    os.chdir(project)
    sys.path.insert(0, f"{project}/src")
    lint_imports(no_cache=True, no_logo=True)
    sys.path.remove(f"{project}/src")
"""


def broken_contracts(*projects):
    """Run import-linter on each project, all in one other process, and return the contracts that each one breaks."""
    command = [sys.executable, "-c", LINT, *map(str, projects)]
    said = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, env={**os.environ, "COLUMNS": "300"})
    answers = [
        dict(re.findall(r"^(.+) (KEPT|BROKEN)$", one, re.MULTILINE)) for one in said.stdout.split("project ")[1:]
    ]
    assert [set(answer) for answer in answers] == [ALL] * len(projects), said.stdout
    return [{name for name, verdict in answer.items() if verdict == "BROKEN"} for answer in answers]


def project(folder, modules):
    """Lay out a Lockgate of these modules, under the contracts of the real one, and return its folder."""
    (folder / "tools").mkdir(parents=True)
    shutil.copy(ROOT / "pyproject.toml", folder)
    shutil.copy(ROOT / "tools" / "import_contracts.py", folder / "tools")
    for module, code in modules.items():
        path = folder / "src" / "lockgate" / f"{module}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{code}\n")
    return folder


@pytest.fixture(scope="module")
def broken(tmp_path_factory):
    """What each planted violation breaks, by its number."""
    folder = tmp_path_factory.mktemp("planted")
    violations = enumerate(VIOLATIONS)
    return broken_contracts(*(project(folder / str(n), SKELETON | {at: code}) for n, (at, code, _) in violations))


def test_lockgate_as_it_is_keeps_every_contract():
    assert broken_contracts(ROOT) == [set()]


def test_a_skeleton_with_every_layer_keeps_every_contract(tmp_path):
    assert broken_contracts(project(tmp_path / "skeleton", SKELETON)) == [set()]


def test_a_practice_and_the_app_may_use_what_lies_below_them(tmp_path):
    assert broken_contracts(project(tmp_path / "allowed", SKELETON | ALLOWED)) == [set()]


@pytest.mark.parametrize("number", range(len(VIOLATIONS)), ids=lambda n: " ".join(VIOLATIONS[n][:2]))
def test_a_planted_violation_breaks_just_the_contracts_that_forbid_it(broken, number):
    assert broken[number] == VIOLATIONS[number][2]


def test_every_contract_is_seen_to_break():
    assert set().union(*(contracts for _, _, contracts in VIOLATIONS)) == ALL
