"""How did a measure go over the last runs? The numbers that a criterion looks at, with a line to draw.

M1  Only what the criterion asks about is drawn: the series of the evidence that it rests on, and the measures that it
    requires something of.
M2  A line takes two numbers; a yes is drawn above a no. Everything else is told in words.
M3  Evidence of sites that the viewer does not see is left out.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from lockgate.faces.web.reading import number
from lockgate.faces.web.viewer import Viewer
from lockgate.gates.asking.expanding import places
from lockgate.gates.criteria.definition import Criterion, Measured, questions
from lockgate.gates.facts.values import EvidenceValues, all_hold
from lockgate.kernel.comparison import Comparison, Name
from lockgate.kernel.evidence import Evidence
from lockgate.kernel.scope import Scope
from lockgate.ledger import Recorded
from lockgate.tower.gates.asked import Asked

RUNS: Final = 12
"""How many of the newest runs are drawn."""
RECENT: Final = 6
WIDE: Final = 160
HIGH: Final = 36
_EDGE: Final = 4

_Subject = frozenset[tuple[str, str]]
Series = Mapping[str, Mapping[tuple[Scope, _Subject], Sequence[Recorded]]]


@dataclass(frozen=True)
class Point:
    """One run."""

    number: int
    taken_at: datetime
    value: float | int | bool | str
    x: str = ""
    y: str = ""

    @property
    def said(self) -> str:
        """The value in words."""
        if isinstance(self.value, bool):
            return _("yes") if self.value else _("no")
        return self.value if isinstance(self.value, str) else number(self.value, 9)


@dataclass(frozen=True)
class Chart:
    """One measure of one subject."""

    measure: str
    about: str
    required: str
    points: tuple[Point, ...]
    """Oldest first."""
    line: str = ""
    """The points as SVG wants them; empty when there is no line to draw."""
    limit: str = ""
    """How high what is required lies; empty when it is no number."""

    @property
    def last(self) -> Point:
        """The newest run."""
        return self.points[-1]

    @property
    def recent(self) -> tuple[Point, ...]:
        """The runs whose numbers stand there at once."""
        return self.points[-RECENT:]

    @property
    def earlier(self) -> tuple[Point, ...]:
        """The runs whose numbers are folded away."""
        return self.points[:-RECENT]


def looked_at(found: Asked) -> list[Recorded]:
    """Return the newest evidence of the kinds that a gate asks for, where it asks for it."""
    asked = places(found.gate.criteria, found.scope, found.facts)
    kinds, scopes = {kind for kind, _ in asked}, {scope for _, scope in asked}
    if not asked:
        return []
    upto = found.room.head.number
    return found.room.place.ledger.current_evidence(sorted(kinds), sorted(scopes), upto=upto, last=RUNS)


def subjects(records: Iterable[Recorded]) -> dict[int, str]:
    """Return what each piece of evidence is about, by its number."""
    return {one.number: _named(one.evidence) for one in records}


def series_of(records: Iterable[Recorded]) -> Series:
    """Return evidence by kind, and in each by whom and what it is about: sorted out once for all criteria."""
    found: dict[str, dict[tuple[Scope, _Subject], list[Recorded]]] = {}
    for record in records:
        about = (record.evidence.scope, frozenset(record.evidence.subject.items()))
        found.setdefault(record.evidence.kind, {}).setdefault(about, []).append(record)
    return found


def charts(criterion: Criterion, numbers: Collection[int], series: Series, viewer: Viewer) -> list[Chart]:
    """Return the measures of a criterion that rests on evidence with these numbers (M1, M3)."""
    found = [
        chart
        for question in _measured([criterion])
        for (scope, _), runs in series.get(question.kind, {}).items()
        if viewer.sees(scope) and any(run.number in numbers for run in runs)
        for chart in _of_series(question, scope, runs)
    ]
    return list(dict.fromkeys(found))


def _measured(criteria: Iterable[Criterion]) -> Iterator[Measured]:
    for criterion in criteria:
        yield from (one for one in questions(criterion.question) if isinstance(one, Measured))


def _of_series(question: Measured, scope: Scope, runs: Sequence[Recorded]) -> Iterator[Chart]:
    matching = [run for run in runs if all_hold(question.where, EvidenceValues(run.evidence)) is not False]
    required = {one.left: one for one in reversed(question.require)}
    names = [*required, *([question.trend.measure] if question.trend else [])]
    for name in dict.fromkeys(names):
        points = [
            Point(run.number, run.evidence.taken_at, run.evidence.measures[name])
            for run in matching
            if name in run.evidence.measures
        ]
        if points:
            limit = _limit(required.get(name), matching[-1])
            said = str(required[name]) if name in required else f"{question.trend.direction}" if question.trend else ""
            yield _drawn(
                Chart(name, ", ".join(filter(None, [str(scope), _named(runs[-1].evidence)])), said, tuple(points)),
                limit,
            )


def _named(evidence: Evidence) -> str:
    return ", ".join(f"{dimension} {key}" for dimension, key in evidence.subject.items())


def _limit(required: Comparison | None, newest: Recorded) -> float | None:
    if required is None or len(required.right) != 1:
        return None
    right = required.right[0]
    value = EvidenceValues(newest.evidence).get(right.name) if isinstance(right, Name) else right
    return float(value) if _number(value) else None


def _drawn(chart: Chart, limit: float | None) -> Chart:
    """Return the chart with its line, when there is one to draw (M2)."""
    values = [point.value for point in chart.points]
    if len(values) < 2 or any(isinstance(value, str) for value in values):  # noqa: PLR2004 - a line takes two
        return chart
    numbers = [float(value) for value in values]
    low, high = min([*numbers, *_just(limit)]), max([*numbers, *_just(limit)])
    step = (WIDE - 2 * _EDGE) / (len(numbers) - 1)

    def y(value: float) -> str:
        share = (value - low) / (high - low) if high > low else 0.5
        return f"{HIGH - _EDGE - share * (HIGH - 2 * _EDGE):.1f}"

    points = tuple(
        Point(point.number, point.taken_at, point.value, f"{_EDGE + place * step:.1f}", y(number))
        for place, (point, number) in enumerate(zip(chart.points, numbers, strict=True))
    )
    line = " ".join(f"{point.x},{point.y}" for point in points)
    return Chart(chart.measure, chart.about, chart.required, points, line, "" if limit is None else y(limit))


def _just(limit: float | None) -> list[float]:
    return [] if limit is None else [limit]


def _number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
