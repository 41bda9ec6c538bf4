"""What is due by itself? Of each schedule its newest moment that nobody asked for yet.

S1  Each moment of a schedule is asked for once, however many workers look.
S2  Of moments that passed while no worker looked only the newest is made up for, and none that is older than a day.
S3  A schedule with a calendar has no moments outside of its working time.
S4  A schedule that was never asked for begins now: its past is not made up for.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Final
from zoneinfo import ZoneInfo

from cronsim import CronSim

from lockgate.tower.runs import queue
from lockgate.tower.runs.models import Run
from lockgate.workspace import Workspace
from lockgate.workspace.frame.schedules import Schedule

BY: Final = "schedule"
OLDEST: Final = timedelta(days=1)
NEW: Final = timedelta(minutes=5)
"""How far back the first look at a schedule goes, so that a moment between two looks is not missed."""


def ask_what_is_due(workspace: Workspace, moment: datetime) -> list[Run]:
    """Put into the queue what the schedules want by now (S1)."""
    asked = []
    for schedule in workspace.schedules.values():
        due = last_moment(schedule, workspace, since=_since(schedule.key, moment), until=moment)
        if due is not None:
            run = queue.ask(schedule.verb, schedule.arguments, by=BY, moment=moment, schedule=schedule.key, due_at=due)
            asked += [run] if run else []
    return asked


def last_moment(schedule: Schedule, workspace: Workspace, *, since: datetime, until: datetime) -> datetime | None:
    """Return the newest moment of a schedule in a span, None when it has none there (S2, S3)."""
    due = None
    for each in takewhile(lambda one: one <= until, moments(schedule, workspace, after=since)):
        due = each
    return due


def moments(schedule: Schedule, workspace: Workspace, *, after: datetime) -> Iterator[datetime]:
    """Yield when a schedule is due after a moment (S3)."""
    zone = ZoneInfo(schedule.time_zone or workspace.programme.time_zone)
    calendar = workspace.calendars[schedule.calendar] if schedule.calendar else None
    for each in CronSim(schedule.when, after.astimezone(zone)):
        if calendar is None or calendar.works_at(each):
            yield each


def _since(key: str, moment: datetime) -> datetime:
    last = Run.objects.filter(schedule=key).order_by("-due_at").values_list("due_at", flat=True).first()
    return max(last, moment - OLDEST) if last else moment - NEW
