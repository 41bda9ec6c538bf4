"""What can programs ask of runs? To see, start, cancel and resume them."""

from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema, Status
from pydantic import Field

from lockgate.faces.web.page import viewer_of
from lockgate.tower.interface import operation
from lockgate.tower.runs import queue
from lockgate.tower.runs.models import Run
from lockgate.tower.runs.showing import RunAnswer, WholeRun, shown, whole
from lockgate.tower.runs.verbs import asked_of

MOST = 200

router = Router(tags=["run"])


class Wish(Schema):
    """What is asked of a worker."""

    verb: str
    arguments: dict[str, Any] = Field(default_factory=dict)


@router.get("/run", response=list[RunAnswer])
@operation("run.see")
def runs(request: HttpRequest, state: str = "", before: int | None = None) -> list[RunAnswer]:  # noqa: ARG001 - an operation takes one
    """List runs, the newest first; `before` a number for older ones."""
    found = Run.objects.filter(**({"state": state} if state else {}), **({"pk__lt": before} if before else {}))
    return [shown(run) for run in found[:MOST]]


@router.get("/run/{number}", response=WholeRun)
@operation("run.see")
def run(request: HttpRequest, number: int) -> WholeRun:  # noqa: ARG001 - as above
    """Show one run, with what it said."""
    return whole(get_object_or_404(Run, pk=number))


@router.post("/run", response={201: RunAnswer})
@operation("run.start")
def start(request: HttpRequest, wish: Wish) -> Status[RunAnswer]:
    """Ask a worker for something."""
    asked_of(viewer_of(request), wish.verb, wish.arguments)
    asked = queue.ask(wish.verb, wish.arguments, by=viewer_of(request).person, moment=datetime.now(UTC))
    assert asked is not None  # noqa: S101 - only a schedule's moment can be asked for already
    return Status(201, shown(asked))


@router.post("/run/{number}/cancel", response=RunAnswer)
@operation("run.cancel")
def cancel(request: HttpRequest, number: int) -> RunAnswer:
    """Say that a run is not wanted any more."""
    found = get_object_or_404(Run, pk=number)
    queue.cancel(number, by=viewer_of(request).person, moment=datetime.now(UTC))
    found.refresh_from_db()
    return shown(found)


@router.post("/run/{number}/resume", response={201: RunAnswer})
@operation("run.start")
def resume(request: HttpRequest, number: int) -> Status[RunAnswer]:
    """Ask for what is left of a run."""
    found = get_object_or_404(Run, pk=number)
    asked_of(viewer_of(request), found.verb, found.arguments)
    return Status(201, shown(queue.resume(found, by=viewer_of(request).person, moment=datetime.now(UTC))))
