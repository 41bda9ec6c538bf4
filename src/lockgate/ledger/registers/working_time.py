"""Which days are worked somewhere, and when does a day end there? What a calendar says, as far as due times need it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final

DAY: Final = timedelta(days=1)
_SATURDAY: Final = 5
_WEEK: Final = 7
_LONGEST_REST: Final = 366


def on_weekdays(day: date) -> bool:
    """Return whether a day is none of a weekend: what counts where no calendar is declared."""
    return day.weekday() < _SATURDAY


@dataclass(frozen=True)
class WorkingTime:
    """The days that are worked at a place, and the time zone in which its days begin and end."""

    zone: tzinfo = UTC
    works: Callable[[date], bool] = on_weekdays

    def day_of(self, moment: datetime) -> date:
        """Return the day that it is there."""
        return moment.astimezone(self.zone).date()

    def end_of(self, day: date) -> datetime:
        """Return the moment at which a day ends there."""
        return datetime.combine(day + DAY, time(), self.zone).astimezone(UTC)

    def after(self, moment: datetime, days: int) -> datetime:
        """Return the end of the last of so many worked days that follow the day of a moment.

        Where less than a day a week is worked, the search ends after a week for each, and a year.
        """
        day = self.day_of(moment)
        last = day + DAY * (days * _WEEK + _LONGEST_REST)
        while days and day < last:
            day += DAY
            days -= self.works(day)
        return self.end_of(day)
