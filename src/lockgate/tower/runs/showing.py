"""How is a run shown? As plain data, the same for pages and the API."""

from datetime import datetime

from django.utils.translation import gettext as _
from typing_extensions import TypedDict

from lockgate.faces.pace import duration
from lockgate.faces.web.reading import number
from lockgate.kernel.clock import stamp
from lockgate.tower.runs.models import Run


class LineAnswer(TypedDict):
    """Something that a run said."""

    at: str
    text: str


class RunAnswer(TypedDict):
    """The keys of a run."""

    run: int
    verb: str
    arguments: dict[str, object]
    state: str
    asked_by: str
    asked_at: str
    began_at: str | None
    ended_at: str | None
    schedule: str
    worker: str
    cancelled_by: str
    done: int
    total: int | None
    unit: str
    rate: float
    seconds_left: float | None
    says: str
    evidence: list[int]
    resumes: int | None


class WholeRun(RunAnswer):
    """A run with what it said."""

    facts: dict[str, object]
    lines: list[LineAnswer]


SHOWN_LINES = 500


def shown(run: Run) -> RunAnswer:
    """Return a run as lists tell it."""
    return RunAnswer(
        run=run.pk,
        verb=run.verb,
        arguments=run.arguments,
        state=run.state,
        asked_by=run.asked_by,
        asked_at=stamp(run.asked_at),
        began_at=_stamped(run.began_at),
        ended_at=_stamped(run.ended_at),
        schedule=run.schedule,
        worker=run.worker,
        cancelled_by=run.cancelled_by,
        done=run.done,
        total=run.total,
        unit=run.unit,
        rate=run.rate,
        seconds_left=run.seconds_left,
        says=run.says,
        evidence=list(run.evidence),
        resumes=run.resumes_id,
    )


def whole(run: Run) -> WholeRun:
    """Return all of a run, with the last of what it said."""
    last = list(run.lines.order_by("-id").values_list("at", "text")[:SHOWN_LINES])[::-1]
    lines = [LineAnswer(at=stamp(at), text=text) for at, text in last]
    return WholeRun(**shown(run), facts=run.facts, lines=lines)


def pace(run: Run) -> str:
    """Return in words how far a run is."""
    parts = []
    if run.done:
        counted = _("{done} of {total}") if run.total else "{done}"
        parts.append(f"{counted.format(done=number(run.done), total=number(run.total or 0))} {run.unit}".strip())
    if run.rate:
        parts.append(f"{number(run.rate, 0)} {run.unit}/s".strip())
    if run.seconds_left is not None and not run.over:
        parts.append(_("{duration} left").format(duration=duration(run.seconds_left)))
    return ", ".join(parts)


def _stamped(moment: datetime | None) -> str | None:
    return stamp(moment) if moment else None
