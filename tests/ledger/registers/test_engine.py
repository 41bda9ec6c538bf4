from dataclasses import replace

import pytest

from lockgate.ledger.record import Event
from lockgate.ledger.registers.action import Edit, Move, Outcome, Raise, Refusal, Remark, Tag, Tie
from lockgate.ledger.registers.engine import perform_all
from lockgate.ledger.registers.entry import Link
from support.registers import GAP, KNOWN, MONDAY, actor

AUTHORITY = actor("eve", "design-authority")


def test_raising_leaves_one_event_without_any_name(world):
    outcome = world.ask(Raise("gap", {"title": "Catch weight", "owner": "bea", "days": 3.0, "story": ""}))
    values = {"title": "Catch weight", "owner": "bea", "days": 3}
    assert outcome == Outcome(
        (Event("gap.raised", {"register": "gap", "id": "GAP-1", "state": "open", "values": values}),)
    )


def test_ids_are_counted_per_register_and_never_used_twice(world):
    world.raised().raised().do(Raise("risk", {"title": "Late"}), actor("ada", "analyst"))
    assert sorted(world.known.entries.by_id) == ["GAP-1", "GAP-2", "RISK-1"]
    assert [one.id for one in world.known.entries.of("gap")] == ["GAP-1", "GAP-2"]


def test_all_reasons_against_raising_are_told_at_once(world):
    outcome = world.ask(Raise("risk", {"titel": "Late"}))
    assert outcome.refusals == (
        Refusal("unknown-field", "A risk has no 'titel'.", "Did you mean 'title'?", "titel"),
        Refusal("missing-value", "Title must have a value.", "Give it: title=…", "title"),
        Refusal("no-right", "ada may not raise a risk.", "Ask one who may: analyst."),
    )
    assert str(outcome.refusals[0]) == "A risk has no 'titel'. Did you mean 'title'?"


def test_a_bad_required_value_is_told_once(world):
    assert world.refused(Raise("gap", {"title": "two\nlines"})) == ["bad-value"]


def test_an_unknown_register_is_told_with_those_there_are(world):
    assert world.ask(Raise("gaps", {})).refusals == (
        Refusal("unknown-register", "There is no register 'gaps'.", "Did you mean 'gap'?"),
    )


@pytest.mark.parametrize("action", [Edit("GAP-9", 1, {}), Move("GAP-9", "propose"), Remark("GAP-9", "x")])
def test_an_unknown_record_is_refused(world, action):
    assert world.refused(action) == ["unknown-record"]


def test_a_record_whose_register_is_not_declared_any_more_stays_but_is_not_touched(world):
    world.raised().with_(registers={})
    assert world.refused(Remark("GAP-1", "Hello")) == ["unknown-register"]


def test_an_edit_with_a_file_names_it_as_the_ledger_names_files(world):
    world.raised()

    outcome = world.ask(Edit("GAP-1", 1, {"days": 3}, files=("a" * 64,)))

    payload = {"register": "gap", "id": "GAP-1", "values": {"days": 3}, "artifacts": ["a" * 64]}
    assert outcome == Outcome((Event("gap.edited", payload),))


def test_an_edit_keeps_only_what_changes(world):
    world.raised(days=3, owner="bea")
    outcome = world.do(Edit("GAP-1", 1, {"title": "Catch weight", "days": None, "site": "ghent"}))
    assert outcome.events == (
        Event("gap.edited", {"register": "gap", "id": "GAP-1", "values": {"days": None, "site": "ghent"}}),
    )
    assert world.gap().values == {"title": "Catch weight", "owner": "bea", "site": "ghent"}
    assert world.gap().version == 2


def test_an_edit_that_changes_nothing_leaves_nothing(world):
    world.raised()
    assert world.ask(Edit("GAP-1", 1, {"title": "Catch weight"})) == Outcome()


def test_the_loser_of_two_edits_learns_who_changed_what_and_when(world):  # E2
    world.raised(owner="bea").do(Edit("GAP-1", 1, {"days": 2, "fit": "custom"}), actor("bea"))
    assert world.ask(Edit("GAP-1", 1, {"days": 5})).refusals == (
        Refusal(
            "stale-version",
            "GAP-1 is at version 2, not 1. Changed since by bea at 2027-03-01T09:02:00Z (days, fit).",
            "Read it again, and put your change on top of theirs.",
        ),
    )


def test_a_version_that_never_was_is_refused_too(world):
    world.raised()
    assert world.ask(Edit("GAP-1", 7, {"days": 5})).refusals[0].what == "GAP-1 is at version 1, not 7."


