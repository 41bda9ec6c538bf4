"""Write the reference of evidence from the list that ships: `python tools/evidence_page.py`."""

from pathlib import Path

from lockgate.workspace.playbook.catalogue import catalogue, page

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "evidence.md"

if __name__ == "__main__":
    PAGE.write_text(page(catalogue()), encoding="utf-8")
