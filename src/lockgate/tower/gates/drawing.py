"""How are the parts and the measures of a criterion drawn? By hand: a gate has hundreds of them.

D1  Whatever stands in evidence or in a definition goes through `escape`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from lockgate.faces.web.reading import moment_writer
from lockgate.faces.web.templatetags.lockgate import state
from lockgate.gates.showing.explaining import PartTree
from lockgate.tower.gates.measures import HIGH, WIDE, Chart, Point
from lockgate.tower.gates.past import Step

_NAMED: Final = 12
"""How many numbers of evidence are named; the others are counted."""
Subjects = Mapping[int, str]


def parts(found: Iterable[PartTree], subjects: Subjects) -> SafeString:
    """Return the things that a criterion asks about, each with its status and the evidence that it rests on."""
    inside = "".join([_part(one, subjects) for one in found])
    return mark_safe(f'<ul class="parts">{inside}</ul>' if inside else "")  # noqa: S308 - D1


def charts(found: Iterable[Chart]) -> SafeString:
    """Return how the measures of a criterion went over the last runs."""
    shown = list(found)
    pen = _Pen(
        _("wanted: %(required)s"), _("%(earlier)s earlier"), _("%(measure)s over %(points)s runs, the numbers follow")
    )
    inside = "".join([pen.chart(one) for one in shown])
    return mark_safe(f'<div class="charts">{inside}</div>' if inside else "")  # noqa: S308 - D1


def marks(steps: Iterable[Step]) -> SafeString:
    """Return the moments at which the slider can stand."""
    written = moment_writer()
    told = (
        f'<option value="{place}" label="#{one.number} {escape(written(one.at))}: {escape(one.what)}"></option>'
        for place, one in enumerate(steps)
    )
    return mark_safe("".join(told))  # noqa: S308 - D1


def _part(part: PartTree, subjects: Subjects) -> str:
    said = f'<span class="dim">{escape(part["because"])}</span>'
    head, unmet = state(part["status"]), part["status"] != "met"
    if part["parts"]:
        name = escape(part["about"] or _("all of it"))
        opened = " open" if unmet else ""
        inside = parts(part["parts"], subjects)
        return f"<li><details{opened}><summary>{head} {name} {said}</summary>{inside}</details></li>"
    evidence = part["evidence"]
    about = part["about"] or (subjects.get(evidence[0], "") if len(evidence) == 1 else "")
    why = f"{said} " if unmet or not evidence else ""
    return f"<li>{head} {escape(about)} {why}{_numbers(evidence)}</li>"


def _numbers(numbers: Sequence[int]) -> str:
    named = "".join([f'<a class="ref" href="/evidence/{one}/">#{one}</a> ' for one in numbers[:_NAMED]])
    if len(numbers) <= _NAMED:
        return named
    more = _("and %(numbers)s more") % {"numbers": len(numbers) - _NAMED}
    return f'{named}<span class="dim">{escape(more)}</span>'


@dataclass(frozen=True)
class _Pen:
    """Draws charts; what stands in each of them is said once in the reader's language."""

    wanted: str
    earlier: str
    over: str

    def chart(self, chart: Chart) -> str:
        wanted = f" · {escape(self.wanted % {'required': chart.required})}" if chart.required else ""
        head = f'<strong>{escape(chart.measure)}</strong> <span class="dim">{escape(chart.about)}{wanted}</span>'
        earlier = ""
        if chart.earlier:
            count = escape(self.earlier % {"earlier": len(chart.earlier)})
            earlier = f'<details><summary class="dim">{count}</summary>{_runs(chart.earlier)}</details>'
        line = self._line(chart) if chart.line else ""
        return f'<figure class="chart"><figcaption>{head}</figcaption>{line}{_runs(chart.recent)}{earlier}</figure>\n'

    def _line(self, chart: Chart) -> str:
        label = escape(self.over % {"measure": chart.measure, "points": len(chart.points)})
        limit = f'<line class="limit" x1="0" x2="{WIDE}" y1="{chart.limit}" y2="{chart.limit}"/>' if chart.limit else ""
        return (
            f'<svg viewBox="0 0 {WIDE} {HIGH}" width="{WIDE}" height="{HIGH}" role="img" aria-label="{label}">{limit}'
            f'<polyline points="{chart.line}"/><circle cx="{chart.last.x}" cy="{chart.last.y}" r="2.6"/></svg>'
        )


def _runs(points: Iterable[Point]) -> str:
    written = moment_writer()
    told = (
        f"<li><strong>{escape(one.said)}</strong> "
        f'<a class="ref" href="/evidence/{one.number}/" title="{escape(written(one.taken_at))}">#{one.number}</a>'
        "</li>\n"
        for one in points
    )
    return f'<ol class="runs">{"".join(told)}</ol>'
