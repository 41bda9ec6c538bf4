"""What would be refused? The same as when they try: F1 and F2."""

from datetime import timedelta

from lockgate.gates.asking.evaluating import evaluate
from lockgate.gates.deciding.answer import Electorate
from lockgate.gates.deciding.foreseeing import foresee
from lockgate.gates.facts.history import Choice, Condition, Decision, History
from support.gate_scene import GHENT, NOW, Folks, evidence, facts, gate

RUN = {"evidence": {"kind": "scenario.run"}}
FIT = {"evidence": {"kind": "fit.probed"}, "key": "fit", "owner": "process-owner"}


def foreseen(person, *records, criteria=(RUN, FIT), quorum=1, delegates=None, history=None, roles=None):
    known = facts(*records)
    if history is not None:
        known.histories.found["uat-exit", GHENT] = history
    state = evaluate(gate(*criteria, quorum=quorum), GHENT, known, NOW)
    folks = Folks(roles) if roles else Folks()
    producers = {record.number: record.evidence.producer for record in records}
    return foresee(state, person, Electorate(folks, producers, delegates or {}))


def rules(refusals):
    return [no.rule for no in refusals]


def test_who_may_not_is_barred_from_everything_and_told_by_which_rule():
    tom = foreseen("tom", evidence(1))

    assert (rules(tom.barred), rules(tom.emergency)) == (["D1"], ["E2"])
    assert {key: rules(nos) for key, nos in tom.waive.items()} == {"fit": ["W2"]}
    assert (rules(tom.not_waiving), tom.own, tom.behalf) == (["W2"], False, ())


def test_who_may_is_told_what_each_choice_takes_and_what_keeps_them_from_a_go():  # F1
    ann = foreseen("ann", evidence(1), criteria=(RUN, {**FIT, "owner": "tester"}), quorum=2)

    assert ann.barred == ()
    assert {choice: (rules(answer.refusals), answer.lacking) for choice, answer in ann.votes.items()} == {
        Choice.GO: (["D2"], 0),
        Choice.CONDITIONAL: ([], 1),
        Choice.NO_GO: ([], 1),
    }
    assert (ann.waive, ann.emergency, ann.not_waiving) == ({"fit": ()}, (), ())


def test_who_had_a_hand_is_told_in_what():
    ann = foreseen("ann", evidence(1, producer="ann"))

    assert ann.hand == ("fit", "c1")
    assert rules(ann.not_waiving) == ["W3"]


def test_nobody_else_may_decide_is_foreseen_too():
    alone = foreseen("ann", evidence(1, producer="ann"), criteria=(RUN,), roles={"process-owner": ("ann",)})

    assert {str(choice): rules(answer.refusals) for choice, answer in alone.votes.items()} == {
        "go": ["D5"],
        "conditional": ["D5"],
        "no-go": [],
    }


def test_a_delegate_is_asked_as_a_delegate():  # F2
    wil = foreseen("wil", evidence(1), criteria=(RUN,), delegates={"ann": "wil", "tom": "wil"})

    assert (wil.behalf, wil.own, wil.barred) == (("ann",), False, ())
    assert wil.votes[Choice.GO].choice is Choice.GO


def test_of_the_standing_conditions_those_are_told_that_wait_for_a_word():
    due = NOW + timedelta(days=1)
    conditions = (
        Condition("also-1", "call", "bob", due),
        Condition("also-2", "done", "bob", due, fulfilled=True),
        Condition("c1-1", "run", "bob", due, "c1"),
    )
    decided = Decision(9, Choice.CONDITIONAL, (), conditions, {}, {})

    found = {
        person: {key: rules(nos) for key, nos in foreseen(person, history=History(decision=decided)).fulfil.items()}
        for person in ("ann", "bob", "tom")
    }

    assert found == {"ann": {"also-1": []}, "bob": {"also-1": ["D5"]}, "tom": {"also-1": ["D1"]}}


def test_without_a_criterion_there_is_nothing_to_waive_and_nobody_may_vote():
    ann = foreseen("ann", criteria=())

    assert (rules(ann.barred), ann.waive, ann.not_waiving) == (["G1"], {}, ())
