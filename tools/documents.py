"""What do the documents say? Headings, tables and pieces of code, read from their text."""

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
FENCE = re.compile(r"^(?P<mark><!-- runs -->\n)?```(?P<language>\w+)\n(?P<code>.*?)^```$", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^#+ +(.+?) *$", re.MULTILINE)


@dataclass(frozen=True)
class Fence:
    """A piece of code in a document."""

    page: str
    number: int
    code: str
    runs: bool
    """True when `<!-- runs -->` stands before it."""

    def __str__(self) -> str:
        return f"{self.page}#{self.number}"


def pages() -> list[Path]:
    """Return every document of the project."""
    return sorted([*DOCS.rglob("*.md"), *pages_outside()])


def pages_outside() -> list[Path]:
    """Return the documents that are not part of the site: README and its neighbours."""
    return sorted([*ROOT.glob("*.md"), ROOT / "changelog.d" / "README.md"])


def fences(language: str) -> list[Fence]:
    """Return the pieces of code in a language, of all documents."""
    return [
        Fence(str(page.relative_to(ROOT)), number, found["code"], bool(found["mark"]))
        for page in pages()
        for number, found in enumerate(FENCE.finditer(page.read_text(encoding="utf-8")), start=1)
        if found["language"] == language
    ]


def prose(page: Path) -> str:
    """Return a document without its pieces of code."""
    return FENCE.sub("", page.read_text(encoding="utf-8"))


def sections(page: Path) -> dict[str, str]:
    """Return heading → text up to the next heading."""
    parts = HEADING.split(prose(page))
    return {heading.strip("`"): text for heading, text in zip(parts[1::2], parts[2::2], strict=True)}


def rows(page: Path) -> dict[str, list[str]]:
    """Return first cell → other cells, of every row of every table, heads included."""
    tables = [line.strip("| ").split(" | ") for line in prose(page).splitlines() if line.startswith("| ")]
    return {first.strip("`"): rest for first, *rest in tables if set(first) != {"-"}}
