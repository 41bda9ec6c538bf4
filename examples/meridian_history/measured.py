"""What was measured? The files of `story/measured/`, as evidence of the days on which it was taken.

A series says its `kind`, for which `scopes` and about which `subject` or `subjects`, on which `days` (a list, or from,
to and every), `by` whom, and its `measures`. A measure is one value, a list of which the last goes on, a mapping that
begins and ends somewhere, or a comparison with others (`is`). `passed_if` decides between passed and failed; without
it, it was only seen. What stands below a scope or a subject replaces what is said for all, and `also` adds measures.
`inputs` are definitions of the workspace, whose digests are taken then; `extract` is a file of the old system, which is
kept as the artifact.
"""

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any, Final
from uuid import NAMESPACE_DNS, uuid5

from lockgate.kernel.comparison import holds, parse_comparison
from lockgate.kernel.evidence import Evidence, InstanceRef, Verdict
from lockgate.kernel.scope import Scope

from .records import STORY, read
from .scene import Happening, Scene

REBUILT: Final = -75
"""The day on which the build database was made anew."""
_VERSION: Final = "19.0"


@dataclass(frozen=True)
class Taking:
    """One measurement of a series."""

    said: Mapping[str, Any]
    scope: str
    day: int
    number: int
    """Its place in the series."""
    of: int
    """How many there are."""


def measured(scene: Scene) -> Iterator[Happening]:
    """Yield all that is measured; what one verb takes for one scope on one day is recorded together."""
    together = defaultdict[tuple[int, str, str, str], list[Taking]](list)
    for file in sorted((STORY / "measured").glob("*.yaml")):
        for series in read(file):
            for taking in _takings(series):
                together[(taking.day, taking.scope, series["kind"], series["by"])].append(taking)
    for (day, *about), takings in together.items():
        yield Happening(scene.days.at(day, " ".join(about)), partial(_take, scene, takings))


def _takings(series: Mapping[str, Any]) -> Iterator[Taking]:
    scopes = series["scopes"]
    for scope in scopes:
        said = {**series, **(scopes[scope] or {})} if isinstance(scopes, Mapping) else series
        days = _days(said["days"])
        for subject in said.get("subjects") or [said.get("subject", {})]:
            whole = {**said, **subject.get("but", {}), "subject": {k: v for k, v in subject.items() if k != "but"}}
            for number, day in enumerate(days):
                yield Taking(whole, scope, day, number, len(days))


def _days(said: Any) -> list[int]:
    if isinstance(said, Mapping):
        return list(range(said["from"], said["to"] + 1, said["every"]))
    return list(said)


def _take(scene: Scene, takings: list[Taking]) -> None:
    scene.record(*(_evidence(scene, taking) for taking in takings))


def _evidence(scene: Scene, taking: Taking) -> Evidence:
    said = taking.said
    measures = _measures(taking)
    inputs = {name: scene.digest(name) for name in said.get("inputs", ())}
    artifact = None
    if "extract" in said:
        artifact = scene.place.artifacts.keep(_extract(taking, measures))
        inputs[f"extract:{said['extract']}"] = artifact
    return Evidence(
        str(said["kind"]),
        Scope.parse(taking.scope),
        dict(said["subject"]),
        _verdict(said, measures),
        measures,
        inputs,
        str(said["by"]),
        scene.clock() + timedelta(days=said.get("clock_ahead_days", 0)),
        _instance(scene, said, taking.day),
        artifact,
        dict(said.get("notes", {})),
    )


def _verdict(said: Mapping[str, Any], measures: Mapping[str, Any]) -> Verdict:
    asked = said.get("passed_if")
    if asked is None:
        return Verdict.SEEN
    return Verdict.PASSED if all(holds(parse_comparison(one), measures) for one in asked) else Verdict.FAILED


def _measures(taking: Taking) -> dict[str, Any]:
    said = {**taking.said["measures"], **taking.said.get("also", {})}
    found: dict[str, Any] = {}
    for name, value in said.items():
        if isinstance(value, Mapping) and "is" in value:
            found[name] = holds(parse_comparison(value["is"]), found)
        else:
            found[name] = _value(value, taking, name)
    return found


def _value(said: Any, taking: Taking, name: str) -> Any:
    if isinstance(said, list):
        return said[min(taking.number, len(said) - 1)]
    if isinstance(said, Mapping):
        chance = random.Random(f"{taking.said['kind']} {taking.scope} {taking.said['subject']} {name} {taking.number}")
        share = taking.number / max(taking.of - 1, 1)
        value = said["begin"] + (said["end"] - said["begin"]) * share + chance.uniform(-1, 1) * said.get("wobble", 0)
        return round(value, said.get("digits", 1)) if said.get("digits", 1) else round(value)
    return said


def _instance(scene: Scene, said: Mapping[str, Any], day: int) -> InstanceRef | None:
    name = said.get("instance")
    if name is None:
        return None
    database = said.get("database") or (f"{name}-2" if name == "build" and day >= REBUILT else name)
    return InstanceRef(uuid5(NAMESPACE_DNS, database).hex, _VERSION, scene.workspace.instances[name].role, name)


def _extract(taking: Taking, measures: Mapping[str, Any]) -> bytes:
    """Return the extract of the old system that a run was made from: its parts, with their rows."""
    rows = "".join(f"{name},{value}\n" for name, value in measures.items())
    return f"extract,{taking.said['extract']}\nrun,{taking.number + 1}\n{rows}".encode()
