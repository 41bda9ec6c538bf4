"""T13: clocks that differ, step back or change with the season never change the order."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from lockgate.kernel.errors import UsageError
from lockgate.ledger import Event, open_ledger
from lockgate.ledger.asof import parse_as_of
from lockgate.ledger.verification import verify

RAISED = Event("gap.raised", {})
NINE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def append(url, at):
    with open_ledger(url, lambda: at) as ledger:
        return ledger.append([RAISED], by="ada")[0]


def test_order_is_by_number_whatever_the_clocks_say(url):
    minutes = [0, 10, -10, 5, 0, 10]
    made = [append(url, NINE + timedelta(minutes=each)) for each in minutes]
    with open_ledger(url) as ledger:
        assert [record.number for record in ledger.records()] == [1, 2, 3, 4, 5, 6, 7]
        assert list(ledger.records(after=1)) == made
        assert ledger.head().number == 7


def test_a_clock_that_ran_back_is_kept_and_said_from_thirty_seconds_on(url):  # R4
    steps = [0, -30, 10, -41, -41 - 600]
    made = [append(url, NINE + timedelta(seconds=each)) for each in steps]
    assert [record.behind_seconds for record in made] == [0, 0, 0, 51, 600]
    with open_ledger(url) as ledger:
        assert [record.behind_seconds for record in ledger.records()] == [0, 0, 0, 0, 51, 600]
        report = verify(ledger)
    assert (report.ok, list(report.behind)) == (True, [5, 6])


def test_the_hour_that_summer_time_repeats_is_two_hours(url):
    zone = ZoneInfo("Europe/Brussels")
    first = datetime(2026, 10, 25, 2, 30, tzinfo=zone, fold=0)
    second = datetime(2026, 10, 25, 2, 30, tzinfo=zone, fold=1)
    made = [append(url, moment) for moment in (first, second)]
    assert (made[1].at - made[0].at, made[1].behind_seconds) == (timedelta(hours=1), 0)
    with open_ledger(url) as ledger:
        assert ledger.head(first).number == 2
        assert ledger.head(second).number == 3


def test_one_wrong_clock_does_not_hide_or_show_the_rest(url):  # L4
    """A record stamped years ahead, and one stamped years back: neither decides what stood on the day."""
    hours = [NINE + timedelta(hours=each) for each in range(3)]
    for at in (hours[0], NINE.replace(year=2099), hours[1], NINE.replace(year=1999), hours[2]):
        append(url, at)
    with open_ledger(url) as ledger:
        assert ledger.head(NINE + timedelta(hours=1)).number == 4
        assert ledger.head(NINE + timedelta(days=1)).number == 6
        assert ledger.head(NINE.replace(year=2000)).number == 0


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("12", 12),
        ("0", 0),
        ("2026-03-02", datetime(2026, 3, 2, 23, 59, 59, 999999, UTC)),
        ("yesterday", datetime(2026, 3, 1, 23, 59, 59, 999999, UTC)),
        ("2026-03-02T17:30", datetime(2026, 3, 2, 17, 30, tzinfo=UTC)),
        ("2026-03-02T17:30+01:00", datetime(2026, 3, 2, 16, 30, tzinfo=UTC)),
        ("2026-03-02T17:30:05.5Z", datetime(2026, 3, 2, 17, 30, 5, 500000, UTC)),
    ],
)
def test_a_person_can_say_as_of_when(text, meaning):
    assert parse_as_of(text, lambda: NINE) == meaning


@pytest.mark.parametrize("text", ["", "soon", "-3", "2026-13-01", "\uff11"])
def test_what_is_no_moment_is_refused(text):
    with pytest.raises(UsageError, match="is no record and no moment"):
        parse_as_of(text)
