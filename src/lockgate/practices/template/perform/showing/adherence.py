"""How far is each site as the template says? By its last look for drift, and those before it.

A1  Every site that the viewer sees has a line, one for each instance that was looked at; one that was never looked at
    says so.
A2  Adherence is the part of the resources that are as declared, in percent.
A3  An approved deviation is no difference: the template says it, and how many there are is told beside.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from typing_extensions import TypedDict

from lockgate.faces.web.viewer import Viewer
from lockgate.kernel.clock import stamp
from lockgate.kernel.scope import PROGRAMME, Level, Scope
from lockgate.ledger import AsOf
from lockgate.ledger.evidence import Recorded
from lockgate.practices.template.perform.showing.inbox import percent
from lockgate.practices.template.perform.showing.layers import sites as sites_of
from lockgate.practices.template.perform.showing.looks import history, instance_of, is_stale
from lockgate.programme.server import workspace_as_of

WIDTH: Final = 160
HEIGHT: Final = 36
_MARGIN: Final = 4


class TrendAnswer(TypedDict):
    """One look for drift of a trend."""

    evidence: int
    looked_at: str
    adherence: float


class AdherenceAnswer(TypedDict):
    """How far a site is as the template says; without evidence where it was never looked at."""

    scope: str
    name: str
    instance: str
    evidence: int | None
    looked_at: str
    stale: bool
    resources: int
    in_sync: int
    drifted: int
    unapproved: int
    deviations: int
    """Approved or not, those that files name which hold at the site; 0 for the programme."""
    adherence: float | None
    runs: list[TrendAnswer]


@dataclass(frozen=True)
class Row:
    """A line of the page: what is told, and its trend as a picture."""

    told: AdherenceAnswer
    points: tuple[tuple[float, float], ...]

    @property
    def path(self) -> str:
        """What a polyline takes."""
        return " ".join(f"{x},{y}" for x, y in self.points)

    @property
    def last(self) -> tuple[float, float]:
        """The newest point."""
        return self.points[-1]


def adherence(viewer: Viewer, when: AsOf | None) -> list[AdherenceAnswer]:
    """Return how far the programme and each site are as the template says (A1)."""
    workspace = workspace_as_of(when)
    by_place: dict[tuple[str, str], list[Recorded]] = {}
    for one in history(viewer, when):
        by_place.setdefault((str(one.evidence.scope), instance_of(one)), []).append(one)
    sites = [Scope(Level.SITE, key) for key in workspace.sites]
    told = []
    for scope in (PROGRAMME, *(one for one in sites if viewer.sees(one))):
        name = workspace.sites[scope.key].name if scope.level is Level.SITE else ""
        there = [(place, runs) for place, runs in sorted(by_place.items()) if place[0] == str(scope)]
        told += [_told(place, name, runs, when) for place, runs in there]
        if not there and scope != PROGRAMME:
            told.append(_never(str(scope), name))
    named = {f"site:{one['site']}": one["deviations"] for one in sites_of(viewer, when)}
    return [AdherenceAnswer(**{**one, "deviations": named.get(one["scope"], 0)}) for one in told]  # A3


def rows(told: Sequence[AdherenceAnswer]) -> list[Row]:
    """Return the lines with their trends."""
    return [Row(one, _points([run["adherence"] for run in one["runs"]])) for one in told]


def _told(place: tuple[str, str], name: str, runs: Sequence[Recorded], when: AsOf | None) -> AdherenceAnswer:
    last = runs[-1].evidence.measures
    figures = {key: int(last.get(key, 0)) for key in ("resources", "in_sync", "drifted", "unapproved")}
    past = [
        TrendAnswer(evidence=one.number, looked_at=stamp(one.evidence.taken_at), adherence=_of(one)) for one in runs
    ]
    return AdherenceAnswer(
        scope=place[0],
        name=name,
        instance=place[1],
        evidence=runs[-1].number,
        looked_at=past[-1]["looked_at"],
        stale=is_stale(runs[-1], when),
        resources=figures["resources"],
        in_sync=figures["in_sync"],
        drifted=figures["drifted"],
        unapproved=figures["unapproved"],
        deviations=0,
        adherence=past[-1]["adherence"],
        runs=past,
    )


def _never(scope: str, name: str) -> AdherenceAnswer:
    return AdherenceAnswer(
        scope=scope,
        name=name,
        instance="",
        evidence=None,
        looked_at="",
        stale=False,
        resources=0,
        in_sync=0,
        drifted=0,
        unapproved=0,
        deviations=0,
        adherence=None,
        runs=[],
    )


def _of(found: Recorded) -> float:
    """Return the adherence of a look (A2)."""
    measures = found.evidence.measures
    return percent(float(measures.get("in_sync", 0)), float(measures.get("resources", 0)))


def _points(values: Sequence[float]) -> tuple[tuple[float, float], ...]:
    """Return the points of a trend, from nothing at the bottom to all at the top."""
    step = (WIDTH - 2 * _MARGIN) / max(1, len(values) - 1)
    tall = HEIGHT - 2 * _MARGIN
    return tuple(
        (round(_MARGIN + number * step, 1), round(_MARGIN + tall * (100 - value) / 100, 1))
        for number, value in enumerate(values)
    )
