"""Who may accept for a time that a criterion is not met? W1 to W4, H2."""

from dataclasses import replace
from datetime import timedelta

import pytest

from lockgate.gates.asking.evaluating import GateVerdict, evaluate
from lockgate.gates.facts.remembered import Index
from support.committee import FAILED, FIT, RUN, TOMORROW, Table, said
from support.gate_scene import GHENT, NOW, evidence


def test_a_waiver_makes_a_gate_ready_until_it_expires():
    table = Table()
    (event,) = table.waive().events
    assert (event.payload["status"], event.payload["owner"], event.payload["until"]) == (
        "missing",
        "bob",
        "2026-03-11T12:00:00.000000Z",
    )
    assert table.state.verdict is GateVerdict.READY
    assert evaluate(table.gate, GHENT, table.facts, TOMORROW).verdict is GateVerdict.CLOSED


@pytest.mark.parametrize(
    ("plea", "why"),
    [
        ({"reason": " "}, ["A waiver needs a reason."]),
        ({"until": None}, ["A waiver needs an end."]),
        ({"until": NOW}, ["It would have ended already."]),
        ({"owner": "zoe"}, ["zoe is not declared."]),
        ({"owner": ""}, ["Nobody carries the risk."]),
        ({"by": "wil"}, ["wil is not process-owner for site:ghent."]),
        ({"criterion": "c9"}, ["The gate has no criterion c9."]),
        ({"reason": "", "until": None}, ["A waiver needs a reason.", "A waiver needs an end."]),
    ],
)
def test_a_waiver_that_lacks_something_is_refused(plea, why):  # W1, W2, W4
    table = Table()
    assert [no.why for no in table.waive(**plea).refusals] == why
    assert table.state.verdict is GateVerdict.CLOSED


def test_what_is_met_can_t_be_waived():  # W4
    assert said(Table(evidence(1)).waive()) == [("W4", "c1 is met.")]


def test_who_owns_a_criterion_or_produced_its_evidence_can_t_waive_it():  # W3
    stale = evidence(1, inputs={"template": "old"}, producer="ann")
    table = Table(stale, criteria=(RUN, FIT), tester=("bob",))
    refused = table.waive("ann")
    assert said(refused) == [("W3", "ann owns c1 or produced evidence for it.")]
    assert refused.refusals[0].do == "Somebody else has to: cyd."
    assert [no.rule for no in table.waive("bob").refusals] == ["W3"]
    assert table.waive("cyd").refusals == ()
    alone = Table(**{"process-owner": ("ann",), "tester": ("ann",)})
    assert alone.waive("ann").refusals[0].do == "Somebody else has to: nobody can today."
    nobody = Table(**{"process-owner": ()})
    assert nobody.waive("ann").refusals[0].do == "Those who are: nobody."
    assert said(Table(criteria=()).waive())[0] == ("W4", "The gate has no criterion c1.")


def test_of_two_waivers_the_newer_one_counts():  # H2
    table = Table()
    table.waive(until=NOW + timedelta(days=9))
    table.waive(until=TOMORROW)
    assert evaluate(table.gate, GHENT, table.facts, TOMORROW).verdict is GateVerdict.CLOSED


def test_who_accepts_that_a_test_is_missing_has_not_accepted_that_it_failed():  # G6
    waived = Table()
    waived.waive()
    assert waived.state.verdict is GateVerdict.READY
    failed = evaluate(waived.gate, GHENT, replace(waived.facts, index=Index.of([evidence(1, verdict=FAILED)])), NOW)
    assert (failed.verdict, failed.criteria[0].waiver) == (GateVerdict.CLOSED, None)
    accepted = Table(evidence(1, verdict=FAILED))
    accepted.waive()
    assert accepted.state.verdict is GateVerdict.READY
    gone = evaluate(accepted.gate, GHENT, replace(accepted.facts, index=Index.of([])), NOW)
    assert gone.verdict is GateVerdict.READY
