"""How far is a domain, and what comes next? Rules K1 to K7."""

from dataclasses import replace

import pytest

from lockgate.practices.migration.decide.standing import Cell, commands, held_up, next_steps, standing

READ = Cell(rows=10, ready=0.5)
CLEAN = replace(READ, ready=1.0, cleansed=True)
LOADED = replace(CLEAN, loaded=10, rejected=0)
DONE = replace(LOADED, unexplained=0)


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (Cell(), "not-begun"),
        (Cell(convert=False), "not-loaded"),  # K5
        (READ, "blocked"),  # K4
        (CLEAN, "ready"),
        (replace(LOADED, rejected=1), "rejected"),  # K3
        (LOADED, "loaded"),
        (replace(DONE, unexplained=2), "unexplained"),  # K2
        (replace(DONE, rejected=3), "reconciled"),
    ],
)
def test_the_last_step_that_was_measured_says_how_far_a_domain_is(cell, said):  # K1
    assert standing(cell) == said


@pytest.mark.parametrize(
    ("cells", "steps"),
    [
        ((), ()),
        ((Cell(convert=False),), ()),
        ((DONE, Cell()), ("profile", "cleanse")),
        ((DONE, replace(DONE, stale=True)), ("profile", "cleanse")),
        ((CLEAN, READ), ("cleanse",)),
        ((LOADED, CLEAN), ("preflight", "load")),
        ((DONE, LOADED), ("reconcile",)),
        ((DONE, replace(DONE, unexplained=1)), ("new-round",)),
        ((DONE, Cell(convert=False)), ()),
    ],
)
def test_next_is_the_first_step_that_a_domain_lacks(cells, steps):  # K6
    assert next_steps(cells, cleanses=True) == steps


def test_without_anything_to_put_right_nothing_is_cleansed():  # K6
    assert next_steps([Cell()], cleanses=False) == ("profile",)
    assert next_steps([READ], cleanses=False) == ("preflight", "load")


def test_a_step_of_one_domain_names_it_where_it_can_be_taken_alone():  # K6
    assert commands(["profile", "load", "reconcile"], "items") == [
        "lockgate migrate profile",
        "lockgate migrate load --domain items",
        "lockgate migrate reconcile --domain items",
    ]
    assert commands(["load", "new-round"]) == ["lockgate migrate load", "lockgate migrate profile --new-round"]


@pytest.mark.parametrize(
    ("cell", "held"),
    [
        (READ, [("kept back by rules", 5)]),
        (replace(LOADED, rejected=4), [("not loaded", 4)]),
        (replace(DONE, rejected=4, unexplained=2), [("not loaded", 4), ("unexplained", 2)]),
        (DONE, []),
    ],
)
def test_what_holds_a_domain_up_is_a_number_with_a_word(cell, held):  # K7
    assert held_up(cell, 5) == held
