"""Who may decide, waive and permit? D1 to D7, W1 to W4, E1 to E3, H1 to H3."""

from dataclasses import replace
from datetime import timedelta

import pytest

from lockgate.gates.asking.evaluating import GateVerdict, evaluate
from lockgate.gates.deciding.answer import Electorate
from lockgate.gates.deciding.fulfilling import fulfil
from lockgate.gates.deciding.permitting import LONGEST, emergency, permission, sign
from lockgate.gates.deciding.voting import Ballot, Basis, decide
from lockgate.gates.deciding.waiving import Plea, waive
from lockgate.gates.facts.history import Choice, Condition, Histories, Vote
from lockgate.gates.facts.remembered import Index
from lockgate.kernel.canonical import encode
from lockgate.kernel.evidence import Verdict
from lockgate.kernel.scope import Level
from support.gate_scene import GHENT, LIEGE, NOW, Event, Folks, evidence, facts, gate, happened

RUN = {"evidence": {"kind": "scenario.run"}}
FIT = {"evidence": {"kind": "fit.probed"}, "key": "fit"}
FAILED = Verdict.FAILED
BASIS = Basis("c0ffee", "head-9", "artifact-1")
TOMORROW = NOW + timedelta(days=1)


class Table:
    """A committee around one gate; what it does is written down."""

    def __init__(self, *records, criteria=(RUN,), quorum=1, **roles):
        self.gate = gate(*criteria, quorum=quorum)
        self.facts = facts(*records)
        self.delegates = {}
        self.lent = {}
        self.folks = Folks({**Folks().roles, **roles})
        self.records = records

    @property
    def state(self):
        return evaluate(self.gate, GHENT, self.facts, NOW)

    @property
    def who(self):
        producers = {record.number: record.evidence.producer for record in self.records}
        return Electorate(self.folks, producers, self.delegates, self.lent)

    def vote(self, by, choice="go", reason="because", conditions=(), behalf=""):
        ballot = Ballot(by, Choice(choice), reason, tuple(conditions), behalf)
        answer = decide(self.state, ballot, self.who, BASIS)
        happened(self.facts, answer)
        return answer

    def waive(self, by="ann", criterion="c1", owner="bob", reason="later", until=TOMORROW):
        answer = waive(self.state, Plea(criterion, by, owner, reason, until), self.who)
        happened(self.facts, answer)
        return answer

    def permitted(self, *states):
        return permission([self.gate], states or [self.state], self.folks)

    def sign(self, by, reason="the warehouse stands still", until=TOMORROW):
        answer = sign(self.state, by, reason, until, self.folks)
        happened(self.facts, answer)
        return answer


def said(answer):
    return [(no.rule, no.why) for no in answer.refusals]


def condition(criterion="c1", key="CON-1", owner="bob", due=TOMORROW):
    return Condition(key, "run it", owner, due, criterion)


# ── votes and decisions ──


def test_a_go_opens_a_ready_gate_and_keeps_what_was_seen():  # D7
    table = Table(evidence(1))
    answer = table.vote("ann")
    assert [event.kind for event in answer.events] == ["gate.voted", "gate.decided"]
    decided = answer.events[1].payload
    assert decided["basis"] == {"commit": "c0ffee", "head": "head-9", "artifact": "artifact-1"}
    assert decided["saw"] == {"c1": {"status": "met", "evidence": [1]}}
    assert (answer.choice, table.state.verdict) == (Choice.GO, GateVerdict.OPEN)
    assert all(encode(event.payload) for event in answer.events)


def test_who_does_not_hold_the_role_may_not_vote_and_that_is_kept():  # D1
    table = Table(evidence(1))
    answer = table.vote("wil")
    assert said(answer) == [("D1", "wil is not process-owner for site:ghent.")]
    assert answer.refusals[0].do == "Those who are: ann, bob, cyd."
    (event,) = answer.events
    assert (event.kind, event.payload["by"], event.payload["wanted"], event.payload["rules"]) == (
        "gate.refused",
        "wil",
        "vote go",
        ["D1"],
    )
    empty = Table(evidence(1), **{"process-owner": ()})
    assert empty.vote("ann").refusals[0].do == "Those who are: nobody."


