"""What is done by itself, and when? Schedules of verbs, in the working time of a calendar if one is named."""

from datetime import UTC, datetime
from typing import Annotated, Any, Self

from cronsim import CronSim, CronSimError
from pydantic import Field, model_validator

from lockgate.workspace.frame.standards import TimeZone
from lockgate.workspace.models.model import FORMS, Declares, Definition, Key, Reference, Text, fault

_VERB = r"^[a-z][a-z0-9-]*\.[a-z][a-z0-9-]*$"
FORMS[_VERB] = "The name of a verb, like ledger.verify."
_SOME_DAY = datetime(2026, 1, 1, tzinfo=UTC)


class Schedule(Definition):
    """Work that is asked for by itself."""

    key: Annotated[Key, Declares("schedule")]
    """How runs refer to it."""
    title: Text
    """What it is for."""
    verb: Annotated[str, Field(pattern=_VERB)]
    """What is done, like `ledger.verify`."""
    arguments: dict[str, Any] = Field(default_factory=dict)
    """With what."""
    when: Text
    """Minute, hour, day, month and weekday, as cron has them: `30 6 * * 1-5`."""
    time_zone: TimeZone | None = None
    """In which time zone that is meant; the programme's when left out."""
    calendar: Annotated[str, Reference("calendar")] | None = None
    """Only in the working time of this calendar; at any time when left out."""

    @model_validator(mode="after")
    def _can_be_read(self) -> Self:
        try:
            CronSim(self.when, _SOME_DAY)
        except CronSimError as error:
            hint = "Five parts: minute, hour, day, month, weekday, like 30 6 * * 1-5."
            raise fault("not-valid", f"`{self.when}` is no time: {error}", hint, at=("when",)) from None
        return self


class SchedulesFile(Definition):
    """What is done by itself."""

    schedules: tuple[Schedule, ...] = ()
    """The schedules."""
