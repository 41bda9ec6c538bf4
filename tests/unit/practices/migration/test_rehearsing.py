"""What comes next in a rehearsal, what is left out, and what is said at its end?"""

from lockgate.practices.migration.decide.rehearsing import (
    STEPS,
    complete,
    counts,
    failed,
    minutes,
    missing,
    next_step,
    state_of,
    volume_share,
)

BY_NAME = {step.name: step for step in STEPS}
ALL_DONE = dict.fromkeys(BY_NAME, "done")


def test_steps_are_done_in_one_order():  # R1
    assert next_step({}) == BY_NAME["clone"]
    assert next_step({"clone": "done", "template": "done", "profile": "no"}) == BY_NAME["cleanse"]
    assert next_step(ALL_DONE) is None


def test_what_rests_on_a_step_that_failed_is_left_out_and_nothing_else():  # R1
    broken = {"clone": "failed"}
    assert missing(BY_NAME["template"], broken) == "clone"
    assert missing(BY_NAME["profile"], broken) is None
    assert missing(BY_NAME["load"], {"profile": "done", "template": "left-out"}) == "template"


def test_what_rests_on_a_step_whose_answer_is_no_is_done_all_the_same():  # R2
    assert missing(BY_NAME["reconcile"], {"load": "no"}) is None
    assert failed({"match": "no", "load": "done", "reconcile": "failed", "behave": "left-out", "clone": "skipped"}) == 3


def test_a_load_fails_for_what_odoo_refused_and_not_for_what_was_kept_back():  # R3
    load = BY_NAME["load"]
    assert state_of(load, ok=False, facts={"rejected": 9, "refused": 0}) == "done"
    assert state_of(load, ok=False, facts={"rejected": 9, "refused": 1}) == "no"
    assert state_of(BY_NAME["reconcile"], ok=False, facts={}) == "no"
    assert state_of(BY_NAME["reconcile"], ok=True, facts={}) == "done"


def test_the_copy_its_template_and_the_work_tried_on_it_are_outside_of_the_window():  # R4
    assert minutes({"clone": 600, "template": 600, "profile": 30, "load": 60, "behave": 600}) == 1.5


def test_a_run_of_which_a_step_was_not_carried_out_is_not_complete():  # R5
    assert complete(ALL_DONE)
    assert complete({**ALL_DONE, "match": "not-needed", "load": "no"})
    assert not complete({**ALL_DONE, "cleanse": "skipped"})
    assert not complete({**ALL_DONE, "load": "failed", "reconcile": "left-out"})
    assert not complete({"clone": "done"})


def test_a_run_of_deltas_is_no_run_of_the_whole_migration():  # R5
    assert counts(ALL_DONE, deltas=False)
    assert not counts(ALL_DONE, deltas=True)
    assert not counts({**ALL_DONE, "cleanse": "skipped"}, deltas=False)


def test_the_smallest_share_of_a_domain_is_that_of_the_whole():  # R6
    assert volume_share({"customers": 900, "items": 50}, {"customers": 1_000, "items": 100}) == 0.5
    assert volume_share({"customers": 900}, {"customers": 1_000, "items": 100}) == 0.0
    assert volume_share({"customers": 900}, {}) == 0.0