def test_all_refusals_are_told_at_once():
    answer = Table(criteria=(RUN, FIT)).vote("wil", "go", conditions=[condition()])
    assert said(answer) == [
        ("D1", "wil is not process-owner for site:ghent."),
        ("D2", "A go has no conditions."),
        ("D2", "c1 is missing: no scenario.run on record."),
        ("D2", "fit is missing: no fit.probed on record."),
    ]


def test_a_gate_without_criteria_can_t_be_decided():
    assert said(Table(criteria=()).vote("ann")) == [("G1", "The gate has no criteria.")]


def test_a_quorum_takes_different_people():  # D4
    table = Table(evidence(1), quorum=2)
    assert (table.vote("ann").choice, table.vote("ann").lacking) == (None, 1)
    assert table.state.verdict is GateVerdict.READY
    answer = table.vote("bob")
    assert (answer.choice, [vote["by"] for vote in answer.events[1].payload["votes"]]) == (Choice.GO, ["bob", "ann"])
    assert table.state.history.votes == ()  # H1


def test_dissent_is_kept():
    table = Table(evidence(1), quorum=2)
    table.vote("cyd", "no-go", "too early")
    table.vote("ann")
    table.vote("bob")
    decision = table.state.history.decision
    assert [(vote.by, vote.reason) for vote in decision.dissent] == [("cyd", "too early")]


def test_who_votes_again_changes_their_vote():  # H1
    table = Table(evidence(1), quorum=2)
    table.vote("ann", "no-go")
    table.vote("ann")
    table.vote("bob")
    assert [vote.choice for vote in table.state.history.decision.votes] == ["go", "go"]


def test_a_vote_for_another_state_has_to_be_cast_again():  # D3
    table = Table(evidence(1), criteria=(RUN, {"register": "defect", "require": ["count = 0"]}), quorum=2)
    table.facts.registers["defect"] = []
    table.vote("ann", "no-go")
    table.facts.registers["defect"] = [{"id": "DEF-1"}]
    assert table.vote("bob", "no-go").lacking == 1
    assert table.vote("ann", "no-go").choice is Choice.NO_GO


def test_who_lost_the_role_no_longer_counts():  # D4
    table = Table(evidence(1), quorum=2)
    table.vote("ann")
    table.folks = Folks({"process-owner": ("bob", "cyd")})
    assert table.vote("bob").lacking == 1


def test_a_no_go_needs_a_reason_and_closes():  # D6
    table = Table(evidence(1))
    assert said(table.vote("ann", "no-go", " ")) == [("D6", "It needs a reason.")]
    assert table.vote("ann", "no-go", "the peak is near").choice is Choice.NO_GO
    assert table.state.verdict is GateVerdict.CLOSED
    table.vote("ann")
    assert table.state.verdict is GateVerdict.OPEN


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


# ── separation of duties ──


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


def test_a_vote_of_before_roles_were_kept_reads_as_ever():
    kept = {"by": "ann", "choice": "go", "reason": "", "standing": "s", "behalf": "", "conditions": []}
    vote = Vote.of(kept, 3)
    assert (vote.role, vote.given, vote.lent) == ("", 0, 0)


# ── conditions fulfilled by word ──


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


# ── waivers ──


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


def test_a_vote_on_another_question_does_not_count():  # D3
    table = Table(evidence(1), quorum=2)
    table.vote("ann")
    table.gate = replace(table.gate, criteria=gate({**RUN, "require": ["failed = 0"]}, quorum=2).criteria)
    table.facts.index.add(evidence(2, measures={"failed": 0}))
    assert table.vote("bob").lacking == 1


# ── production ──


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


# ── histories ──


def test_histories_keep_what_concerns_gates_and_say_which():
    known = Histories()
    payload = {"gate": "uat-exit", "scope": "site:ghent"}
    fulfilled = Event(2, "gate.condition-fulfilled", {**payload, "condition": "B"})
    refused = Event(3, "gate.refused", {**payload, "by": "wil", "wanted": "vote go", "rules": ["D1"]})
    touched = known.add([Event(1, "gap.raised", {"id": "GAP-1"}), fulfilled, refused])
    assert touched == (("uat-exit", GHENT),)
    assert known.of("uat-exit", GHENT) == known.of("other", LIEGE)


def test_a_vote_is_read_as_it_was_written():
    vote = Vote("ann", Choice.CONDITIONAL, "so", "5e5e", 7, "bob", (condition(),))
    assert Vote.of(vote.as_dict(), 7) == vote