def test_a_required_field_can_not_be_emptied(world):
    world.raised()
    assert world.refused(Edit("GAP-1", 1, {"title": None})) == ["missing-value"]


def test_only_owner_and_raiser_edit(world):
    world.raised(owner="bea")
    assert world.refused(Edit("GAP-1", 1, {"days": 1}), actor("cyd", "analyst")) == ["no-right"]
    world.do(Edit("GAP-1", 1, {"owner": "cyd"}), actor("bea"))
    assert world.refused(Edit("GAP-1", 2, {"days": 1}), actor("bea")) == ["no-right"]
    world.do(Edit("GAP-1", 2, {"days": 1}), actor("cyd"))


def test_a_record_is_not_moved_to_a_site_where_one_has_no_say(world):
    local = replace(GAP, edited_by=("site-lead",))
    world.with_(registers={"gap": local}).raised(site="ghent")
    lead = actor("dan", "site-lead@site:ghent")
    assert world.refused(Edit("GAP-1", 1, {"site": "lyon"}), lead) == ["no-right"]
    assert world.refused(Edit("GAP-1", 1, {"site": None}), lead) == ["no-right"]
    world.do(Edit("GAP-1", 1, {"days": 4}), lead)


def test_what_is_closed_is_opened_before_it_is_edited(world):  # E5
    world.proposed().do(Move("GAP-1", "decide", "Cheap"), AUTHORITY)
    refusal = world.ask(Edit("GAP-1", 3, {"days": 1})).refusals
    assert refusal == (Refusal("closed", "GAP-1 is decided, so it is not edited.", "From here: reopen."),)


def test_a_final_state_says_that_nothing_leads_out(world):
    who = actor("ada", "analyst")
    world.do(Raise("risk", {"title": "Late"}), who)
    world.do(Move("RISK-1", "close"), who)
    assert world.ask(Move("RISK-1", "close"), who).refusals == (
        Refusal("wrong-state", "'close' starts from open; RISK-1 is gone.", "Nothing leads out of that state."),
    )


def test_a_step_leaves_its_own_event_with_reason_and_values(world):
    world.raised(owner="bea")
    world.do(Move("GAP-1", "propose", values={"fit": "custom"}), actor("bea"))
    outcome = world.do(Edit("GAP-1", 2, {"cost": 500}), actor("bea"))
    outcome = world.do(Move("GAP-1", "decide", "Worth it", version=3), AUTHORITY)
    assert outcome.events == (
        Event(
            "gap.decided",
            {
                "register": "gap",
                "id": "GAP-1",
                "transition": "decide",
                "source": "proposed",
                "target": "decided",
                "reason": "Worth it",
                "values": {},
            },
        ),
    )
    step = world.gap().steps[-1]
    assert (step.by, step.reason, step.takers, world.gap().state) == ("eve", "Worth it", ("eve",), "decided")


def test_all_reasons_against_a_step_are_told_at_once(world):  # E1
    world.raised()
    assert world.refused(Move("GAP-1", "decide", version=4, values={"days": "x", "title": "y"}), actor("cyd")) == [
        "no-right",
        "stale-version",
        "wrong-state",
        "bad-value",
        "not-of-this-step",
        "no-reason",
        "missing-value",
        "guard",
    ]


def test_an_unknown_step_is_told_with_what_was_meant(world):
    world.raised()
    assert world.ask(Move("GAP-1", "propos")).refusals == (
        Refusal("unknown-transition", "A gap has no step 'propos'.", "Did you mean 'propose'?"),
    )


@pytest.mark.parametrize(
    ("cost", "why"),
    [(20_000, "which does not hold."), (None, "which can't be told, since a value is missing or of another kind.")],
)
def test_a_guard_must_hold_and_be_known_to(world, cost, why):  # E3
    world.proposed(cost=cost)
    outcome = world.ask(Move("GAP-1", "decide", "Cheap"), AUTHORITY)
    assert outcome.refusals[-1].what == f"'decide' asks for `cost <= 10000`, {why}"


def test_a_reason_is_a_text_that_can_be_kept(world):
    world.proposed()
    assert world.refused(Move("GAP-1", "decide", "bell \a"), AUTHORITY) == ["bad-value"]
    assert world.refused(Move("GAP-1", "decide", "   "), AUTHORITY) == ["no-reason"]


