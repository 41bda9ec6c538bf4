"""Does what people say about pairs count, once each, and can it be taken back?"""

import pytest

from lockgate.kernel.errors import UsageError
from lockgate.ledger.registers.action import Edit, Move, Raise
from lockgate.practices.migration.perform.matching.decided import by_pair, decisions, steps, take_filled_in
from lockgate.practices.migration.perform.matching.matched import match_all
from lockgate.programme.desk import desk_of

DECLARED = """
datasets:
  - {key: customers, title: Customers, source: erp, id: [NO]}
entities:
  - {key: customer, title: Customers, kind: organisation, owner: ann, REVIEWERS,
     parts: [{dataset: customers, columns: {name: NAME}}]}
"""
PAIR = ("customers:1", "customers:2")


@pytest.fixture
def match(bench_of, declare, hold, store):
    """Return what matches three customers, two of which may be the same, and gives what came of it."""
    hold("customers", ["NO", "NAME"], ("1", "Kemper Waterbouw"), ("2", "Kempen Waterbau"))

    def matched(reviewers=1, **wished):
        here = bench_of(declare(DECLARED.replace("REVIEWERS", f"reviewers: {reviewers}")))
        return match_all(here, (), **wished)["entities"][0], desk_of(here.place, here.workspace, here.now())

    return matched


def entry(people):
    return by_pair(people, "customer")[PAIR]


def say(people, who, said, reason=""):
    """Let somebody say what they think of the pair."""
    done = people.book.perform(
        [steps(entry(people), said, reason=reason)], actor=people.actor(who), moment=people.moment
    )
    return [one.code for one in done.refusals]


def test_a_pair_in_doubt_is_asked_about_once(match):  # N1
    for _ in range(2):
        one, people = match()
        assert (one["merged"], one["open_reviews"], one["duplicate_rate"]) == (0, 1, 0.5)
    (found,) = people.known.entries.of("match-review")
    assert (found.state, found.values["left"], found.values["right"], found.values["reviewers"]) == (
        "open",
        *PAIR,
        1,
    )
    assert found.values["because"].startswith("name: ")


def test_a_preview_asks_nobody(match):
    one, people = match(preview=5)
    assert (one["open_reviews"], list(people.known.entries.of("match-review"))) == (1, [])


@pytest.mark.parametrize(("said", "merged"), [("same", 1), ("different", 0)])
def test_what_a_person_says_counts_until_it_is_taken_back(match, said, merged):
    _, people = match()
    assert say(people, "ben", said) == []
    one, people = match()
    assert (one["merged"], one["open_reviews"], one["decisions"], one["duplicate_rate"]) == (merged, 0, 1, 0.0)
    back = Move(entry(people).id, "take-back", reason="I looked at the wrong one")
    assert people.book.perform([back], actor=people.actor("ben"), moment=people.moment).refusals == ()
    one, _ = match()
    assert (one["merged"], one["open_reviews"], one["decisions"]) == (0, 1, 0)


def test_two_reviewers_have_to_say_the_same(match):  # N4
    _, people = match(2)
    assert say(people, "ben", "same") == []
    assert decisions(people, "customer") == []
    assert say(people, "ben", "same") == ["separation-of-duties"]
    assert say(people, "ann", "same") == []
    assert decisions(people, "customer") == [(*PAIR, True)]


def test_where_two_say_different_things_the_owner_settles_it(match):  # N4
    _, people = match(2)
    say(people, "ben", "same")
    say(people, "ann", "different")
    assert (entry(people).state, decisions(people, "customer")) == ("disagreed", [])
    assert say(people, "ann", "different") == ["no-reason"]
    assert say(people, "ann", "different", "Two firms of two brothers") == []
    assert decisions(people, "customer") == [(*PAIR, False)]


def test_a_pair_that_needs_nobody_falls_away_and_comes_back(match, store):  # N2
    _, people = match()
    store.connection.execute("update clean.customers set NAME = 'Nord' where NO = '2'")
    one, people = match()
    assert (one["open_reviews"], entry(people).state) == (0, "gone")
    store.connection.execute("update clean.customers set NAME = 'Kempen Waterbau' where NO = '2'")
    one, people = match()
    assert (one["open_reviews"], entry(people).state) == (1, "open")


def test_what_a_person_asked_stays(match, store):  # N2
    store.connection.execute("update clean.customers set NAME = 'Nord' where NO = '2'")
    _, people = match()
    asked = {"title": "Are they?", "entity": "customer", "left": PAIR[1], "right": PAIR[0], "reviewers": 1}
    people.book.perform([Raise("match-review", asked)], actor=people.actor("ben"), moment=people.moment)
    one, people = match()
    assert (one["open_reviews"], entry(people).state) == (1, "open")


def test_a_verdict_that_was_filled_in_in_a_file_is_said_by_who_filled_it_in(match):  # N3
    _, people = match()
    filled = Edit(entry(people).id, entry(people).version, {"verdict": "same", "reason": "One letterhead"})
    people.book.perform([filled], actor=people.actor("ben"), moment=people.moment)
    one, people = match()
    assert (one["merged"], entry(people).state) == (1, "same")
    assert [(step.by, step.reason) for step in entry(people).steps] == [("ben", "One letterhead")]
    back = Move(entry(people).id, "take-back", reason="It was the letterhead of their bank")
    people.book.perform([back], actor=people.actor("ben"), moment=people.moment)
    one, people = match()
    assert (one["merged"], entry(people).state) == (0, "open")


def test_who_may_not_say_it_is_told(match):
    _, people = match(2)
    say(people, "ben", "same")
    filled = Edit(entry(people).id, entry(people).version, {"verdict": "same"})
    people.book.perform([filled], actor=people.actor("ben"), moment=people.moment)
    with pytest.raises(UsageError, match="What was decided about duplicates can't be kept: ben took the step"):
        take_filled_in(people)


def test_evidence_names_the_decisions_that_it_rests_on(match):
    seen = []
    for said in (None, "same"):
        one, people = match()
        seen.append(people.ledger.record(one["evidence"]).payload["inputs"]["decisions:customer"])
        if said is None:
            say(people, "ben", "same")
    assert len(set(seen)) == 2


def test_a_value_that_a_person_chose_survives(match):
    _, people = match()
    say(people, "ben", "same")
    chosen = {"title": "Name", "entity": "customer", "column": "name", "record": PAIR[1], "reason": "On the sign"}
    people.book.perform([Raise("value-choice", chosen)], actor=people.actor("ben"), moment=people.moment)
    one, _ = match(preview=1)
    assert [(each["value"], each["record"]) for each in one["preview"][0]["survivors"] if each["column"] == "name"] == [
        ("Kempen Waterbau", PAIR[1])
    ]
