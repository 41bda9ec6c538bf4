"""Who may not decide alone, and who stands for whom? D1, D5, D8."""

from dataclasses import replace
from datetime import timedelta

import pytest

from lockgate.gates.asking.evaluating import GateVerdict
from lockgate.gates.deciding.fulfilling import fulfil
from lockgate.gates.deciding.permitting import sign
from lockgate.gates.facts.history import Choice
from lockgate.kernel.evidence import Verdict
from support.committee import FIT, RUN, Table, condition, said
from support.gate_scene import NOW, evidence


@pytest.mark.parametrize("hand", ["producer", "owner"])
def test_who_had_a_hand_in_it_can_t_decide_alone(hand):  # D5
    producer = "ann" if hand == "producer" else "tom"
    roles = {"tester": ("ann",)} if hand == "owner" else {}
    table = Table(evidence(1, producer=producer), **roles)
    answer = table.vote("ann")
    assert (answer.choice, answer.lacking, table.state.verdict) == (None, 1, GateVerdict.READY)
    assert table.vote("bob").choice is Choice.GO


def test_two_owners_are_not_alone():  # D5
    table = Table(evidence(1), tester=("ann", "bob", "cyd"))
    assert table.vote("ann").lacking == 1
    assert table.vote("bob").choice is Choice.GO


def test_two_who_produced_evidence_can_t_decide_without_a_third():  # D5
    mixed = Table(evidence(1, producer="ann"), evidence(2, "fit.probed", producer="bob"), criteria=(RUN, FIT), quorum=2)
    mixed.vote("ann")
    assert (mixed.vote("bob").lacking, mixed.state.verdict) == (1, GateVerdict.READY)
    assert mixed.vote("cyd").choice is Choice.GO


def test_one_who_only_owns_a_criterion_stands_beside_one_who_produced():  # D5
    table = Table(evidence(1, producer="ann"), quorum=2, tester=("bob",))
    table.vote("ann")
    assert table.vote("bob").choice is Choice.GO


def test_where_nobody_else_may_decide_the_gate_stays_shut():  # D5
    alone = Table(evidence(1, producer="ann"), **{"process-owner": ("ann",)})
    told = ("D5", "Those who had a hand in it can't decide it alone, and nobody else may decide it.")
    assert said(alone.vote("ann")) == [told]
    assert alone.state.verdict is GateVerdict.READY
    both = Table(
        evidence(1, producer="ann"),
        evidence(2, "fit.probed", producer="bob"),
        criteria=(RUN, FIT),
        **{"process-owner": ("ann", "bob")},
    )
    assert said(both.vote("ann")) == [told]
    assert both.state.verdict is GateVerdict.READY


def test_anybody_who_decides_can_say_no_alone():  # D5 is about opening
    assert Table(evidence(1, producer="ann")).vote("ann", "no-go").choice is Choice.NO_GO


def test_a_delegate_votes_for_whom_has_named_them():  # D1
    table = Table(evidence(1))
    assert said(table.vote("wil", behalf="ann")) == [("D1", "ann has not named wil as delegate, nor lent the role.")]
    assert said(table.vote("wil", behalf="tom")) == [
        ("D1", "tom may not decide this gate either."),
        ("D1", "tom has not named wil as delegate, nor lent the role."),
    ]
    table.delegates = {"ann": "wil", "wil": "bob", "bob": "bob"}
    assert said(table.vote("wil", reason="", behalf="ann")) == [("D6", "It needs a reason.")]
    assert said(table.vote("bob", behalf="bob")) == [("D1", "Nobody is their own delegate.")]
    assert said(table.vote("bob", behalf="wil")) == [("D1", "wil may not decide this gate either.")]  # no chain
    assert table.vote("wil", behalf="ann").choice is Choice.GO


def test_a_delegate_and_who_named_them_are_one():  # D1, D5
    table = Table(evidence(1), quorum=2)
    table.delegates = {"ann": "bob"}
    table.vote("ann")
    assert table.vote("bob", behalf="ann").lacking == 1
    assert table.vote("bob").lacking == 0
    tainted = Table(evidence(1, producer="ann"))
    tainted.delegates = {"ann": "wil"}
    assert (tainted.vote("wil", behalf="ann").lacking, tainted.state.verdict) == (1, GateVerdict.READY)


def test_a_delegate_whose_principal_withdraws_no_longer_counts():  # D4
    table = Table(evidence(1), quorum=2)
    table.delegates = {"ann": "wil"}
    table.vote("wil", behalf="ann")
    table.delegates = {}
    assert table.vote("bob").lacking == 1


def test_who_was_lent_the_role_votes_for_whoever_lent_it_and_both_are_one():  # D1, D6, D8
    table = Table(evidence(1), quorum=2)
    table.lent = {("ann", "wil"): 7}
    assert said(table.vote("wil")) == [("D1", "wil is not process-owner for site:ghent.")]
    assert said(table.vote("wil", reason="", behalf="ann")) == [("D6", "It needs a reason.")]
    assert table.vote("wil", behalf="ann").lacking == 1
    assert table.vote("ann").lacking == 1  # one right, one vote
    decided = table.vote("bob")
    assert [(vote["by"], vote["lent"]) for vote in decided.events[1].payload["votes"]] == [("bob", 0), ("ann", 0)]


def test_who_was_lent_the_role_is_bound_by_what_either_had_a_hand_in():  # D5
    for producer in ("ann", "wil"):
        table = Table(evidence(1, producer=producer))
        table.lent = {("ann", "wil"): 7}
        assert (table.vote("wil", behalf="ann").lacking, table.state.verdict) == (1, GateVerdict.READY)


def test_a_vote_a_waiver_a_word_and_a_signature_say_by_which_role_they_were_done():  # D8, W5
    table = Table(evidence(1, verdict=Verdict.FAILED))
    table.folks = replace(table.folks, appointed={"ann": 5})
    table.lent = {("ann", "wil"): 7}
    waived, until = table.waive("ann"), NOW + timedelta(days=2)
    voted = [
        table.vote(by, "conditional", conditions=[condition("", "B")], behalf=behalf)
        for by, behalf in (("wil", "ann"), ("bob", ""))
    ]
    word, signed = fulfil(table.state, "B", "ann", table.folks), sign(table.state, "ann", "flood", until, table.folks)

    told = [
        waived.events[0].payload,
        *(one.events[0].payload["vote"] for one in voted),
        word.events[0].payload,
        signed.events[0].payload,
    ]
    assert {one["role"] for one in told} == {"process-owner"}
    assert [(one["given"], one.get("lent")) for one in told] == [(5, None), (5, 7), (0, 0), (5, None), (5, None)]
