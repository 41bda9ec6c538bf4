"""What does the page of a gate show? The tree that `gate explain` tells, and around it what one may do and has done."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from lockgate.faces.web.viewer import Viewer
from lockgate.gates.asking.outcome import Status
from lockgate.gates.deciding.foreseeing import Foreseen, foresee
from lockgate.gates.deciding.permitting import Permission, emergency
from lockgate.gates.facts.history import Condition, Waiver
from lockgate.gates.showing.explaining import CriterionTree, GateTree, explain
from lockgate.tower.gates.asked import Asked
from lockgate.tower.gates.measures import Chart, charts, looked_at, series_of, subjects
from lockgate.tower.gates.past import Step, Told, steps, told
from lockgate.tower.programme.overview import name_of

CHARTS = 6
"""How many measures of a criterion are drawn."""


@dataclass(frozen=True)
class Shown:
    """A criterion with its charts."""

    tree: CriterionTree
    unfolded: bool
    """True for the first that keeps the gate closed."""
    charts: tuple[Chart, ...]
    more: int
    """How many measures are not drawn."""


@dataclass(frozen=True)
class Dated:
    """A waiver or a condition, and whether it still counts."""

    what: Waiver | Condition
    state: str


@dataclass(frozen=True)
class GatePage:
    """All that the page shows."""

    tree: GateTree
    name: str
    """What people call the scope."""
    criteria: tuple[Shown, ...]
    subjects: dict[int, str]
    """What each piece of evidence is about, by its number."""
    lacking: tuple[CriterionTree, ...]
    """Those that keep it closed; none where something else does."""
    settled: int
    waivers: tuple[Dated, ...]
    conditions: tuple[Dated, ...]
    foreseen: Foreseen
    guards: tuple[str, ...]
    """The roles of instances that the gate guards."""
    permit: Permission | None
    history: tuple[Told, ...]
    number: int
    hash: str
    commit: str
    moment: datetime
    objective: str


def gate_page(found: Asked, viewer: Viewer) -> GatePage:
    """Return the page of a gate."""
    room, state = found.room, found.state
    tree = explain(state, room.people)
    records = looked_at(found)
    series = series_of(records)
    drawn = [charts(one.criterion, set(one.found.evidence), series, viewer) for one in state.criteria]
    first, unsettled = next(iter(state.unsettled), None), {one.criterion.key for one in state.unsettled}
    criteria = tuple(
        Shown(said, one is first, tuple(of_it[:CHARTS]), max(0, len(of_it) - CHARTS))
        for said, one, of_it in zip(tree["criteria"], state.criteria, drawn, strict=True)
    )
    return GatePage(
        tree=tree,
        name=name_of(found.scope, room.workspace),
        criteria=criteria,
        subjects=subjects(one for one in records if viewer.sees(one.evidence.scope)),
        lacking=() if state.overdue else tuple(one.tree for one in criteria if one.tree["id"] in unsettled),
        settled=len(state.criteria) - len(state.unsettled),
        waivers=_waivers(found),
        conditions=_conditions(found),
        foreseen=foresee(state, viewer.person, room.electorate(found.gate.key, found.scope)),
        guards=tuple(map(str, found.gate.guards)),
        permit=emergency(state, room.people),
        history=tuple(told(found)),
        number=room.head.number,
        hash=room.head.hash,
        commit=room.commit,
        moment=state.moment,
        objective=found.gate.objective,
    )


def moments(found: Asked, viewer: Viewer) -> list[Step]:
    """Return when something changed for the gate, up to what it was asked with."""
    return steps(found, looked_at(found), viewer)


def names(found: Asked) -> dict[str, str]:
    """Return what people are called, by their ids."""
    return {key: one.name or key for key, one in found.room.workspace.people.items()}


def sheet(found: Asked, viewer: Viewer) -> dict[str, Any]:
    """Return what stands on the sheet that is signed: a line for each of those who may."""
    shown = gate_page(found, viewer)
    people = shown.tree["decides"]["people"]
    blank = range(max(0, found.gate.decides.quorum - len(people)))
    return {"page": shown, "names": names(found), "blank": blank}


def _waivers(found: Asked) -> tuple[Dated, ...]:
    history, moment = found.state.history, found.state.moment
    counting = {one.number for criterion in found.state.criteria if (one := criterion.waiver)}
    return tuple(
        Dated(one, _("in force") if one.number in counting else _("over") if one.until <= moment else _("not needed"))
        for one in reversed(history.waivers)
    )


def _conditions(found: Asked) -> tuple[Dated, ...]:
    state = found.state
    conditions = state.history.decision.conditions if state.history.decision else ()

    def stands(one: Condition) -> str:
        about = state.of(one.criterion)
        if one.fulfilled or (about is not None and about.found.status is Status.MET):
            return _("fulfilled")
        return _("overdue") if one.due <= state.moment else _("pending")

    return tuple(Dated(one, stands(one)) for one in conditions)
