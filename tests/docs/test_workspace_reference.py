"""Does the page about the workspace say what the models say, and explain every finding?"""

import ast
import re
from pathlib import Path

import lockgate
from documents import DOCS
from workspace_reference import PAGE, rewritten

PACKAGE = Path(lockgate.__file__).parent
SOURCES = [path for folder in ("workspace", "gates", "programme") for path in (PACKAGE / folder).rglob("*.py")]
TELLS = {"fault", "Finding", "_finding", "_find", "_stop", "_refused", "_problem", "Lack"}
CODE = re.compile(r"[a-z]+(-[a-z0-9]+)*")


def codes(tree):
    """Yield the codes of findings that are told: the first word of a call that tells one, or of what one is made of."""
    for node in ast.walk(tree):
        given = []
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in TELLS:
            given = node.args
        elif (
            isinstance(node, ast.Return | ast.Yield) and isinstance(node.value, ast.Tuple) and len(node.value.elts) > 2
        ):
            given = node.value.elts[:1]
        words = [each.value for each in given if isinstance(each, ast.Constant) and isinstance(each.value, str)]
        yield from [word for word in words if CODE.fullmatch(word)][:1]


def test_the_keys_on_the_page_are_those_of_the_models():
    page = PAGE.read_text(encoding="utf-8")
    assert rewritten(page) == page, "run: python tools/workspace_reference.py"


def test_every_finding_that_is_told_is_explained():
    told = {code for path in SOURCES for code in codes(ast.parse(path.read_text(encoding="utf-8")))}
    assert len(told) > 45
    assert told - explained() == set()


def explained():
    """Return the codes that the tables of the reference explain."""
    pages = [(DOCS / "reference" / name).read_text(encoding="utf-8") for name in ("workspace.md", "criteria.md")]
    rows = [
        row for page in pages for row in re.findall(r"^\| (`.+?) \|", page.partition("## Findings")[2], re.MULTILINE)
    ]
    return {code for row in rows for code in re.findall(r"`([a-z0-9-]+)`", row)}
