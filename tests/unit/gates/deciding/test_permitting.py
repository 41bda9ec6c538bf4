"""May somebody write to production now? E1 to E3."""

from dataclasses import replace
from datetime import timedelta

import pytest

from lockgate.gates.asking.evaluating import evaluate
from lockgate.gates.deciding.permitting import LONGEST, emergency, permission
from lockgate.kernel.scope import Level
from support.committee import TOMORROW, Table, condition
from support.gate_scene import GHENT, LIEGE, NOW, Folks, evidence


def test_production_is_written_to_through_an_open_gate():  # E1
    table = Table(evidence(1))
    assert permission([], [], table.folks).why == "No gate guards production."
    assert table.permitted().why == "The gate uat-exit for site:ghent is ready: nobody has decided yet."
    table.vote("ann")
    assert table.permitted() is None
    other = evaluate(table.gate, LIEGE, table.facts, NOW)
    no = table.permitted(table.state, other)
    assert no.why == "The gate uat-exit for site:liege is closed: c1 is missing."
    assert no.do == "See what is lacking: `lockgate gate explain uat-exit --scope site:liege`."


def test_the_refusal_of_a_write_says_what_is_lacking():  # E1
    table = Table(evidence(1))
    table.vote("ann", "no-go")
    assert table.permitted().why == "The gate uat-exit for site:ghent is closed: the decision #100 is a no-go."
    assert Table(criteria=()).permitted().why == "The gate uat-exit for site:ghent is undecidable: it has no criteria."
    late = Table()
    late.vote("ann", "conditional", conditions=[condition()])
    late.facts.index.add(evidence(1))
    late.vote("ann", "conditional", conditions=[condition("", "CON-2")])
    overdue = replace(evaluate(late.gate, GHENT, late.facts, TOMORROW))
    assert late.permitted(overdue).why == "The gate uat-exit for site:ghent is closed: the condition CON-2 is overdue."


def test_a_gate_that_is_asked_for_nobody_here_permits_nothing():  # E1
    table = Table(evidence(1))
    table.vote("ann")
    wave = replace(table.gate, key="our-wave", level=Level.WAVE)
    no = permission([table.gate, wave], [table.state], table.folks)
    assert no.why == "The gate our-wave guards production, and it is asked for no wave of this instance."
    assert no.do == "Declare the wave that the sites of the instance belong to."


def test_who_may_no_longer_decide_has_not_signed():  # E2
    table = Table()
    table.sign("ann")
    table.folks = Folks({"process-owner": ("bob", "cyd")})
    assert table.sign("bob").lacking == 1
    assert table.permitted() is not None
    assert table.sign("cyd").lacking == 0
    assert table.permitted() is None


def test_an_emergency_takes_two_people_and_ends():  # E2, E3
    table = Table()
    assert table.sign("ann").lacking == 1
    assert table.permitted() is not None
    assert table.sign("bob", until=NOW + timedelta(hours=1)).lacking == 0
    assert table.permitted() is None
    found = emergency(table.state, table.folks)
    assert (found.by, found.until) == (("ann", "bob"), NOW + timedelta(hours=1))
    assert emergency(replace(table.state, moment=found.until), table.folks) is None
    assert [one.reason for one in table.state.history.signatures] == ["the warehouse stands still"] * 2


@pytest.mark.parametrize(
    ("by", "reason", "until", "why"),
    [
        ("wil", "fire", TOMORROW, ["wil is not process-owner for site:ghent."]),
        ("bob", "", TOMORROW, ["An emergency needs a reason."]),
        ("bob", "fire", NOW, ["It would have ended already."]),
        ("bob", "fire", NOW + LONGEST + timedelta(minutes=1), ["An emergency lasts 3 days at most."]),
        ("ann", "fire", TOMORROW, ["ann has signed already."]),
    ],
)
def test_an_emergency_is_no_way_around_the_gate(by, reason, until, why):  # E2, E3
    table = Table()
    table.sign("ann")
    assert [no.why for no in table.sign(by, reason, until).refusals] == why
    assert table.permitted() is not None


def test_nobody_can_sign_where_nobody_decides():
    assert Table(**{"process-owner": ()}).sign("ann").refusals[0].do == "Those who are: nobody."