@pytest.mark.parametrize(
    ("who", "why"),
    [("ada", "raised it"), ("bea", "owns it or owned it"), ("cyd", "took the step 'propose'")],
)
def test_duties_are_separated_whatever_the_role(world, who, why):  # P3
    world.proposed()
    outcome = world.ask(Move("GAP-1", "decide", "Cheap"), actor(who, "design-authority"))
    assert [one.code for one in outcome.refusals] == ["separation-of-duties"]
    assert outcome.refusals[0].what == f"{who} {why}, so may not take the step 'decide' of GAP-1."


def test_handing_a_record_over_does_not_free_its_owner(world):  # P3
    world.proposed().do(Edit("GAP-1", 2, {"owner": "dan"}), actor("bea"))
    assert world.refused(Move("GAP-1", "decide", "Cheap"), actor("bea", "design-authority")) == ["separation-of-duties"]


def test_a_step_of_two_people_happens_with_the_second_yes(world):  # E4
    world.proposed()
    first = world.do(Move("GAP-1", "accept"), actor("ada", "member"))
    assert [one.kind for one in first.events] == ["gap.voted"]
    assert world.gap().state == "proposed"
    assert world.refused(Move("GAP-1", "accept"), actor("ada", "member")) == ["voted-already"]
    no = world.do(Move("GAP-1", "accept", "Too dear", yes=False), actor("dan", "member"))
    assert [one.kind for one in no.events] == ["gap.voted"]
    second = world.do(Move("GAP-1", "accept"), actor("eve", "member"))
    assert [one.kind for one in second.events] == ["gap.voted", "gap.accepted"]
    step = world.gap().steps[-1]
    assert [(vote.by, vote.yes, vote.reason) for vote in step.votes] == [
        ("ada", True, ""),
        ("dan", False, "Too dear"),
        ("eve", True, ""),
    ]
    assert step.takers == ("ada", "eve")
    assert (world.gap().state, world.gap().votes) == ("decided", ())


def test_who_said_no_may_still_say_yes(world):
    world.proposed().do(Move("GAP-1", "accept", "Too dear", yes=False), actor("ada", "member"))
    world.do(Move("GAP-1", "accept"), actor("ada", "member"))
    assert [(vote.by, vote.yes) for vote in world.gap().votes] == [("ada", True)]


def test_a_no_needs_a_reason_and_a_vote(world):
    world.proposed()
    assert world.refused(Move("GAP-1", "accept", yes=False), actor("ada", "member")) == ["no-reason"]
    assert world.refused(Move("GAP-1", "decide", "No", yes=False), AUTHORITY) == ["no-vote"]


def test_votes_were_for_the_version_voted_on(world):  # E4
    world.proposed().do(Move("GAP-1", "accept"), actor("eve", "member"))
    world.do(Edit("GAP-1", 2, {"cost": 9000}), actor("bea"))
    assert world.gap().votes == ()
    outcome = world.do(Move("GAP-1", "accept"), actor("dan", "member"))
    assert [one.kind for one in outcome.events] == ["gap.voted"]


def test_a_vote_changes_no_values(world):
    votes = tuple(replace(one, votes=2) if one.key == "propose" else one for one in GAP.transitions)
    world.with_(registers={"gap": replace(GAP, transitions=votes)}).raised()
    move = Move("GAP-1", "propose", values={"fit": "custom"})
    assert world.refused(move, actor("ada", "analyst")) == ["vote-with-values"]


def test_who_voted_for_a_step_took_it(world):  # P3
    steps = (*GAP.transitions[:2], replace(GAP.transitions[2], not_by=("accept",), votes=3), GAP.transitions[3])
    world.with_(registers={"gap": replace(GAP, transitions=steps)}).proposed()
    world.do(Move("GAP-1", "accept"), actor("ada", "member"))
    assert world.refused(Move("GAP-1", "accept"), actor("ada", "member")) == ["separation-of-duties", "voted-already"]


def test_of_actions_that_belong_together_all_happen(world):  # E6
    actions = [Raise("gap", {"title": "One", "owner": "ada"}), Move("GAP-1", "propose", values={"fit": "custom"})]
    outcome = perform_all(actions, actor=actor("ada"), known=KNOWN, moment=MONDAY)
    assert [one.kind for one in outcome.events] == ["gap.raised", "gap.propose"]


def test_of_actions_that_belong_together_none_happens_when_one_may_not(world):  # E6
    actions = [Raise("gap", {"title": "One"}), Raise("gap", {}), Raise("gap", {"title": "Two", "days": "x"})]
    outcome = perform_all(actions, actor=actor("ada"), known=KNOWN, moment=MONDAY)
    assert outcome.events == ()
    assert [one.code for one in outcome.refusals] == ["missing-value", "bad-value"]


