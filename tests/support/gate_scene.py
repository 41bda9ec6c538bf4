"""A small programme for tests of gates: two sites in a wave, three scenarios, five people, and evidence as needed."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from lockgate.gates.criteria.definition import Gate
from lockgate.gates.criteria.merging import Source, merge
from lockgate.gates.criteria.written import GatesFile
from lockgate.gates.deciding.answer import Answer
from lockgate.gates.facts.history import Histories
from lockgate.gates.facts.remembered import Index, Remembered
from lockgate.gates.facts.wanted import Declared
from lockgate.kernel.evidence import Evidence, InstanceRef, Verdict
from lockgate.kernel.instance import Role
from lockgate.kernel.scope import PROGRAMME, Level, Scope

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
GHENT, LIEGE, NORTH = Scope(Level.SITE, "ghent"), Scope(Level.SITE, "liege"), Scope(Level.WAVE, "north")


@dataclass(frozen=True)
class Recorded:
    number: int
    evidence: Evidence


@dataclass(frozen=True)
class Event:
    number: int
    kind: str
    payload: Mapping[str, Any]


@dataclass
class World:
    """What the workspace declares."""

    sites: Sequence[str] = ("ghent", "liege")
    waves: Mapping[str, Sequence[str]] = field(default_factory=lambda: {"north": ("ghent", "liege")})
    things: Mapping[str, Sequence[Declared]] = field(
        default_factory=lambda: {
            "scenario": (
                Declared("otc-01", {"critical": True}),
                Declared("otc-02", {"critical": True}),
                Declared("otc-03", {"critical": False}),
            ),
            "role": (Declared("picker"),),
            "nothing": (),
        }
    )
    digests: Mapping[str, str] = field(default_factory=lambda: {"template": "aaaa1111"})

    def keys(self, dimension: str, scope: Scope) -> Sequence[Declared] | None:
        if dimension == "site":
            inside = {Level.PROGRAMME: self.sites, Level.WAVE: self.waves.get(scope.key, ()), Level.SITE: (scope.key,)}
            return [Declared(key) for key in inside[scope.level]]
        if dimension == "wave":
            return [Declared(key) for key in self.waves] if scope == PROGRAMME else []
        return self.things.get(dimension)

    def around(self, scope: Scope, level: Level) -> Sequence[Scope]:
        if level is Level.PROGRAMME:
            return (PROGRAMME,)
        return tuple(Scope(Level.WAVE, wave) for wave, sites in self.waves.items() if scope.key in sites)

    def digest(self, name: str, scope: Scope) -> str | None:
        return self.digests.get(name)

    def declares(self, name: str) -> bool:
        return not name.startswith("source:")


@dataclass
class Folks:
    """Who is who: three may decide, one tests, one only watches."""

    roles: Mapping[str, Sequence[str]] = field(
        default_factory=lambda: {"process-owner": ("ann", "bob", "cyd"), "tester": ("tom",)}
    )

    def holders(self, role: str, scope: Scope) -> Iterable[str]:
        return self.roles.get(role, ())

    appointed: Mapping[str, int] = field(default_factory=dict)

    def bound(self, role: str, scope: Scope) -> Iterable[str]:
        return self.holders(role, scope)

    def given(self, role: str, scope: Scope) -> Mapping[str, int]:
        return self.appointed

    def known(self, person: str) -> bool:
        return person in {"ann", "bob", "cyd", "tom", "wil"}


def evidence(
    number: int,
    kind: str = "scenario.run",
    scope: Scope = GHENT,
    *,
    verdict: Verdict = Verdict.PASSED,
    days_ago: float = 1,
    inputs: Mapping[str, str] | None = None,
    instance: InstanceRef | None = None,
    producer: str = "tom",
    measures: Mapping[str, float | int | bool | str] | None = None,
    **subject: str,
) -> Recorded:
    """Return a piece of evidence; what is said beyond is its subject."""
    taken = NOW - timedelta(days=days_ago)
    found = Evidence(kind, scope, subject, verdict, measures or {}, inputs or {}, producer, taken, instance)
    return Recorded(number, found)


def on_instance(name: str, uuid: str, role: Role = Role.REHEARSAL) -> InstanceRef:
    return InstanceRef(uuid, "19.0", role, name)


def gates(*written: Mapping[str, Any]) -> tuple[Gate, ...]:
    """Return gates that are written without a mistake."""
    merged = merge([Source("gates.yaml", GatesFile.model_validate_json(json.dumps({"gates": list(written)})))])
    assert merged.problems == ()
    return merged.gates


def gate(*criteria: Mapping[str, Any], scope: str = "site", quorum: int = 1, **more: Any) -> Gate:
    """Return a gate with criteria as they are written; keys and owners are given where they lack."""
    full = [{"key": f"c{number}", "owner": "tester", **one} for number, one in enumerate(criteria, 1)]
    decides = {"role": "process-owner", "quorum": quorum}
    (made,) = gates(
        {"key": "uat-exit", "stage": "testing", "scope": scope, "decides": decides, "criteria": full, **more}
    )
    return made


def facts(
    *records: Recorded,
    world: World | None = None,
    registers: Mapping[str, Sequence[Mapping[str, Any]]] | None = None,
    upto: int | None = None,
) -> Remembered:
    return Remembered(Index.of(records), world or World(), registers or {}, Histories(), upto)


def happened(known: Remembered, *answers: Answer) -> None:
    """Write what followed into the histories, as the ledger would."""
    for answer in answers:
        known.histories.add(Event(100, event.kind, event.payload) for event in answer.events)
