"""Does every relative link in README and its neighbours lead somewhere? Links inside docs are for mkdocs to check."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import documents

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


def main() -> int:
    """Print every link that leads nowhere; return the exit code."""
    pages = documents.pages_outside()
    faults = [f"{page.relative_to(documents.ROOT)}: {link}" for page in pages for link in broken(page)]
    print("\n".join([*faults, f"{len(pages)} pages, {len(faults)} links that lead nowhere"]))
    return 1 if faults else 0


def broken(page: Path) -> Iterator[str]:
    """Yield the links of a page whose file or heading is not there."""
    for link in LINK.findall(documents.prose(page)):
        if re.match(r"[a-z]+:", link):
            continue  # outside of the project
        name, _, anchor = link.partition("#")
        target = page.parent / name if name else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            yield link


def anchors(page: Path) -> set[str]:
    """Return the names by which the headings of a page can be linked to."""
    headings = documents.HEADING.findall(documents.prose(page))
    return {re.sub(r"\s+", "-", re.sub(r"[^\w\s-]", "", heading.lower())) for heading in headings}


if __name__ == "__main__":
    sys.exit(main())
