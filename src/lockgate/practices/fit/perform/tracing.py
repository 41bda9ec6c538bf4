"""What are the threads of a programme made of? Its registers, its claims, and what the ledger says was tried.

Odoo is not asked.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from lockgate.gates.facts.loading import asked_of
from lockgate.gates.facts.remembered import DATABASE
from lockgate.gates.facts.wanted import Numbered
from lockgate.kernel.evidence import Evidence, Verdict
from lockgate.kernel.scope import Scope
from lockgate.ledger.registers.entry import Entry
from lockgate.practices.fit.decide.tracing import (
    Answering,
    Known,
    Need,
    Orphan,
    Outcome,
    Proof,
    Standing,
    Thread,
    orphans,
    standings,
    threads,
)
from lockgate.practices.fit.perform.declared import declared
from lockgate.programme.room import Room

_KINDS: Final[Mapping[str, str]] = {"probe": "fit.probed", "scenario": "scenario.run"}
_WORST: Final = (Proof.FAILS, Proof.UNTOLD, Proof.STALE, Proof.NEVER, Proof.HOLDS)


@dataclass(frozen=True)
class Traced:
    """The threads of a programme, and what hangs loose."""

    threads: tuple[Thread, ...]
    orphans: tuple[Orphan, ...]
    standings: tuple[Standing, ...]

    @property
    def whole(self) -> bool:
        """True when every requirement is proven and nothing hangs loose; nothing asked is not everything proven."""
        return bool(self.threads) and not self.orphans and all(one.proven for one in self.threads)


@dataclass(frozen=True)
class Sees:
    """What somebody may see."""

    entry: Callable[[Entry], bool]
    scope: Callable[[Scope], bool]


EVERYTHING: Final = Sees(lambda _: True, lambda _: True)


def traced(here: Room, sees: Sees = EVERYTHING) -> Traced:
    """Return the threads as of the room's moment, as far as somebody may see what they are made of."""
    probes = declared(here.workspace)
    supports: dict[str, list[str]] = defaultdict(list)
    for probe in probes:
        for about in probe.supports:
            supports[about].append(f"probe:{probe.key}")
    tests = {f"probe:{probe.key}": Outcome(Proof.NEVER) for probe in probes} | _tested(here, sees)
    entries = {name: [*here.entries.of(name)] for name in ("gap", "requirement")}
    hidden = {one.id for some in entries.values() for one in some if not sees.entry(one)}
    gaps = [_gap(entry) for entry in entries["gap"]]
    areas = {need: gap.capability for gap in reversed(gaps) for need in gap.needs if gap.capability}
    needs = [_need(entry, areas) for entry in entries["requirement"]]
    whole = Known(needs, gaps, supports, tests, _gates(here))
    seen = replace(
        whole, needs=[one for one in needs if one.id not in hidden], gaps=[one for one in gaps if one.id not in hidden]
    )
    found = threads(seen)
    return Traced(found, tuple(one for one in orphans(whole) if one.what not in hidden), standings(found))


def measured_from(here: Room) -> dict[str, str]:
    """Return what the tests of the threads were measured from, as it is now, for what is told of them together."""
    found: dict[str, str] = {}
    for (kind, scope), subjects in here.facts.index.found.items():
        for series in subjects.values() if kind in _KINDS.values() else ():
            newest = next((one for one in reversed(series.records) if one.number <= here.head.number), None)
            for name in newest.evidence.inputs if newest else ():
                digest = here.facts.digest(name, scope)
                found |= {name: digest} if digest is not None else {}
    return found


def _need(entry: Entry, areas: Mapping[str, str]) -> Need:
    area = entry.values.get("capability") or areas.get(entry.id, "")
    return Need(entry.id, entry.values["title"], entry.state, area, tuple(_linked(entry, "scenario", "probe")))


def _gap(entry: Entry) -> Answering:
    said = entry.values
    named = [*(said.get("customises") or ()), said.get("artefact"), *_linked(entry, "resource")]
    probe = [f"probe:{said['probe']}"] if said.get("probe") else []
    scenarios = [f"scenario:{key}" for key in said.get("test_cases") or ()]
    return Answering(
        id=entry.id,
        title=said["title"],
        state=entry.state,
        fit=said.get("fit") or "",
        needs=tuple(said.get("requirement") or ()),
        built=tuple(name for name in named if name),
        tests=(*probe, *scenarios, *_linked(entry, "scenario", "probe")),
        capability=said.get("capability") or "",
    )


def _linked(entry: Entry, *dimensions: str) -> Iterator[str]:
    return (link.to for link in entry.links if link.to.partition(":")[0] in dimensions)


def _tested(here: Room, sees: Sees) -> dict[str, Outcome]:
    """Return what the newest evidence of each test says, over all scopes that it was tried in."""
    found: dict[str, list[Outcome]] = defaultdict(list)
    for dimension, kind in _KINDS.items():
        for (of, scope), subjects in here.facts.index.found.items():
            if of != kind or not sees.scope(scope):
                continue
            for series in subjects.values():
                records = [one for one in series.records if one.number <= here.head.number]
                if records and dimension in series.subject:
                    found[f"{dimension}:{series.subject[dimension]}"].append(_newest(here, records))
    return {name: _together(some) for name, some in found.items()}


def _newest(here: Room, records: list[Numbered]) -> Outcome:
    newest = records[-1]
    once = any(_holds(one.evidence) for one in records)
    return Outcome(_proof(here, newest.evidence), (newest.number,), once)


def _proof(here: Room, evidence: Evidence) -> Proof:
    if any(here.facts.digest(name, evidence.scope) != digest for name, digest in evidence.inputs.items()):
        return Proof.STALE
    instance = evidence.instance
    database = here.facts.digest(f"{DATABASE}{instance.name}", evidence.scope) if instance and instance.name else None
    if instance is not None and database not in {None, instance.uuid}:
        return Proof.STALE  # of another database than that which the instance has now
    if _holds(evidence):
        return Proof.HOLDS
    return Proof.UNTOLD if evidence.kind == _KINDS["probe"] and "holds" not in evidence.measures else Proof.FAILS


def _holds(evidence: Evidence) -> bool:
    said: Mapping[str, Any] = evidence.measures
    held = said.get("holds") is True if evidence.kind == _KINDS["probe"] else said.get("failed") == 0
    return held and evidence.verdict is not Verdict.FAILED


def _together(some: Iterable[Outcome]) -> Outcome:
    all_of_them = list(some)
    worst = min((one.proof for one in all_of_them), key=_WORST.index)
    numbers = tuple(sorted(number for one in all_of_them for number in one.evidence))
    return Outcome(worst, numbers, all(one.once for one in all_of_them))


def _gates(here: Room) -> dict[str, list[str]]:
    asked = [(gate.key, asked_of([gate])) for gate in here.gates]
    return {dimension: [key for key, kinds in asked if kind in kinds] for dimension, kind in _KINDS.items()}
