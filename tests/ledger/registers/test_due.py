"""By when something must be done, and who hears of it when it is not."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from lockgate.kernel.register import State
from lockgate.ledger.registers.action import Move, Tag
from lockgate.ledger.registers.due import Escalated, due_at, is_open, overdue, view
from lockgate.ledger.registers.working_time import WorkingTime, on_weekdays
from support.registers import GAP, MONDAY, World, actor

AUTHORITY = actor("dan", "design-authority")
BRUSSELS, NEW_YORK = ZoneInfo("Europe/Brussels"), ZoneInfo("America/New_York")
EASTER = {date(2027, 3, 26), date(2027, 3, 29)}


def late(world, **later):
    return overdue(world.known.entries.of("gap"), world.known, MONDAY + timedelta(**later))


def with_open(world, **state):
    """Return the world with another declaration of the state `open`."""
    opened = State("open", "Open", **state)
    return world.with_(registers={**world.known.registers, "gap": replace(GAP, states=(opened, *GAP.states[1:]))})


def test_a_record_is_due_by_its_own_date_else_by_its_state(world):  # T1
    world.raised().raised(due="2027-03-02")
    assert due_at(world.gap(1), world.known) == world.gap(1).raised_at + timedelta(days=10)
    assert due_at(world.gap(2), world.known) == MONDAY.replace(day=3, hour=0)


def test_late_records_are_told_with_who_should_hear_of_it(world):  # T2, T3
    world.raised(owner="bea").raised(due="2027-03-02").raised(due="2027-05-01")
    found = late(world, days=12)
    assert [(one.entry.id, one.days, one.owner, one.escalates_to) for one in found] == [
        ("GAP-2", 11, "", "sponsor"),
        ("GAP-1", 2, "bea", "sponsor"),
    ]
    assert found[0].escalated == (Escalated("sponsor", found[0].due),)


def test_a_way_up_reaches_one_role_after_another(world):  # T3
    with_open(world, due_days=1, escalates_by="issue").raised()
    world.with_(ways={"issue": (("lead", timedelta(hours=4)), ("sponsor", timedelta(days=2)))})
    due = world.gap().raised_at + timedelta(days=1)

    def heard(**since):
        (found,) = overdue([world.gap()], world.known, due + timedelta(**since))
        return [(one.role, one.since - due) for one in found.escalated], found.escalates_to

    assert heard(hours=1) == ([], "")
    assert heard(hours=4) == ([("lead", timedelta(hours=4))], "lead")
    assert heard(days=3) == ([("lead", timedelta(hours=4)), ("sponsor", timedelta(days=2))], "sponsor")


def test_what_is_closed_is_never_late(world):  # T2
    world.proposed(due="2027-03-01").do(Move("GAP-1", "decide", "Cheap"), AUTHORITY)
    assert late(world, days=99) == ()


def test_a_state_that_is_not_declared_any_more_counts_as_open(world):
    world.raised(due="2027-03-01").raised()
    other = replace(GAP, states=(State("new", "New"),))
    assert is_open(world.gap(), other)
    world.with_(registers={"gap": other})
    assert [one.escalates_to for one in late(world, days=9)] == [""]


def test_working_days_are_counted_by_the_calendar_of_the_site(world):  # T4
    with_open(world, due_days=5, working_days=True).raised(site="ghent").raised(site="lyon").raised()
    world.with_(
        calendars={
            "belgium": WorkingTime(BRUSSELS, lambda day: on_weekdays(day) and day != date(2027, 3, 3)),
            "": WorkingTime(NEW_YORK),
        }
    )
    assert due_at(world.gap(1), world.known) == datetime(2027, 3, 10, tzinfo=BRUSSELS)  # Tuesday the 9th ends
    assert due_at(world.gap(2), world.known) == datetime(2027, 3, 9, tzinfo=NEW_YORK)  # no site above it says more
    assert due_at(world.gap(3), world.known) == datetime(2027, 3, 9, tzinfo=NEW_YORK)


def test_of_several_sites_the_one_rules_that_gives_most_time(world):  # T4
    fields = tuple(replace(one, several=one.key == "site" or one.several) for one in GAP.fields)
    opened = State("open", "Open", due_days=1, working_days=True)
    world.with_(registers={"gap": replace(GAP, fields=fields, states=(opened, *GAP.states[1:]))})
    world.with_(calendars={"ghent": WorkingTime(UTC, lambda day: day == date(2027, 3, 20)), "lyon": WorkingTime()})
    assert due_at(world.raised(site=["ghent", "lyon"]).gap(), world.known) == datetime(2027, 3, 21, tzinfo=UTC)


def test_without_a_calendar_monday_to_friday_are_worked(world):  # T4
    with_open(world, due_days=5, working_days=True).raised()
    assert due_at(world.gap(), world.known) == datetime(2027, 3, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("came", "days", "ends"),
    [
        (datetime(2027, 3, 25, 17, tzinfo=BRUSSELS), 1, date(2027, 3, 30)),  # Good Friday, a weekend, Easter Monday
        (datetime(2027, 3, 27, 12, tzinfo=BRUSSELS), 2, date(2027, 3, 31)),  # came on a day off
        (datetime(2027, 3, 24, 23, 30, tzinfo=UTC), 1, date(2027, 3, 30)),  # it was the 25th there already
    ],
)
def test_days_off_are_no_working_days(came, days, ends):  # T4
    place = WorkingTime(BRUSSELS, lambda day: on_weekdays(day) and day not in EASTER)
    assert place.after(came, days) == place.end_of(ends)


def test_a_day_that_changes_the_clocks_ends_at_its_own_midnight():
    assert WorkingTime(BRUSSELS).end_of(date(2027, 3, 27)) == datetime(2027, 3, 27, 23, tzinfo=UTC)
    assert WorkingTime(BRUSSELS).end_of(date(2027, 3, 28)) == datetime(2027, 3, 28, 22, tzinfo=UTC)


def test_where_nobody_ever_works_the_search_ends():
    never = WorkingTime(UTC, lambda _: False)
    assert never.after(MONDAY, 1) == never.end_of(date(2027, 3, 1) + timedelta(days=7 + 366))


def test_a_due_date_ends_where_the_record_is(world):  # T4
    world.with_(calendars={"": WorkingTime(NEW_YORK)}).raised(due="2027-03-02")
    assert due_at(world.gap(), world.known) == datetime(2027, 3, 3, tzinfo=NEW_YORK)


def test_today_is_the_day_that_it_is_where_the_record_is():
    world = World().raised().with_(calendars={"": WorkingTime(NEW_YORK)})
    assert view(world.gap(), world.known, MONDAY.replace(hour=2))["today"] == "2027-02-28"


def test_a_comparison_may_ask_more_than_the_fields(world):
    world.raised(days=2).do(Tag("GAP-1", ("night",)))
    seen = view(world.gap(), world.known, MONDAY + timedelta(days=11))
    assert seen["title"] == "Catch weight"
    asked = ("state", "open", "overdue", "age_days", "days_in_state", "today", "tags", "links", "comments", "version")
    assert [seen[key] for key in asked] == ["open", True, True, 10, 10, "2027-03-12", ["night"], [], 0, 1]
