"""What does the first page say? The chain of locks, what blocks next, what is stale, what waits for a decision.

O1  A row for the programme, each wave and each site that the viewer sees; a chamber for each of its
    gates, in the column of its stage.
O2  The water in a chamber stands as high as criteria are settled.
O3  What blocks a row is its first gate, in the order of the stages, that is not open.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from lockgate.faces.web.reading import day as written
from lockgate.faces.web.viewer import Viewer
from lockgate.gates.asking.evaluating import GateState, GateVerdict
from lockgate.gates.asking.outcome import Status
from lockgate.kernel.scope import PROGRAMME, Level, Scope
from lockgate.workspace import Workspace


@dataclass(frozen=True)
class Stage:
    """A column."""

    key: str
    title: str


@dataclass(frozen=True)
class Chamber:
    """One gate of one scope."""

    gate: str
    title: str
    scope: Scope
    verdict: str
    settled: int
    asked: int
    stale: int


@dataclass(frozen=True)
class Row:
    """One scope, with its chambers by stage."""

    scope: Scope
    name: str
    kind: str
    """What it is: a wave with its day, a warehouse, …"""
    depth: int
    stages: tuple[tuple[Stage, tuple[Chamber, ...]], ...]


@dataclass(frozen=True)
class Block:
    """What keeps a row from going on (O3)."""

    scope: Scope
    name: str
    gate: str
    title: str
    verdict: str
    lacking: tuple[tuple[str, str], ...]
    """Criterion and status, the first few."""
    more: int


@dataclass(frozen=True)
class Overview:
    """All that the page shows."""

    stages: tuple[Stage, ...]
    rows: tuple[Row, ...]
    blocks: tuple[Block, ...]
    stale: tuple[tuple[GateState, int], ...]
    ready: tuple[GateState, ...]
    counts: dict[str, int]


SHOWN = 1


def overview(states: Iterable[GateState], stages: Sequence[Stage], workspace: Workspace, viewer: Viewer) -> Overview:
    """Return what a viewer sees of the programme."""
    seen = [state for state in states if viewer.sees(state.scope)]
    by_place: dict[tuple[Scope, str], list[GateState]] = {}
    for state in seen:
        by_place.setdefault((state.scope, state.gate.stage), []).append(state)
    columns = tuple(stage for stage in stages if any(key == stage.key for _, key in by_place))
    rows = tuple(_rows(by_place, columns, workspace, viewer))
    counts = {str(verdict): sum(state.verdict is verdict for state in seen) for verdict in GateVerdict}
    stale = tuple((state, state.count(Status.STALE)) for state in seen if state.count(Status.STALE))
    ready = tuple(state for state in seen if state.verdict is GateVerdict.READY)
    return Overview(columns, rows, tuple(_blocks(by_place, columns, rows)), stale, ready, counts)


def name_of(scope: Scope, workspace: Workspace) -> str:
    """Return what people call a scope."""
    if scope.level is Level.SITE and scope.key in workspace.sites:
        return workspace.sites[scope.key].name
    if scope.level is Level.WAVE and scope.key in workspace.waves:
        return workspace.waves[scope.key].name
    return _("Programme") if scope == PROGRAMME else scope.key


def _rows(
    by_place: dict[tuple[Scope, str], list[GateState]], stages: Sequence[Stage], workspace: Workspace, viewer: Viewer
) -> Iterable[Row]:
    there = {scope for scope, _ in by_place}
    for scope, depth in _scopes(workspace):
        if scope in there and viewer.sees(scope):
            chambers = tuple((stage, tuple(map(_chamber, by_place.get((scope, stage.key), ())))) for stage in stages)
            yield Row(scope, name_of(scope, workspace), _kind(scope, workspace), depth, chambers)


def _kind(scope: Scope, workspace: Workspace) -> str:
    if scope.level is Level.SITE:
        return str(workspace.sites[scope.key].kind).replace("-", " ")
    if scope.level is Level.WAVE:
        day = workspace.waves[scope.key].go_live
        return _("wave, {day}").format(day=written(day)) if day else _("wave")
    return ""


def _scopes(workspace: Workspace) -> Iterable[tuple[Scope, int]]:
    yield PROGRAMME, 0
    for key in workspace.waves:
        yield Scope(Level.WAVE, key), 0
    for key in workspace.sites:
        yield Scope(Level.SITE, key), len(workspace.sites.upwards(key)) - 1


def _chamber(state: GateState) -> Chamber:
    asked = len(state.criteria)
    return Chamber(
        gate=state.gate.key,
        title=state.gate.title,
        scope=state.scope,
        verdict=str(state.verdict),
        settled=asked - len(state.unsettled),
        asked=asked,
        stale=state.count(Status.STALE),
    )


def _blocks(
    by_place: dict[tuple[Scope, str], list[GateState]], stages: Sequence[Stage], rows: Iterable[Row]
) -> Iterable[Block]:
    for row in rows:
        states = [state for stage in stages for state in by_place.get((row.scope, stage.key), ())]
        first = next((state for state in states if state.verdict is not GateVerdict.OPEN), None)
        if first is not None:
            lacking = [(found.criterion.title, str(found.status)) for found in first.unsettled]
            yield Block(
                scope=row.scope,
                name=row.name,
                gate=first.gate.key,
                title=first.gate.title,
                verdict=str(first.verdict),
                lacking=tuple(lacking[:SHOWN]),
                more=max(0, len(lacking) - SHOWN),
            )
