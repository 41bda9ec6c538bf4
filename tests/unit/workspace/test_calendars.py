from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from lockgate.workspace import parse, read
from lockgate.workspace.frame.calendars import Calendar
from lockgate.workspace.frame.periods import Period, PeriodKind, Span

WEEK = "week: {monday: [08:00-12:00, 13:00-17:00], friday: [08:00-12:00], sunday: [00:00-24:00]}"


def calendar(more=""):
    """Return a calendar of Belgium with some lines more."""
    text = f"key: c\nname: C\ntime_zone: Europe/Brussels\n{WEEK}\n{more}\n"
    made, findings = parse(read(text), Calendar)
    assert findings == ()
    return made


def period(text):
    made, findings = parse(read(f"{{kind: close, name: P, {text}}}"), Period)
    assert findings == ()
    return made


def moment(text):
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/Brussels"))


def test_a_day_is_worked_as_its_weekday_says():  # C1
    plain = calendar()
    assert plain.hours(date(2026, 11, 23)) == ("08:00-12:00", "13:00-17:00")
    assert plain.hours(date(2026, 11, 24)) == ()
    assert plain.hours(date(2026, 5, 25)) == ("08:00-12:00", "13:00-17:00")  # no country, no public holidays


def test_a_public_holiday_or_a_closed_day_is_off():  # C1
    belgium = calendar("country: BE\nclosed: [{on: 2026-01-02, name: Rest}, {on: 2026-11-23, name: Stock count}]")
    assert "Monday" in belgium.holiday(date(2026, 5, 25))
    assert belgium.hours(date(2026, 5, 25)) == ()
    assert (belgium.holiday(date(2026, 11, 23)), belgium.hours(date(2026, 11, 23))) == ("Stock count", ())
    assert belgium.holiday(date(2026, 11, 24)) is None


def test_a_part_of_a_country_has_holidays_of_its_own():
    assert calendar("country: DE\nsubdivision: BY").holiday(date(2026, 1, 6)) is not None
    assert calendar("country: DE").holiday(date(2026, 1, 6)) is None


def test_a_day_that_is_declared_open_is_worked_whatever_else_it_is():  # C2
    days = "{on: 2026-05-24, hours: [09:00-10:00]}, {on: 2026-05-25, hours: [10:00-11:00]}"
    belgium = calendar(f"country: BE\nopen: [{days}]")
    assert belgium.hours(date(2026, 5, 25)) == ("10:00-11:00",)


@pytest.mark.parametrize(
    ("begin", "end", "minutes"),
    [
        ("2026-11-23T09:00", "2026-11-23T14:00", 240),
        ("2026-11-23T14:00", "2026-11-23T09:00", 0),
        ("2026-11-20T11:30", "2026-11-23T08:30", 30 + 1440 + 30),
        ("2026-11-24T00:00", "2026-11-24T23:00", 0),
        ("2026-03-29T00:00", "2026-03-30T00:00", 23 * 60),  # the clocks go forward
        ("2026-10-25T00:00", "2026-10-26T00:00", 25 * 60),  # and back
    ],
)
def test_the_minutes_worked_between_two_moments_are_counted(begin, end, minutes):  # C3
    assert calendar().working_minutes(moment(begin), moment(end)) == minutes
    assert calendar().working_minutes(moment(begin).astimezone(UTC), moment(end).astimezone(UTC)) == minutes


def test_work_is_done_at_a_moment_or_not():
    plain = calendar()
    moments = ("2026-11-23T07:59", "2026-11-23T08:00", "2026-11-23T12:00", "2026-11-22T23:59")
    assert [plain.works_at(moment(text)) for text in moments] == [False, True, False, True]


def test_a_period_with_days_is_on_those_days():  # P1
    peak = period("from: 2026-11-20, to: 2026-12-31")
    days = (date(2026, 11, 19), date(2026, 11, 20), date(2026, 12, 31), date(2027, 1, 1))
    assert [peak.covers(day) for day in days] == [False, True, True, False]


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("every: month, days_before: 2, days_after: 1", ["2025-12-30/2026-01-01", "2026-01-30/2026-02-01"]),
        ("every: quarter, days_before: 2", ["2025-12-30/2025-12-31"]),
        ("every: year, days_after: 3", ["2026-01-01/2026-01-03"]),
    ],
)
def test_a_period_comes_again_at_every_turn(text, spans):  # P2
    within = Span(date(2025, 12, 31), date(2026, 1, 31))
    assert [f"{span.first}/{span.last}" for span in period(text).spans(within)] == spans


def test_the_first_and_the_last_years_that_there_are_have_periods_too():
    month = period("every: month, days_before: 31, days_after: 31")
    assert month.covers(date(2, 1, 1))
    assert not list(month.spans(Span(date(1, 1, 1), date(1, 1, 2))))
    assert month.covers(date(9998, 12, 1))


def test_a_site_tells_what_makes_a_day_special(loaded):
    ghent = loaded().sites["ghent"]
    assert [each.name for each in ghent.busy(date(2026, 12, 31))] == ["Christmas", "Year end", "Month end"]
    assert [each.name for each in ghent.busy(date(2026, 12, 31), kind=PeriodKind.CLOSE)] == ["Month end"]
    assert ghent.calm(Span(date(2026, 10, 5), date(2026, 10, 9)))
    assert not ghent.calm(Span(date(2026, 10, 5), date(2026, 11, 1)))
