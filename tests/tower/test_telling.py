"""Of what must somebody hear, and why? N1 to N4, N7."""

from collections.abc import Iterable
from datetime import timedelta

from lockgate.faces.web.viewer import Held, Viewer
from lockgate.gates.asking.evaluating import evaluate
from lockgate.gates.deciding.answer import Electorate
from lockgate.gates.deciding.voting import Ballot, Basis, decide
from lockgate.gates.deciding.waiving import Plea, waive
from lockgate.gates.facts.history import Choice, Condition
from lockgate.kernel.evidence import Verdict
from lockgate.tower.notices.telling import ADMINISTRATORS, Asking, Kind, Notice, of_gates, visible
from support.gate_scene import GHENT, NOW, Folks, evidence, facts, gate, happened

RUN = {"evidence": {"kind": "scenario.run"}, "title": "Scenarios pass"}
FOLKS = Folks()
GATE = gate(RUN, quorum=1, title="UAT exit")


def state(known, at=NOW):
    return evaluate(GATE, GHENT, known, at)


def heard(known, at=NOW) -> list[Notice]:
    asking = Asking(holders=FOLKS.holders, name=lambda scope: scope.key.title(), recorded_at=lambda _: NOW, moment=at)
    return list(of_gates([state(known, at)], asking))


def told(notices: Iterable[Notice]):
    return [(one.kind, one.person, one.title, one.why) for one in notices]


def vote(known, by, choice="go", conditions=()):
    who = Electorate(FOLKS, {}, {})
    ballot = Ballot(by, Choice(choice), "because", tuple(conditions), "")
    happened(known, decide(state(known), ballot, who, Basis("c0ffee", "head-9", "artifact-1")))


def test_who_may_decide_hears_that_a_gate_is_ready_and_nobody_else():  # N1
    assert told(heard(facts(evidence(1)))) == [
        (Kind.DECIDE, person, "UAT exit, Ghent: is ready to be decided", "You are process-owner.")
        for person in ("ann", "bob", "cyd")
    ]


def test_who_has_voted_hears_of_a_gate_no_more_until_it_stands_otherwise():  # N1, N7
    known = facts(evidence(1))
    two = gate(RUN, quorum=2, title="UAT exit")
    ready = evaluate(two, GHENT, known, NOW)
    ballot = Ballot("ann", Choice.GO, "because", (), "")
    happened(known, decide(ready, ballot, Electorate(FOLKS, {}, {}), Basis("c", "h", "a")))
    asking = Asking(FOLKS.holders, str, lambda _: NOW, NOW)

    found = list(of_gates([evaluate(two, GHENT, known, NOW)], asking))

    assert [(one.kind, one.person) for one in found] == [(Kind.DECIDE, "bob"), (Kind.DECIDE, "cyd")]


def test_who_is_to_act_hears_that_what_was_measured_says_no():  # N2
    found = heard(facts(evidence(1, verdict=Verdict.FAILED)))

    assert told(found) == [
        (Kind.ACT, "tom", "UAT exit, Ghent: Scenarios pass (unmet)", "You are tester, who is to act.")
    ]
    assert found[0].url == "/gate/uat-exit/site%3Aghent/"


def test_what_was_never_measured_is_no_news():  # N2
    assert heard(facts()) == []


def test_the_same_thing_has_the_same_key_and_another_failure_another():  # N7
    first = heard(facts(evidence(1, verdict=Verdict.FAILED)))
    later = heard(facts(evidence(1, verdict=Verdict.FAILED)), NOW + timedelta(hours=3))
    again = heard(facts(evidence(2, verdict=Verdict.FAILED)))

    assert first[0].key == later[0].key != again[0].key


def test_who_owes_a_condition_hears_of_it_in_its_last_week_and_after_it():  # N3
    known = facts(evidence(1))
    vote(known, "ann", "conditional", [Condition("", "label the shelves", "wil", NOW + timedelta(days=10))])

    def owed(days):
        return [(one.person, one.title) for one in heard(known, NOW + timedelta(days=days)) if one.kind is Kind.ENDING]

    assert owed(2) == []
    assert owed(4) == [("wil", "UAT exit, Ghent: the condition “label the shelves” is due")]
    assert owed(11) == [("wil", "UAT exit, Ghent: the condition “label the shelves” was due")]


def test_who_granted_and_who_carries_a_waiver_hear_of_its_last_week():  # N3
    known = facts(evidence(1, verdict=Verdict.FAILED))
    plea = Plea("c1", "ann", "bob", "later", NOW + timedelta(days=10))
    happened(known, waive(state(known), plea, Electorate(FOLKS, {}, {})))

    def ending(days):
        return [(one.person, one.why) for one in heard(known, NOW + timedelta(days=days)) if one.kind is Kind.ENDING]

    assert ending(1) == []
    assert ending(5) == [("ann", "You granted it."), ("bob", "You carry its risk.")]


def test_a_decision_is_told_for_two_weeks_to_those_concerned_who_did_not_vote():  # N4
    known = facts(evidence(1))
    vote(known, "ann")

    def of_decision(days):
        return [one.person for one in heard(known, NOW + timedelta(days=days)) if one.kind is Kind.GATE]

    assert of_decision(1) == ["tom", "bob", "cyd"]
    assert of_decision(15) == []


def test_a_gate_that_is_closed_again_is_told_to_all_concerned():  # N4
    known = facts(evidence(1))
    vote(known, "ann")
    worse = facts(evidence(1), evidence(2, verdict=Verdict.FAILED))
    worse.histories.found.update(known.histories.found)

    found = [one for one in heard(worse) if one.kind is Kind.GATE]

    assert [one.person for one in found] == ["tom", "ann", "bob", "cyd"]
    assert {one.title for one in found} == {"UAT exit, Ghent: is closed again after it was opened"}


def test_nobody_is_told_of_what_they_may_not_see():
    def notice(**more):
        return Notice(**{"person": "ann", "kind": Kind.ACT, "key": "k", "title": "t", "why": "w", "url": "/", **more})

    here = Viewer("ann", "Ann", (Held("site-lead", frozenset({"ghent"})),))
    there = Viewer("ann", "Ann", (Held("site-lead", frozenset({"liege"})),))
    keeper = Viewer("ida", "Ida", (Held("administrator"),), administrator=True)

    assert (visible(notice(scope=GHENT), here), visible(notice(scope=GHENT), there)) == (True, False)
    assert (visible(notice(sites=("ghent",)), here), visible(notice(sites=("ghent",)), there)) == (True, False)
    assert (visible(notice(), keeper), visible(notice(person=ADMINISTRATORS), keeper)) == (False, True)
    assert visible(notice(person=ADMINISTRATORS), here) is False
