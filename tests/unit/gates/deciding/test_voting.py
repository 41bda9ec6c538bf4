"""Who may decide a gate, and which votes count? D1 to D7, H1 to H3."""

from dataclasses import replace

from lockgate.gates.asking.evaluating import GateVerdict
from lockgate.gates.facts.history import Choice, Histories, Vote
from lockgate.kernel.canonical import encode
from support.committee import FIT, RUN, Table, condition, said
from support.gate_scene import GHENT, LIEGE, Event, Folks, evidence, gate


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


def test_a_vote_of_before_roles_were_kept_reads_as_ever():
    kept = {"by": "ann", "choice": "go", "reason": "", "standing": "s", "behalf": "", "conditions": []}
    vote = Vote.of(kept, 3)
    assert (vote.role, vote.given, vote.lent) == ("", 0, 0)


def test_a_vote_on_another_question_does_not_count():  # D3
    table = Table(evidence(1), quorum=2)
    table.vote("ann")
    table.gate = replace(table.gate, criteria=gate({**RUN, "require": ["failed = 0"]}, quorum=2).criteria)
    table.facts.index.add(evidence(2, measures={"failed": 0}))
    assert table.vote("bob").lacking == 1


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
