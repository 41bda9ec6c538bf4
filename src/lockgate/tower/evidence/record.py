"""What is there to say of one record? What it measured, what of that still stands, its place, and what rests on it.

Z1  Taken and recorded are times of two clocks. Where they are more than thirty seconds apart, that is said.
Z2  Which gates rest on a record is asked of the gates as they stand: not while the workspace has findings.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from lockgate.faces.web.lines import address
from lockgate.faces.web.viewer import Viewer
from lockgate.gates.asking.evaluating import GateState
from lockgate.kernel.evidence import Evidence
from lockgate.ledger import Ledger, Record
from lockgate.ledger.evidence import evidence_of
from lockgate.ledger.record import TOLERATED_SECONDS
from lockgate.programme.versions import Difference, difference
from lockgate.tower.evidence.briefs import Brief
from lockgate.tower.evidence.chart import Line, lines
from lockgate.tower.evidence.seeing import visible
from lockgate.tower.evidence.standing import Compared, Input, Standing
from lockgate.workspace import Workspace

SHOWN_OF_SERIES = 30


@dataclass(frozen=True)
class Resting:
    """A criterion that a record speaks to."""

    gate: str
    gate_title: str
    scope: str
    criterion: str
    title: str
    status: str


@dataclass(frozen=True)
class Source:
    """An input, with where it is declared and what changed there."""

    input: Input
    path: str
    line: int
    difference: Difference | None

    @property
    def url(self) -> str:
        """Where it is declared."""
        return address(self.path, self.line)


@dataclass(frozen=True)
class Shown:
    """All that the page of a record shows."""

    brief: Brief
    record: Record
    evidence: Evidence | None
    standing: Standing | None
    sources: tuple[Source, ...]
    resting: tuple[Resting, ...]
    series: tuple[tuple[Brief, Mapping[str, object]], ...]
    """The newest first."""
    older: int
    """How many more of the series there are."""
    charts: tuple[Line, ...]
    apart_seconds: int
    """By how much it was recorded after it was taken, 0 when that is tolerated (Z1)."""
    previous: int | None
    following: int | None


def shown(number: int, compared: Compared, ledger: Ledger, viewer: Viewer, states: Iterable[GateState]) -> Shown | None:
    """Return what a viewer sees of a record, None when there is none for them."""
    if not 0 < number <= compared.upto:
        return None
    brief = compared.briefs.of(number)
    if not visible(brief, viewer, compared.briefs):
        return None
    record = ledger.record(number)
    evidence = evidence_of(record.payload) if brief.identity else None
    numbers = compared.briefs.series(brief, compared.upto)
    series = [ledger.record(each) for each in numbers[-SHOWN_OF_SERIES:]]
    measures = [(each.number, each.payload.get("measures", {})) for each in series]
    return Shown(
        brief=brief,
        record=record,
        evidence=evidence,
        standing=compared.standing(brief),
        sources=tuple(_sources(brief, evidence, compared)) if evidence else (),
        resting=tuple(resting({number}, states, viewer)),
        series=tuple((compared.briefs.of(each), said) for each, said in reversed(measures)),
        older=len(numbers) - len(series),
        charts=tuple(lines(measures, number)),
        apart_seconds=_apart(evidence, record.at) if evidence else 0,
        previous=number - 1 or None,
        following=number + 1 if number < compared.upto else None,
    )


def resting(numbers: set[int], states: Iterable[GateState], viewer: Viewer) -> Iterator[Resting]:
    """Yield the criteria that rest on one of these records, of gates that the viewer sees (Z2)."""
    for state in states:
        if viewer.sees(state.scope):
            for found in state.criteria:
                if not numbers.isdisjoint(found.found.evidence):
                    yield Resting(
                        gate=state.gate.key,
                        gate_title=state.gate.title,
                        scope=str(state.scope),
                        criterion=found.criterion.key,
                        title=found.criterion.title,
                        status=str(found.status),
                    )


def place_of(name: str, workspace: Workspace) -> tuple[str, int] | None:
    """Return the file and line in which an input is declared, None for what no file declares."""
    if name.startswith("file:"):
        path = name.removeprefix("file:")
        return (path, 1) if path in workspace.documents else None
    return workspace.places.get(name)


def _sources(brief: Brief, evidence: Evidence, compared: Compared) -> Iterator[Source]:
    instance = evidence.instance
    database = (instance.name, instance.uuid) if instance is not None and instance.name else None
    for each in compared.inputs(brief, database):
        place = place_of(each.name, compared.workspace)
        changed = place is not None and each.standing is not Standing.CURRENT
        told = difference(compared.workspace.root, place[0], evidence.taken_at) if place and changed else None
        yield Source(each, *(place or ("", 0)), told)


def _apart(evidence: Evidence, recorded_at: datetime) -> int:
    seconds = int((recorded_at - evidence.taken_at).total_seconds())
    return seconds if abs(seconds) > TOLERATED_SECONDS else 0
