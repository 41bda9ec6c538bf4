"""When in the story was that? Days are counted from now, backwards, so that the story always ends today.

D1  A moment of a whole day lies in working hours, by a text that goes with it: the same for the same day and text.
D2  What falls on a weekend happens on the Friday evening before, in the same order.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zlib import crc32

FRIDAY, SATURDAY = 4, 5
_FIRST_HOUR = 8
_DAY_MINUTES = 9 * 60


@dataclass(frozen=True)
class Days:
    """The days of the story that ends at a moment."""

    now: datetime

    def at(self, day: int, about: str = "") -> datetime:
        """Return a moment of that day (D1, D2)."""
        minutes = crc32(f"{day} {about}".encode()) % _DAY_MINUTES
        date = (self.now + timedelta(days=day)).date()
        late = date.weekday() - FRIDAY
        if late <= 0:
            return datetime.combine(date, time(_FIRST_HOUR), UTC) + timedelta(minutes=minutes)
        evening = timedelta(hours=9 + 1.6 * (late - 1), minutes=minutes / 6)
        return datetime.combine(date - timedelta(days=late), time(_FIRST_HOUR), UTC) + evening

    def date(self, day: int) -> str:
        """Return the date of a day, as records keep it."""
        return (self.now + timedelta(days=day)).date().isoformat()
