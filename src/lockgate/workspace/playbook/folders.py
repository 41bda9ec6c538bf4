"""Where do the files of a playbook stand? In the package, below its own folder and those of the parts it builds on.

playbooks/foundation     roles, duties, risks and sign-offs that every programme has
playbooks/lifecycle      the ten stages from discovery to improvement, and the gates between them
playbooks/<name>         a playbook, which says what it builds on
"""

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from lockgate.workspace.text.document import Document
from lockgate.workspace.text.reading import read


@cache
def document(folder: str, file: str) -> Document | None:
    """Return a file of a folder, None where there is none."""
    place = _root() / folder / file
    return read(place, path=f"playbooks/{folder}/{file}") if place.is_file() else None


def folders(*playbooks: str) -> tuple[str, ...]:
    """Return the folders of playbooks, with those that they build on before them, each once."""
    found: dict[str, None] = {}
    for name in playbooks:
        _add(name, found, ())
    return tuple(found)


def gate_files(*playbooks: str) -> list[Document]:
    """Return the files of gates that the playbooks bring, in the order in which they are merged."""
    read_files = (document(folder, "gates.yaml") for folder in folders(*playbooks))
    return [each for each in read_files if each is not None]


def _add(name: str, found: dict[str, None], above: tuple[str, ...]) -> None:
    head = document(name, "playbook.yaml") or document(name, "part.yaml")
    parts = head.data.get("builds_on") if head and isinstance(head.data, dict) else None
    around = (*above, name)
    for part in [str(each) for each in parts if each not in around] if isinstance(parts, list) else ():
        _add(part, found, around)
    found.setdefault(name)


def _root() -> Traversable:
    return files("lockgate") / "playbooks"
