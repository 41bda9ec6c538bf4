"""As of when? A record's number, a moment or a day, as a person types it.

`12` is a record, `2026-03-02T17:30` a moment (in UTC when it names no zone), `2026-03-02` the end of that day in UTC
and `yesterday` the end of the day before.
"""

from datetime import UTC, date, datetime, time, timedelta

from lockgate.kernel.clock import Clock, system_clock
from lockgate.kernel.errors import UsageError
from lockgate.ledger.ledger import AsOf


def parse_as_of(text: str, clock: Clock = system_clock) -> AsOf:
    """Return the number or moment that a text means."""
    if text.isascii() and text.isdigit():
        return int(text)
    if text == "yesterday":
        return _end_of(clock().astimezone(UTC).date() - timedelta(days=1))
    try:
        return _end_of(date.fromisoformat(text))
    except ValueError:
        pass
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise UsageError(
            f"{text!r} is no record and no moment.",
            do="Say a number (12), a day (2026-03-02), a moment (2026-03-02T17:30+01:00) or `yesterday`.",
        ) from None
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)


def _end_of(day: date) -> datetime:
    return datetime.combine(day, time.max, UTC)
