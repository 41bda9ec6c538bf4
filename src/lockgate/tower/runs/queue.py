"""Who does what is waiting? One worker for each run, and another when it has not been heard of for a while.

Q1  A run is taken by one worker only, however many try at once: the one whose fence is the newest.
Q2  A worker that is not heard of for `LEASE` loses its runs; the next one goes on from what was kept.
Q3  Whoever has lost a run writes nothing more to it: each write names the fence that it was taken with.
Q4  A run that several workers died over is given up, so that it does not take all of them.
Q5  A run that nobody has begun is cancelled at once; one that is under way stops when it next tells how far it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from lockgate.faces.web.words import said
from lockgate.kernel.errors import RefusedError, UsageError
from lockgate.kernel.verb import Lost, Outcome, Stopped
from lockgate.tower.runs.models import Line, Run, State, WorkerSeen

LEASE: Final = timedelta(seconds=30)
MOST_DEATHS: Final = 4
FORGOTTEN: Final = timedelta(days=7)
"""After which a worker that is not heard of any more is no longer told of."""


@dataclass(frozen=True)
class Grip:
    """The hold that a worker has on a run."""

    run: int
    fence: int


def ask(
    verb: str,
    arguments: Mapping[str, Any],
    *,
    by: str,
    moment: datetime,
    resumes: Run | None = None,
    schedule: str = "",
    due_at: datetime | None = None,
) -> Run | None:
    """Put work into the queue; None when the schedule has asked for this moment already."""
    run = Run(verb=verb, arguments=dict(arguments), asked_by=by, asked_at=moment, schedule=schedule, due_at=due_at)
    if resumes is not None:
        run.resumes, run.kept = resumes, resumes.kept
    try:
        with transaction.atomic():
            run.save()
    except IntegrityError:
        return None
    return run


def take(worker: str, moment: datetime) -> tuple[Grip, Run] | None:
    """Take the run that waits longest, or one whose worker is gone; None when there is none (Q1, Q2)."""
    gone = Q(state=State.RUNNING, heard_until__lt=moment)
    while True:
        run = Run.objects.filter(Q(state=State.QUEUED) | gone).order_by("id").first()
        if run is None:
            return None
        died = run.died + (run.state == State.RUNNING)
        if died >= MOST_DEATHS:
            _give_up(run, moment)
            continue
        taken = Run.objects.filter(pk=run.pk, fence=run.fence, state=run.state).update(
            state=State.RUNNING,
            fence=run.fence + 1,
            died=died,
            worker=worker,
            heard_until=moment + LEASE,
            began_at=run.began_at or moment,
        )
        if taken:
            run.refresh_from_db()
            return Grip(run.pk, run.fence), run


def heard(grip: Grip, moment: datetime, **more: Any) -> None:
    """Say that the worker is there, and how far it is; raises when the run is lost or not wanted (Q3, Q5)."""
    if not _held(grip).update(heard_until=moment + LEASE, **more):
        raise _lost(grip)
    who = Run.objects.values_list("cancelled_by", flat=True).get(pk=grip.run)
    if who:
        raise Stopped(f"{who} cancelled it.")


def say(grip: Grip, lines: list[tuple[datetime, str]]) -> None:
    """Add to what the run said (Q3)."""
    with transaction.atomic():
        if not _held(grip).update(fence=F("fence")):
            raise _lost(grip)
        Line.objects.bulk_create([Line(run_id=grip.run, at=at, text=text) for at, text in lines])


def keep(grip: Grip, state: Mapping[str, Any]) -> None:
    """Keep from where to go on (Q3)."""
    if not _held(grip).update(kept=dict(state)):
        raise _lost(grip)


def end(grip: Grip, outcome: Outcome, moment: datetime) -> None:
    """Note what came of it (Q3)."""
    _end(
        grip,
        moment,
        state=State.DONE if outcome.ok else State.NO,
        says=outcome.says,
        facts=dict(outcome.facts),
        evidence=list(outcome.evidence),
        seconds_left=None,
    )


def fail(grip: Grip, says: str, moment: datetime) -> None:
    """Note why nothing came of it (Q3)."""
    _end(grip, moment, state=State.FAILED, says=says, seconds_left=None)


def stop(grip: Grip, says: str, moment: datetime) -> None:
    """Note that it was stopped on somebody's wish (Q3)."""
    _end(grip, moment, state=State.CANCELLED, says=says, seconds_left=None)


def give_back(grip: Grip) -> None:
    """Let another worker go on with it, as when this one is told to end."""
    _held(grip).update(state=State.QUEUED, worker="", heard_until=None)


def cancel(run: int, *, by: str, moment: datetime) -> None:
    """Say that a run is not wanted any more (Q5)."""
    says = f"{by} cancelled it before it began."  # kept with the run, so in no reader's language
    began = Run.objects.filter(pk=run, state=State.QUEUED)
    if began.update(state=State.CANCELLED, cancelled_by=by, says=says, ended_at=moment):
        return
    if not Run.objects.filter(pk=run, state=State.RUNNING).update(cancelled_by=by):
        raise RefusedError(_("This run is over."), why=_("It ended before it could be cancelled."))


def resume(run: Run, *, by: str, moment: datetime) -> Run:
    """Ask for what is left of a run that failed or was cancelled."""
    if run.state not in {State.FAILED, State.CANCELLED}:
        why = _("This one is {state}.").format(state=said(run.state))
        raise UsageError(_("Only a run that failed or was cancelled is taken up again."), why=why)
    asked = ask(run.verb, run.arguments, by=by, moment=moment, resumes=run)
    if asked is None:  # only schedules ask for a moment
        raise UsageError(_("It was asked for already."))
    return asked


def _give_up(run: Run, moment: datetime) -> None:
    says = f"Given up: {MOST_DEATHS} workers ended in the midst of it. Look at their logs, then resume it."
    Run.objects.filter(pk=run.pk, fence=run.fence).update(
        state=State.FAILED, fence=F("fence") + 1, says=says, ended_at=moment
    )


def _end(grip: Grip, moment: datetime, **what: Any) -> None:
    if not _held(grip).update(ended_at=moment, heard_until=None, **what):
        raise _lost(grip)


def _held(grip: Grip) -> Any:
    return Run.objects.filter(pk=grip.run, fence=grip.fence, state=State.RUNNING)


def _lost(grip: Grip) -> Lost:
    told = _("Run {number} was given to another worker.").format(number=grip.run)
    return Lost(told, why=_("This one had not been heard of in time."))


def seen(worker: str, moment: datetime) -> None:
    """Note that a worker is there."""
    WorkerSeen.objects.update_or_create(name=worker, defaults={"at": moment})
    WorkerSeen.objects.filter(at__lt=moment - FORGOTTEN).delete()
