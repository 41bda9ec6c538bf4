"""What time is it? Asked of a clock that is handed in, so that deciding has none of its own."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """Return the moment of this machine, in UTC."""
    return datetime.now(UTC)


def stamp(moment: datetime) -> str:
    """Return the moment as it stands in records: UTC, to the microsecond, always of the same length."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def moment_of(text: str) -> datetime:
    """Return the moment that `stamp` wrote."""
    return datetime.fromisoformat(text).astimezone(UTC)
