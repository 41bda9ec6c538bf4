from dataclasses import replace
from datetime import timedelta

from lockgate.kernel.register import State
from lockgate.ledger.registers.action import Move
from lockgate.ledger.registers.showing.notices import Notice, Why, notices
from support.registers import GAP, actor

ADA, BEA, DAN = actor("ada", "member"), actor("bea", "member", "sponsor"), actor("dan", "sponsor@site:ghent")
EVE = actor("eve", "sponsor@site:lyon", "member@site:ghent")
EVERYBODY = (ADA, BEA, DAN, EVE)


def told(world, **later):
    found = notices(world.known, EVERYBODY, world.moment + timedelta(**later))
    return [(one.person, one.id, one.why.value, one.about) for one in found]


def test_who_owns_an_overdue_record_hears_of_it_and_who_raised_one_that_nobody_owns(world):  # N1
    world.raised(owner="cyd", due="2027-03-01").raised(due="2027-03-02")
    found = [one for one in notices(world.known, (), world.moment + timedelta(days=3)) if one.why is Why.OVERDUE]
    day = world.moment.replace(hour=0, minute=0)
    assert found == [
        Notice("cyd", "GAP-1", Why.OVERDUE, day + timedelta(days=1), ""),
        Notice("ada", "GAP-2", Why.OVERDUE, day + timedelta(days=2), ""),
    ]


def test_who_has_the_role_for_the_site_hears_of_what_has_escalated(world):  # N2
    world.raised(due="2027-03-01", owner="ada", site="ghent").raised(due="2027-03-02", owner="ada")
    assert [one for one in told(world, days=9) if one[2] == "escalated"] == [
        ("bea", "GAP-1", "escalated", "sponsor"),
        ("dan", "GAP-1", "escalated", "sponsor"),
        ("bea", "GAP-2", "escalated", "sponsor"),
    ]


def test_that_nobody_hears_of_an_escalation_is_told(world):  # N3
    world.raised(due="2027-03-01", owner="ada")
    assert [one for one in notices(world.known, (ADA,), world.moment + timedelta(days=9)) if not one.person] == [
        Notice("", "GAP-1", Why.ESCALATED, world.moment.replace(day=2, hour=0, minute=0), "sponsor")
    ]


def test_each_step_of_a_way_up_is_heard_of_from_its_own_moment(world):  # N2
    states = (State("open", "Open", due_days=1, escalates_by="issue"), *GAP.states[1:])
    world.raised(owner="cyd").with_(
        registers={"gap": replace(GAP, states=states)},
        ways={"issue": (("member", timedelta(hours=4)), ("sponsor", timedelta(days=2)))},
    )
    due = world.gap().raised_at + timedelta(days=1)
    found = [one for one in notices(world.known, (ADA, BEA), due + timedelta(days=2)) if one.why is Why.ESCALATED]
    assert [(one.person, one.about, one.since - due) for one in found] == [
        ("ada", "member", timedelta(hours=4)),
        ("bea", "member", timedelta(hours=4)),
        ("bea", "sponsor", timedelta(days=2)),
    ]


def test_a_vote_waits_for_whoever_may_cast_it_and_has_not(world):  # N4
    world.proposed()
    assert told(world) == []
    world.do(Move("GAP-1", "accept"), ADA)
    assert told(world) == [("bea", "GAP-1", "vote", "accept")]
    world.do(Move("GAP-1", "accept", "Too dear", yes=False), BEA)
    assert told(world) == []
