"""What did people write down? The files of `story/`, one for each register, as things that happen to records.

A record says on which `day` it was raised, `by` whom, and its fields. Its `steps`, or those of the `life` that it has
in common with others, come after: `do` takes a step, `edit` changes fields, `say` comments, `link` and `tag` do what
they say, and `keep` attaches a file of `story/files`. `day` counts from now, `after` from when it was raised.
In a field of dates a number is such a day; in a reference `gap/edi` is the key of another record of the story.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Final

import yaml

from lockgate.kernel.register import Kind
from lockgate.ledger.registers.action import Action, Edit, Move, Raise, Remark, Tag, Tie

from .scene import Happening, Scene

STORY: Final = Path(__file__).parent / "story"
_BETWEEN: Final = timedelta(minutes=11)
_OURS: Final = {"key", "day", "by", "life", "steps"}


def read(file: Path) -> Any:
    """Return what stands in a file of the story."""
    return yaml.load(file.read_bytes(), Loader=yaml.CSafeLoader)


@dataclass(frozen=True)
class Raised:
    """A record of the story."""

    register: str
    key: str
    day: int
    by: str
    values: Mapping[str, Any]
    steps: tuple[Mapping[str, Any], ...]


def written(scene: Scene) -> Iterator[Happening]:
    """Yield all that happens to records; what one person raises on one day is raised together."""
    together = defaultdict[tuple[int, str], list[Raised]](list)
    for record in _records():
        together[(record.day, record.by)].append(record)
    for (day, by), records in together.items():
        at = scene.days.at(day, f"{by} raises")
        yield Happening(at, partial(_raise, scene, by, records))
        for record in records:
            yield from _steps(scene, record, at)


def _records() -> Iterator[Raised]:
    for file in sorted(STORY.glob("*.yaml")):
        told = read(file)
        lives = told.get("lives", {})
        for said in told["records"]:
            values = {name: value for name, value in said.items() if name not in _OURS}
            steps = (*lives.get(said.get("life"), ()), *said.get("steps", ()))
            yield Raised(file.stem, f"{file.stem}/{said['key']}", said["day"], said["by"], values, steps)


def _steps(scene: Scene, record: Raised, at: datetime) -> Iterator[Happening]:
    register, key, day = record.register, record.key, record.day
    for number, step in enumerate(sorted(record.steps, key=lambda step: _day(step, day))):
        at = _later(at, scene.days.at(_day(step, day), f"{key} {number}"))
        yield Happening(at, partial(_step, scene, register, key, step))


def _day(step: Mapping[str, Any], raised: int) -> int:
    return int(step["day"]) if "day" in step else raised + int(step["after"])


def _later(before: datetime, wanted: datetime) -> datetime:
    return max(wanted, before + _BETWEEN)


def _raise(scene: Scene, by: str, records: list[Raised]) -> None:
    actions = [Raise(one.register, _fitted(scene, one.register, one.values)) for one in records]
    done = scene.perform(*actions, by=by)
    scene.ids.update(zip([one.key for one in records], done.touched, strict=True))


def _step(scene: Scene, register: str, key: str, said: Mapping[str, Any]) -> None:
    by = str(said["by"])
    scene.perform(_action(scene, register, scene.ids[key], said), by=by)


def _action(scene: Scene, register: str, record: str, said: Mapping[str, Any]) -> Action:
    match said:
        case {"do": step}:
            values = _fitted(scene, register, said.get("with", {}))
            return Move(record, str(step), str(said.get("why", "")), values, yes=not said.get("against"))
        case {"edit": values}:
            return Edit(record, _version(scene, record), _fitted(scene, register, values))
        case {"keep": name}:
            digest = scene.place.artifacts.keep(STORY / "files" / str(name))
            return Edit(record, _version(scene, record), {"evidence": [*_kept(scene, record), digest]})
        case {"say": text}:
            return Remark(record, str(text))
        case {"link": relation, "to": other}:
            return Tie(record, str(relation), _id(scene, str(other)))
        case _:
            return Tag(record, tuple(said["tag"]))


def _version(scene: Scene, record: str) -> int:
    return scene.desk.known.entries.by_id[record].version


def _kept(scene: Scene, record: str) -> list[str]:
    kept: list[str] = scene.desk.known.entries.by_id[record].values.get("evidence", [])
    return kept


def _fitted(scene: Scene, register: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values with the dates and ids that the story's words stand for."""
    return {name: _value(scene, register, name, value) for name, value in values.items()}


def _value(scene: Scene, register: str, name: str, value: Any) -> Any:
    field = scene.register(register).field(name)
    if field is not None and field.kind is Kind.DATE and isinstance(value, int):
        return scene.days.date(value)
    if field is not None and field.kind is Kind.REFERENCE:
        return [_id(scene, str(one)) for one in value] if field.several else _id(scene, str(value))
    return value


def _id(scene: Scene, key: str) -> str:
    """Return the id of a record of the story; what is none is left as it is, like `site:ghent`."""
    return scene.ids.get(key, key)