def test_a_comment_changes_no_version(world):
    world.raised().do(Remark("GAP-1", " Seen at the dock.\r\nTwice. "), actor("dan"))
    assert [(one.by, one.text) for one in world.gap().comments] == [("dan", "Seen at the dock.\nTwice.")]
    assert world.gap().version == 1
    assert world.refused(Remark("GAP-1", "  ")) == ["missing-value"]
    assert world.refused(Remark("GAP-1", "x" * 20_000)) == ["bad-value"]


def test_a_link_is_seen_from_both_sides_and_undone(world):
    world.raised().raised()
    world.do(Tie("GAP-1", "blocks", "GAP-2"))
    world.do(Tie("GAP-1", "covers", "scenario:otc-01"))
    assert world.gap(1).links == (Link("blocks", "GAP-2"), Link("covers", "scenario:otc-01"))
    assert world.gap(2).linked_from == (Link("blocks", "GAP-1"),)
    assert world.ask(Tie("GAP-1", "blocks", "GAP-2")) == Outcome()
    world.do(Tie("GAP-1", "blocks", "GAP-2", undo=True))
    world.do(Tie("GAP-1", "covers", "scenario:otc-01", undo=True))
    assert (world.gap(1).links, world.gap(2).linked_from) == ((), ())
    assert world.refused(Tie("GAP-1", "blocks", "GAP-2", undo=True)) == ["unknown-link"]


def test_a_link_needs_a_relation_and_another_record(world):
    world.raised()
    assert world.refused(Tie("GAP-1", "block", "GAP-1")) == ["unknown-relation", "link-to-itself"]
    assert world.refused(Tie("GAP-1", "blocks", "GAP-7")) == ["unknown-record"]
    assert world.refused(Tie("GAP-1", "blocks", "something else")) == ["unknown-record"]


def test_a_link_leads_to_what_the_workspace_declares_where_that_is_known(world):
    world.raised().with_(declared={"scenario": ["otc-01"]})
    assert world.ask(Tie("GAP-1", "covers", "scenario:otc-01")).done
    assert world.ask(Tie("GAP-1", "covers", "mapping:customers")).done
    assert world.ask(Tie("GAP-1", "covers", "scenario:otc-1")).refusals == (
        Refusal("unknown-record", "The workspace declares no scenario 'otc-1'.", "Did you mean 'otc-01'?"),
    )


def test_tags_are_kept_in_order_and_once(world):
    world.raised().do(Tag("GAP-1", ("night", "cold", "night")))
    assert world.gap().tags == ("cold", "night")
    assert world.ask(Tag("GAP-1", ("cold",))) == Outcome()
    world.do(Tag("GAP-1", ("cold", "other"), undo=True))
    assert world.gap().tags == ("night",)
    assert world.refused(Tag("GAP-1", ("two words", "fine", ""))) == ["bad-tag", "bad-tag"]


@pytest.mark.parametrize(
    ("grant", "site", "may"),
    [
        ("analyst", "ghent", True),
        ("analyst", None, True),
        ("analyst@site:ghent", "ghent", True),
        ("analyst@site:belgium", "ghent", True),
        ("analyst@site:ghent", "belgium", False),
        ("analyst@site:lyon", "ghent", False),
        ("analyst@wave:north", "ghent", True),
        ("analyst@wave:north", "lyon", False),
        ("analyst@wave:south", "ghent", False),
        ("analyst@site:ghent", None, False),
        ("member", "ghent", False),
    ],
)
def test_who_may_take_a_step_where(world, grant, site, may):  # P2
    world.raised(fit="custom", site=site)
    outcome = world.ask(Move("GAP-1", "propose"), actor("dan", grant))
    assert outcome.done == may
    if not may:
        assert [one.code for one in outcome.refusals] == ["no-right"]


def test_a_role_named_owner_gives_nothing(world):
    world.raised(fit="custom", owner="bea")
    assert world.refused(Move("GAP-1", "propose"), actor("dan", "owner")) == ["no-right"]
    outcome = world.ask(Move("GAP-1", "propose"), actor("dan", "analyst@site:lyon"))
    assert outcome.refusals == (
        Refusal(
            "no-right",
            "dan may not take the step 'propose' of GAP-1. dan is analyst (site:lyon).",
            "Ask one who may: the owner, bea, analyst.",
        ),
    )


def test_sites_that_are_above_each_other_in_a_circle_end(world):
    looped = replace(KNOWN, sites={"a": "b", "b": "a"})
    assert looped.above("a") == ("a", "b")
    assert replace(KNOWN, sites=None).above("a") == ("a",)
