"""T13: clocks that differ, step back or change with the season never change the order."""

import random
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from lockgate.kernel.errors import UsageError
from lockgate.ledger import Event, open_ledger
from lockgate.ledger.asof import parse_as_of
from lockgate.ledger.proving.verification import verify

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


def numbers(url, moments):
    with open_ledger(url) as ledger:
        return [ledger.head(moment).number for moment in moments]


def test_one_wrong_clock_does_not_hide_or_show_the_rest(url):  # L4
    """A record stamped years ahead, and one stamped years back: neither decides what stood on the day."""
    hours = [NINE + timedelta(hours=each) for each in range(4)]
    ahead, back = NINE.replace(year=2099), NINE.replace(year=1999)
    for at in (hours[0], ahead, hours[1], hours[1], hours[2], hours[2], back, hours[3]):
        append(url, at)
    half = timedelta(minutes=30)
    assert numbers(url, [hours[0] - half, NINE.replace(year=2000)]) == [0, 0]
    assert numbers(url, [hours[0], hours[1], hours[1] + half, hours[3]]) == [2, 5, 5, 9]
    assert numbers(url, [hours[2]]) == [8]  # the one stamped years back stands next, and says that it was before
    assert numbers(url, [NINE + timedelta(days=1), NINE.replace(year=2100)]) == [9, 9]


def test_a_later_moment_never_shows_less_though_a_clock_once_ran_ahead(url):  # L4, M2
    """Of two moments after it was put right, the record of the clock that ran ahead is the latest of the second."""
    minutes = [0, 10, 60, 20, 30]
    for each in minutes:
        append(url, NINE + timedelta(minutes=each))
    asked = [NINE + timedelta(minutes=each) for each in (0, 10, 25, 30, 59, 60, 90)]
    assert numbers(url, asked) == [2, 3, 5, 6, 6, 6, 6]


def expected(times, moment):
    """The rule as it is written (M1 to M3), tried with every end."""
    reach, latest = [], None
    for at in times:
        latest = at if latest is None or latest - at > timedelta(seconds=30) else max(latest, at)
        reach.append(latest)
    wrong = [
        sum(at > moment for at in reach[:end]) + sum(at <= moment for at in reach[end:])
        for end in range(len(reach) + 1)
    ]
    return max(end for end in range(len(wrong)) if wrong[end] == min(wrong))


@pytest.mark.parametrize("seed", range(4))
def test_as_of_any_moment_the_ledger_ends_where_the_fewest_records_contradict(url, seed):  # M1, M2, M3
    chance = random.Random(seed)
    now, shown = NINE, {}
    for _ in range(60):
        now += timedelta(seconds=chance.choice([0, 1, 60]))
        wrong = chance.choice([0, 0, 0, -10, -31, 45, -1000, 1000]) * chance.choice([0, 1, 1])
        at = now + timedelta(seconds=wrong)
        with open_ledger(url, lambda at=at: at) as ledger:
            ledger.append([RAISED] * chance.randrange(1, 4), by="ada")
            times = [record.at for record in ledger.records()]
    moments = sorted({moment + step for moment in times for step in (timedelta(0), timedelta(microseconds=1))})
    shown = dict(zip(moments, numbers(url, moments), strict=True))
    assert shown == {moment: expected(times, moment) for moment in moments}
    assert list(shown.values()) == sorted(shown.values())
    with open_ledger(url) as ledger:
        assert ledger.rebuild()  # what is kept of the clocks is the same when made anew
        assert [ledger.head(moment).number for moment in moments] == list(shown.values())


def test_what_is_recorded_after_a_moment_does_not_change_what_it_shows(url):  # L4
    minutes = [0, 10, -300, 500, 20]
    made = [append(url, NINE + timedelta(minutes=each)) for each in minutes]
    asked = [record.at for record in made if record.at < NINE + timedelta(minutes=21)]
    before = numbers(url, asked)
    for each in (21, 22, 9000, 23, 21):
        append(url, NINE + timedelta(minutes=each))
    assert numbers(url, asked) == before


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
