"""What is offered is what the engine would do."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lockgate.kernel.comparison import parse_comparison
from lockgate.kernel.register import Transition
from lockgate.ledger.registers.action import Edit, Move
from lockgate.ledger.registers.engine import perform
from lockgate.ledger.registers.showing.offer import ballots, offer, why_not_raise
from support.registers import GAP, MONDAY, RISK, World, actor

CYD, DAN, EVE = actor("cyd", "analyst"), actor("dan", "design-authority"), actor("eve", "member")


def offered(world, who):
    return offer(world.gap(), who, world.known, world.moment)


def step(world, who, key):
    return next(one for one in offered(world, who).steps if one.step.key == key)


def codes(refusals):
    return [one.code for one in refusals]


def test_all_steps_are_told_with_why_not(world):  # O1
    found = offered(world.raised(owner="bea"), CYD)
    assert (found.id, found.version, codes(found.why_not_edit)) == ("GAP-1", 1, ["no-right"])
    assert {one.step.key: codes(one.why_not) for one in found.steps} == {
        "propose": [],
        "decide": ["no-right", "wrong-state"],
        "accept": ["no-right", "wrong-state"],
        "reopen": ["wrong-state"],
    }


def test_what_a_step_needs_is_asked_for_and_does_not_stand_against_it(world):  # O2
    found = step(world.raised(owner="bea"), CYD, "propose")
    assert (found.may, [one.key for one in found.asks], found.ballot) == (True, ["fit"], None)


def test_a_reason_and_a_guard_on_what_is_asked_for_can_still_be_given(world):  # O2
    found = step(world.proposed(cost=20_000), DAN, "decide")
    assert (found.may, [one.key for one in found.asks]) == (True, ["cost"])


def test_a_guard_on_anything_else_stands_against_the_step(world):  # O2
    guarded = Transition("end", "End", ("open",), "decided", ("anyone",), guards=(parse_comparison("days < 3"),))
    register = replace(GAP, transitions=(*GAP.transitions, guarded))
    world.raised(days=5).with_(registers={"gap": register})
    assert codes(step(world, DAN, "end").why_not) == ["guard"]


def test_duties_that_are_kept_apart_stand_against_the_step(world):
    assert codes(step(world.proposed(owner="dan"), DAN, "decide").why_not) == ["separation-of-duties"]


def test_votes_tell_who_said_what_and_how_many_are_lacking(world):  # O3
    world.proposed()
    assert step(world, EVE, "accept").ballot.lacking == 2
    world.do(Move("GAP-1", "accept"), EVE)
    world.do(Move("GAP-1", "accept", "Too dear", yes=False), actor("ada", "member"))
    found = step(world, EVE, "accept")
    assert [(one.by, one.yes) for one in found.ballot.votes] == [("eve", True), ("ada", False)]
    assert (found.ballot.needed, found.ballot.lacking) == (2, 1)
    assert (codes(found.why_not), found.may_vote_against) == (["voted-already"], True)
    other = step(world, actor("dan", "member"), "accept")
    assert (other.may, other.may_vote_against) == (True, True)
    nobody = step(world, actor("dan"), "accept")
    assert (nobody.may, nobody.may_vote_against) == (False, False)
    assert ballots(world.gap(), GAP) == {"accept": found.ballot}
    assert ballots(world.raised().gap(2), GAP) == {}


def test_what_the_record_lacks_for_a_vote_stands_against_it(world):  # O2
    strict = Transition("agree", "Agree", ("open",), "decided", ("anyone",), needs=("cost",), votes=2)
    register = replace(GAP, transitions=(*GAP.transitions, strict))
    found = step(world.raised().with_(registers={"gap": register}), EVE, "agree")
    assert (codes(found.why_not), found.asks) == (["missing-value"], ())


def test_who_may_raise_nothing_is_told_so(world):
    assert why_not_raise(GAP, EVE, world.known) is None
    assert why_not_raise(RISK, actor("cyd", "analyst@site:ghent"), world.known) is None
    assert why_not_raise(RISK, EVE, world.known).code == "no-right"
    owned = replace(RISK, raised_by=("owner",))
    assert why_not_raise(owned, EVE, world.known) is None


@pytest.mark.parametrize("state", ["raised", "proposed"])
@given(
    who=st.sampled_from(["ada", "bea", "dan", "eve"]), roles=st.sets(st.sampled_from(["analyst", "member", "owner"]))
)
def test_whatever_is_offered_is_done_once_it_is_given_what_it_asks_for(state, who, roles):  # O1
    world = getattr(World(), state)()
    someone = actor(who, *roles, "design-authority")
    found = offered(world, someone)
    given_ = {"fit": "custom", "cost": 5}
    for one in found.steps:
        values = {field.key: given_[field.key] for field in one.asks}
        move = Move("GAP-1", one.step.key, "Because", values, version=found.version)
        assert perform(move, actor=someone, known=world.known, moment=MONDAY).done == one.may
    edit = Edit("GAP-1", found.version, {"days": 4})
    assert perform(edit, actor=someone, known=world.known, moment=MONDAY).done == (not found.why_not_edit)
