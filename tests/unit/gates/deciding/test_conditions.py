"""What does a conditional go bind whom to? D2, G3."""

from datetime import timedelta

import pytest

from lockgate.gates.asking.evaluating import GateVerdict, evaluate
from lockgate.gates.deciding.fulfilling import fulfil
from lockgate.gates.facts.history import Choice
from support.committee import FIT, RUN, TOMORROW, Table, condition, said
from support.gate_scene import GHENT, NOW, evidence, happened


def test_a_conditional_go_covers_what_lacks_until_it_is_due():  # D2
    table = Table(evidence(1), criteria=(RUN, FIT))
    assert table.vote("ann", "conditional", conditions=[condition("fit")]).choice is Choice.CONDITIONAL
    assert table.state.verdict is GateVerdict.OPEN
    assert [one.owner for one in table.state.of("fit").conditions] == ["bob"]
    later = evaluate(table.gate, GHENT, table.facts, TOMORROW)
    assert (later.verdict, [one.key for one in later.overdue]) == (GateVerdict.CLOSED, ["CON-1"])


@pytest.mark.parametrize(
    ("conditions", "why"),
    [
        ([], ["fit is missing, and no condition is about it.", "A conditional go without a condition is a go."]),
        ([condition("c1")], ["fit is missing, and no condition is about it."]),
        ([condition("fit"), condition("c9", "B")], ["The gate has no criterion c9."]),
        ([condition("fit", owner="zoe")], ["zoe is not declared."]),
        ([condition("fit", owner="")], ["Nobody is not declared."]),
        ([condition("fit", due=NOW)], ["CON-1 is due in the past."]),
    ],
)
def test_conditions_that_bind_nobody_are_refused(conditions, why):  # D2
    answer = Table(evidence(1), criteria=(RUN, FIT)).vote("ann", "conditional", conditions=conditions)
    assert [no.why for no in answer.refusals] == why


def test_those_who_join_a_conditional_go_take_its_conditions():
    table = Table(evidence(1), criteria=(RUN, FIT), quorum=2)
    table.vote("ann", "conditional", conditions=[condition("fit"), condition("", "B")])
    earlier = condition("", "B", due=NOW + timedelta(hours=1))
    later = condition("fit", due=NOW + timedelta(days=9))
    assert table.vote("bob", "conditional", conditions=[earlier, later]).choice is Choice.CONDITIONAL
    found = {one.key: one.due for one in table.state.history.decision.conditions}
    assert found == {"CON-1": TOMORROW, "B": NOW + timedelta(hours=1)}


def test_a_condition_without_a_criterion_is_fulfilled_by_another_than_its_owner():  # G3, D5
    table = Table(evidence(1))
    assert said(fulfil(table.state, "B", "ann", table.folks)) == [("G3", "The standing decision has no condition B.")]
    table.vote("ann", "conditional", conditions=[condition("", "B"), condition("c1", "C")])
    assert said(fulfil(table.state, "Z", "ann", table.folks))[0] == (
        "G3",
        "The standing decision has no condition Z.",
    )
    assert [no.rule for no in fulfil(table.state, "B", "bob", table.folks).refusals] == ["D5"]
    assert [no.rule for no in fulfil(table.state, "C", "tom", table.folks).refusals] == ["G3", "D1"]
    answer = fulfil(table.state, "B", "ann", table.folks)
    happened(table.facts, answer)
    assert [one.fulfilled for one in table.state.history.decision.conditions] == [True, False]
    happened(table.facts, answer)
    assert [one.fulfilled for one in table.state.history.decision.conditions] == [True, False]
