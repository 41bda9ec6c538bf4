"""Does the page about the workspace say what the models say, and explain every finding?"""

import re
from pathlib import Path

import lockgate
from documents import DOCS
from workspace_reference import PAGE, rewritten

SOURCE = Path(lockgate.__file__).parent / "workspace"
RAISED = re.compile(
    r'(?:fault|_find|_stop|_refused|Finding)\([^"\n]*(?:\n\s*[^"\n]*)?"([a-z]+(?:-[a-z0-9]+)+|tag|tab|secret|circle|blackout)"'
)


def test_the_keys_on_the_page_are_those_of_the_models():
    page = PAGE.read_text(encoding="utf-8")
    assert rewritten(page) == page, "run: python tools/workspace_reference.py"


def test_every_finding_that_is_told_is_explained():
    told = {code for path in SOURCE.rglob("*.py") for code in RAISED.findall(path.read_text(encoding="utf-8"))}
    table = (DOCS / "reference" / "workspace.md").read_text(encoding="utf-8").partition("## Findings")[2]
    explained = {
        code for row in re.findall(r"^\| (`.+?) \|", table, re.MULTILINE) for code in re.findall(r"`([a-z0-9-]+)`", row)
    }
    assert told - explained == set()
