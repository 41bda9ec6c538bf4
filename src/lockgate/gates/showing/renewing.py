"""What has to be measured again, and which verb does it? The stale evidence of all gates, each piece once."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from lockgate.gates.asking.evaluating import CriterionState, GateState
from lockgate.gates.asking.outcome import Part, Status
from lockgate.gates.criteria.placeholders import fill
from lockgate.gates.showing.filling import lacking, names_at


@dataclass(frozen=True)
class Rerun:
    """Evidence that would be renewed by one command."""

    kind: str
    scope: str
    about: str
    because: str
    command: str
    """Empty when nothing is known that renews it."""
    evidence: tuple[int, ...]
    gates: tuple[str, ...]
    """The gates that wait for it."""


def plan(states: Iterable[GateState], producers: Mapping[str, str]) -> tuple[Rerun, ...]:
    """Return what to run again; `producers` has a command for kinds of which the criterion names none."""
    found: dict[tuple[str, str, str, str], Rerun] = {}
    for state in states:
        for one in _stale(state, producers):
            key = (one.kind, one.scope, one.about, one.command)
            gates = (*found[key].gates, *one.gates) if key in found else one.gates
            found[key] = Rerun(
                one.kind, one.scope, one.about, one.because, one.command, one.evidence, tuple(dict.fromkeys(gates))
            )
    return tuple(found.values())


def _stale(state: GateState, producers: Mapping[str, str]) -> Iterator[Rerun]:
    for found in state.criteria:
        for part in lacking(found.found):
            if part.status is Status.STALE:
                yield _rerun(state, found, part, producers)


def _rerun(state: GateState, found: CriterionState, part: Part, producers: Mapping[str, str]) -> Rerun:
    command = fill(found.criterion.do or producers.get(part.kind, ""), names_at(state, found, part))
    gates = (f"{state.gate.key} {state.scope}",)
    return Rerun(part.kind, str(state.scope), part.name, part.because, command, part.evidence, gates)
