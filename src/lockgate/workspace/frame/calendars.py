"""When is work done? Calendars with their working time and public holidays, and the periods that hold for many sites.

C1  A day is worked as its weekday says, unless it is a public holiday of the calendar's country or a `closed` day.
C2  A day under `open` is worked by its own hours, whatever else it is.
C3  Times are those of the calendar's time zone; a day that changes the clocks is as long as it is.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Annotated, Self
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, model_validator

from lockgate.workspace.frame.periods import Period
from lockgate.workspace.frame.standards import Country, TimeZone
from lockgate.workspace.models.model import FORMS, Declares, Definition, Distinct, Key, Reference, Text, fault
from lockgate.workspace.words import advice, clipped

_HOURS = r"^([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-4]):[0-5][0-9]$"
FORMS[_HOURS] = "From one time to another: 08:00-12:00."
_MIDNIGHT = 24 * 60


def _minutes(hours: str) -> tuple[int, int]:
    begin, _, end = hours.partition("-")
    return _minute(begin), _minute(end)


def _minute(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:])


def _forward(hours: str) -> str:
    begin, end = _minutes(hours)
    if not begin < end <= _MIDNIGHT:
        hint = "The second time is later; 24:00 ends the day. Give a night shift as two, one a day."
        raise fault("out-of-range", f"`{hours}` does not end after it begins", hint)
    return hours


def _in_order(shifts: tuple[str, ...]) -> tuple[str, ...]:
    for number in range(1, len(shifts)):
        if _minutes(shifts[number])[0] < _minutes(shifts[number - 1])[1]:
            hint = f"It begins after `{shifts[number - 1]}` ends."
            raise fault("out-of-range", f"`{shifts[number]}` overlaps the one before", hint, at=(number,))
    return shifts


Hours = Annotated[str, Field(pattern=_HOURS), AfterValidator(_forward)]
Shifts = Annotated[tuple[Hours, ...], AfterValidator(_in_order)]
SomeShifts = Annotated[tuple[Hours, ...], Field(min_length=1), AfterValidator(_in_order)]


class Week(Definition):
    """The working time of each day of the week; a day that is left out is free."""

    monday: Shifts = ()
    """Like `[08:00-12:00, 13:00-17:00]`."""
    tuesday: Shifts = ()
    """As above."""
    wednesday: Shifts = ()
    """As above."""
    thursday: Shifts = ()
    """As above."""
    friday: Shifts = ()
    """As above."""
    saturday: Shifts = ()
    """As above."""
    sunday: Shifts = ()
    """As above."""

    def shifts(self, day: date) -> tuple[str, ...]:
        """Return the hours of that weekday."""
        named: Shifts = getattr(self, tuple(Week.model_fields)[day.weekday()])
        return named


class ClosedDay(Definition):
    """A day off beside the public holidays."""

    on: date
    """Which day."""
    name: Text
    """What for."""


class OpenDay(Definition):
    """A day that is worked although it would be off."""

    on: date
    """Which day."""
    hours: SomeShifts
    """When."""
    name: str = ""
    """What for."""


class Calendar(Definition):
    """When a site works."""

    key: Annotated[Key, Declares("calendar")]
    """How other files refer to it."""
    name: Text
    """What people call it."""
    time_zone: TimeZone
    """The time zone of its hours, like Europe/Brussels."""
    country: Country | None = None
    """Whose public holidays are off; none when left out."""
    subdivision: Text | None = None
    """A part of the country with holidays of its own, like BY for Bavaria."""
    week: Week
    """The working time of a week."""
    closed: tuple[ClosedDay, ...] = ()
    """Days off beside the public holidays."""
    open: tuple[OpenDay, ...] = ()
    """Days that are worked although they would be off."""

    @model_validator(mode="after")
    def _has_holidays(self) -> Self:
        if self.subdivision is not None and self.country is None:
            raise fault("not-valid", "`subdivision` needs `country`", "Say the country.", at=("subdivision",))
        if self.country is None or self.subdivision is None:
            return self
        parts = subdivisions(self.country)
        if self.subdivision not in parts:
            message = f"`{clipped(self.subdivision)}` is no part of {self.country} with holidays of its own"
            raise fault("unknown-choice", message, advice(self.subdivision, parts), at=("subdivision",))
        return self

    def holiday(self, day: date) -> str | None:
        """Return what makes a day a holiday, None when nothing does."""
        for closed in self.closed:
            if closed.on == day:
                return closed.name
        return public_holidays(self.country, self.subdivision, day.year).get(day) if self.country else None

    def hours(self, day: date) -> tuple[str, ...]:
        """Return the hours that are worked on a day (C1, C2)."""
        for extra in self.open:
            if extra.on == day:
                return extra.hours
        return () if self.holiday(day) else self.week.shifts(day)

    def shifts(self, first: date, last: date) -> Iterator[tuple[datetime, datetime]]:
        """Return the moments between which work is done on the days from first to last (C3)."""
        zone = ZoneInfo(self.time_zone)
        for number in range((last - first).days + 1):
            day = first + timedelta(days=number)
            midnight = datetime.combine(day, time(), zone)
            for begin, end in map(_minutes, self.hours(day)):
                yield midnight + timedelta(minutes=begin), midnight + timedelta(minutes=end)

    def working_minutes(self, begin: datetime, end: datetime) -> float:
        """Return how many minutes are worked between two moments."""
        if end <= begin:
            return 0.0
        zone = ZoneInfo(self.time_zone)
        days = (begin.astimezone(zone).date(), end.astimezone(zone).date())
        begin, end = begin.astimezone(UTC), end.astimezone(UTC)  # moments of one zone are told apart by its clocks
        spans = ((max(begin, one.astimezone(UTC)), min(end, two.astimezone(UTC))) for one, two in self.shifts(*days))
        return sum(max((until - since).total_seconds(), 0.0) for since, until in spans) / 60

    def works_at(self, moment: datetime) -> bool:
        """Return True when work is done at that moment."""
        day = moment.astimezone(ZoneInfo(self.time_zone)).date()
        return any(begin <= moment < end for begin, end in self.shifts(day, day))


class SharedPeriod(Period):
    """A peak, a close or a blackout of several sites."""

    sites: Distinct[Annotated[str, Reference("site")]] = ()
    """Where, the sites below included; everywhere when left out."""


class CalendarsFile(Definition):
    """Working time, and the periods that hold for many sites."""

    calendars: tuple[Calendar, ...] = ()
    """When sites work."""
    periods: tuple[SharedPeriod, ...] = ()
    """Peaks, period closes and blackouts."""


@cache
def subdivisions(country: str) -> tuple[str, ...]:
    """Return the parts of a country with holidays of their own."""
    import holidays  # noqa: PLC0415 - it costs 0.1 s, and only calendars with a country need it

    known = getattr(holidays, country)
    return tuple(sorted({*known.subdivisions, *known.get_subdivision_aliases()}))


@cache
def public_holidays(country: str, subdivision: str | None, year: int) -> dict[date, str]:
    """Return the public holidays of a year with their names."""
    from holidays import country_holidays  # noqa: PLC0415 - as above

    return dict(country_holidays(country, subdiv=subdivision, years=year))
