"""What comes next by itself? The next moment of each schedule, and what came of the last one."""

from dataclasses import dataclass
from datetime import datetime

from lockgate.tower.runs.models import Run
from lockgate.tower.runs.schedules import moments
from lockgate.workspace import Workspace
from lockgate.workspace.frame.schedules import Schedule


@dataclass(frozen=True)
class Planned:
    """A schedule and its next moment."""

    schedule: Schedule
    next_at: datetime | None
    last: Run | None


def planned(workspace: Workspace, moment: datetime) -> list[Planned]:
    """Return the schedules, the next one first."""
    newest = {run.schedule: run for run in Run.objects.filter(schedule__in=list(workspace.schedules)).order_by("id")}
    found = [
        Planned(schedule, next(moments(schedule, workspace, after=moment), None), newest.get(key))
        for key, schedule in workspace.schedules.items()
    ]
    return sorted(found, key=lambda one: (one.next_at is None, one.next_at or moment))
