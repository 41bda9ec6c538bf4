"""T26: nobody judges their own work, by themselves or through others, and what is refused is on record."""

import json

import pytest

from lockgate.ledger import open_ledger
from support.meridian import GATE, HERE

GHENT = ("--scope", "main-warehouse")
BOB = "  - key: bob\n    name: Bob Example\n    roles: [{ role: process-owner }]\n    deputy: ann\n"
EVE = "    roles: [{ role: site-lead, sites: [main-warehouse] }]"
ANN = "    roles: [{ role: sponsor }]\n"


@pytest.fixture
def vote(lockgate):
    """Vote go: the exit code, the verdict, the votes so far, and the reasons of a refusal."""

    def voted(by, *words):
        ran = lockgate("gate", "decide", GATE, "go", *GHENT, "--by", by, *words, "--json")
        if ran.code:
            return ran.code, json.loads(ran.err)["error"]["why"]
        told = json.loads(ran.out)
        return told["verdict"], [(one["by"], one["for"]) for one in told["votes"]]

    return voted


def refusals(programme):
    """Return what was refused so far: who wanted what, and which rules said no."""
    with open_ledger(programme.url) as ledger:
        told = [record.payload for record in ledger.records(kinds=["gate.refused"])]
    return [(one["by"], one["wanted"], one["rules"]) for one in told]


def holds(programme, *people):
    """Have these people, and no others, decide gates; eve leads the site all the same."""
    if "bob" not in people:
        programme.edit("programme/people.yaml", BOB, BOB.replace("process-owner", "sponsor"))
    if "eve" in people:
        programme.edit("programme/people.yaml", EVE, EVE.replace("[{", "[{ role: process-owner }, {"))
    if "ann" in people:
        programme.edit("programme/people.yaml", ANN, ANN.replace("}]", "}, { role: process-owner }]"))


def test_the_only_one_who_may_decide_can_not_decide_their_own_evidence(meridian, vote, lockgate):
    holds(meridian, "eve")
    meridian.measure(by="eve")
    said = "Those who had a hand in it can't decide it alone, and nobody else may decide it."
    assert vote("eve") == (5, said)
    waive = lockgate("gate", "waive", GATE, "orders-ship", *GHENT, "--by", "eve", "--owner", "ann", "--reason", "later",
                     "--until", "2026-05-31")  # fmt: skip
    assert waive.code == 5
    assert refusals(meridian) == [("eve", "vote go", ["D5"]), ("eve", "waive orders-ship", ["W4", "W3"])]


def test_an_author_s_vote_waits_for_somebody_who_had_no_hand_in_it(meridian, vote):
    holds(meridian, "eve", "bob")
    meridian.measure(by="eve")
    assert vote("eve") == ("ready", [("eve", "")])
    assert vote("eve") == ("ready", [("eve", "")])
    assert vote("bob") == ("open", [])


def test_a_deputy_is_as_bound_as_the_one_for_whom_they_vote(meridian, vote):
    meridian.measure(by="ann")
    assert vote("ann", "--for", "bob") == (5, "It needs a reason.")
    said = "Those who had a hand in it can't decide it alone, and nobody else may decide it."
    assert vote("ann", "--for", "bob", "--reason", "bob is ill") == (5, said)
    assert refusals(meridian) == [("ann", "vote go", ["D6"]), ("ann", "vote go", ["D5"])]


def test_two_who_stand_for_each_other_are_never_more_than_two(meridian, vote):
    holds(meridian, "ann", "bob")
    meridian.edit("programme/people.yaml", ANN.replace("}]", "}, { role: process-owner }]"),
                  ANN.replace("}]", "}, { role: process-owner }]") + "    deputy: bob\n")  # fmt: skip
    meridian.edit("programme/gates.yaml", "{role: process-owner}", "{role: process-owner, quorum: 2}")
    meridian.measure()
    why = ("--reason", "on holiday")
    assert vote("bob") == ("ready", [("bob", "")])
    assert vote("bob", "--for", "ann", *why) == ("ready", [("bob", "ann")])
    assert vote("ann", "--for", "bob", *why) == ("ready", [("bob", "ann"), ("ann", "bob")])
    assert vote("ann", "--for", "ann", *why)[0] == 5
    assert vote("ann") == ("ready", [("bob", "ann"), ("ann", "")])
    assert vote("bob") == ("open", [])
    assert refusals(meridian) == [("ann", "vote go", ["D1", "D1"])]


def test_a_deputy_can_not_pass_the_vote_on(meridian, vote):
    meridian.edit("programme/people.yaml", ANN, ANN + "    deputy: eve\n")
    meridian.measure()
    said = "bob has not named eve as delegate, nor lent the role."
    assert vote("eve", "--for", "bob", "--reason", "ann is away, too") == (5, said)
    assert vote("eve", "--for", "ann", "--reason", "ann is away, too") == (5, "ann may not decide this gate either.")
    assert refusals(meridian) == [("eve", "vote go", ["D1"]), ("eve", "vote go", ["D1"])]


def test_who_has_lost_the_role_no_longer_counts_and_is_refused(meridian, vote, lockgate):
    holds(meridian, "ann", "bob", "eve")
    meridian.edit("programme/gates.yaml", "{role: process-owner}", "{role: process-owner, quorum: 2}")
    meridian.measure()
    assert vote("bob") == ("ready", [("bob", "")])
    meridian.edit("programme/people.yaml", BOB, BOB.replace("process-owner", "sponsor"))
    assert vote("ann") == ("ready", [("bob", ""), ("ann", "")])
    assert vote("bob") == (5, "bob is not process-owner for site:main-warehouse.")
    assert vote("eve") == ("open", [])
    decided = json.loads(lockgate("gate", "show", *HERE, "--json").out)["decision"]
    assert [one["by"] for one in decided["votes"]] == ["eve", "ann"]
    assert refusals(meridian) == [("bob", "vote go", ["D1"])]


def test_a_vote_on_another_question_does_not_count(meridian, vote):  # D3
    meridian.edit("programme/gates.yaml", "{role: process-owner}", "{role: process-owner, quorum: 2}")
    holds(meridian, "ann", "bob")
    meridian.measure()
    assert vote("bob") == ("ready", [("bob", "")])
    meridian.edit("programme/gates.yaml", "[failed = 0]", "[failed <= 100]")
    assert vote("ann") == ("ready", [("ann", "")])
    assert vote("bob") == ("open", [])
