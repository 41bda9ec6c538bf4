"""By what is each item of the mission served? Read from the playbooks, the registers and tools/coverage.yaml.

R1  Anything in a file below src/lockgate/playbooks that has `serves: [M12]` is a home of that item.
R2  What code does for an item, today or in a practice to come, is one sentence in tools/coverage.yaml.
R3  A practice is there once it has its folder in src/lockgate/practices and does all that is said of it; until then it
    is to come. What one that is begun does today stands among the parts.
R4  An item without a home, and a home of an item that is not there, is a fault, told with its place.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lockgate.workspace.text.document import Document, Steps
from lockgate.workspace.text.reading import read

ROOT = Path(__file__).resolve().parent.parent
PLAYBOOKS = ROOT / "src" / "lockgate" / "playbooks"
PRACTICES = ROOT / "src" / "lockgate" / "practices"
COVERAGE = ROOT / "tools" / "coverage.yaml"
MISSION = "mission.yaml"
REGISTERS = "registers"
TOLD = ("title", "name", "ask", "activity")
"""The keys under which a thing is named in words."""
NAMES = (*TOLD, "key", "deliverable", "register", "role")
"""All keys that name a thing, the most telling first."""
IRREGULAR = {
    "criteria": "criterion",
    "checkpoint": "question to executives",
    "sets": "KPI set",
    "kpis": "KPI",
    "conflicts": "conflict of duties",
    "sign_offs": "sign-off",
    "signals": "early warning",
    "raci": "RACI",
    "escalations": "way up",
    "questions": "question of discovery",
    "tickets": "class of tickets",
    "transitions": "step",
    "duties": "duty",
    "categories": "category",
}


@dataclass(frozen=True)
class Item:
    """Something that a rollout system is asked to do."""

    id: str
    text: str


@dataclass(frozen=True)
class Group:
    """Items about one subject."""

    key: str
    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Served:
    """Something in a playbook or register that says which item it serves."""

    item: str
    kind: str
    """What it is: criterion, register, early warning."""
    name: str
    folder: str
    """The playbook or part of one, or `registers` for those that every programme has."""
    at: str
    """Its place, as `path:line:column`."""


@dataclass(frozen=True)
class Part:
    """Code that is there today."""

    key: str
    title: str
    page: str
    """The page that describes it, as a path below docs."""


@dataclass(frozen=True)
class Practice:
    """A discipline of the rollout."""

    key: str
    about: str
    there: bool
    begun: bool = False
    """True when it does a part of what is said of it."""


@dataclass(frozen=True)
class Coverage:
    """The mission with all that serves it."""

    groups: tuple[Group, ...]
    served: tuple[Served, ...]
    parts: tuple[Part, ...]
    practices: tuple[Practice, ...]
    done: dict[str, dict[str, str]]
    """item → part or practice → what it does for the item."""

    @property
    def items(self) -> tuple[Item, ...]:
        """All items in their order."""
        return tuple(item for group in self.groups for item in group.items)


def coverage(playbooks: Path = PLAYBOOKS, homes: Path = COVERAGE, practices: Path = PRACTICES) -> Coverage:
    """Return what serves the mission, as it stands in the files."""
    said = _data(_read(homes))
    return Coverage(
        tuple(
            Group(group["key"], group["title"], tuple(Item(each["id"], each["text"]) for each in group["items"]))
            for group in _data(_read(playbooks / MISSION))["groups"]
        ),
        tuple(
            found
            for path in sorted(playbooks.rglob("*.yaml"))
            if path != playbooks / MISSION
            for found in served_in(_read(path), path.relative_to(playbooks).parts[0])
        ),
        tuple(Part(key, part["title"], part["page"]) for key, part in said["parts"].items()),
        tuple(_practice(key, about, practices, said.get("begun", [])) for key, about in said["practices"].items()),
        said["items"],
    )


def served_in(document: Document, folder: str) -> Iterator[Served]:
    """Yield what a file says to serve (R1)."""
    for steps, thing in _things(document.data):
        for number, item in enumerate(_listed(thing.get("serves"))):
            at = document.at((*steps, "serves", number))
            yield Served(
                str(item),
                _kind(steps, thing, document),
                _name(thing, document),
                folder,
                f"{at.path}:{at.line}:{at.column}",
            )


def faults(found: Coverage) -> list[str]:
    """Return what is wrong: items without a home, homes that nobody asked for, and what is said twice (R4)."""
    known = [item.id for item in found.items]
    served = {each.item for each in found.served} | {item for item, does in found.done.items() if does}
    named = {part.key for part in found.parts} | {practice.key for practice in found.practices}
    return [
        *(f"{MISSION}: {item} is there twice" for item, times in Counter(known).items() if times > 1),
        *(f"{MISSION}: {item} has no home" for item in known if item not in served),
        *(f"{each.at}: {each.item} is no item of the mission" for each in found.served if each.item not in known),
        *(f"{COVERAGE.name}: {item} is no item of the mission" for item in found.done if item not in known),
        *(
            f"{COVERAGE.name}: {item} is served by {home}, which is neither a part nor a practice"
            for item, does in found.done.items()
            for home in does
            if home not in named
        ),
    ]


def _read(path: Path) -> Document:
    name = path.relative_to(ROOT) if path.is_relative_to(ROOT) else path
    document = read(path, path=str(name))
    if document.findings:
        raise SystemExit("\n".join(f"{each.at.path}:{each.at.line}: {each.message}" for each in document.findings))
    return document


def _data(document: Document) -> dict[str, Any]:
    if not isinstance(document.data, dict):
        raise SystemExit(f"{document.path}: it should be a mapping")
    return document.data


def _things(data: Any, steps: Steps = ()) -> Iterator[tuple[Steps, dict[str, Any]]]:
    """Yield every mapping in the data that says whom it serves, with the way to it."""
    if isinstance(data, dict):
        if "serves" in data:
            yield steps, data
        inside: Iterable[tuple[str | int, Any]] = data.items()
    else:
        inside = enumerate(data) if isinstance(data, list) else ()
    for step, value in inside:
        yield from _things(value, (*steps, step))


def _kind(steps: Steps, thing: dict[str, Any], document: Document) -> str:
    """Return what a thing is called, from the list that it is in; of a whole file, from the file."""
    within = next((step for step in reversed(steps) if isinstance(step, str)), "")
    if not within:
        return "register" if "register" in thing else re.sub("[-_]", " ", Path(document.path).stem)
    return IRREGULAR.get(within) or re.sub("[-_]", " ", re.sub(r"(?<=[^s])s$", "", within))


def _name(thing: dict[str, Any], document: Document) -> str:
    """Return how a thing names itself, a key as words; else the name of its file."""
    key = next((key for key in NAMES if thing.get(key)), None)
    if key is None:
        return Path(document.path).stem
    return str(thing[key]) if key in TOLD else str(thing[key]).replace("-", " ")


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _practice(key: str, about: str, practices: Path, begun: list[str]) -> Practice:
    found = (practices / key / "__init__.py").is_file()
    return Practice(key, about, found and key not in begun, found and key in begun)  # R3
