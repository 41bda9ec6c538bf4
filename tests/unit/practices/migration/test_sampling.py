"""On which records is work tried? Always on the same ones, some of each class."""

from lockgate.practices.migration.decide.sampling import Candidate, drawn, in_order, paired

PUMPS = [Candidate(f"item_P{number}", number, "pumps") for number in range(1, 9)]
VALVES = [Candidate(f"item_V{number}", 100 + number, "valves") for number in range(1, 3)]


def test_of_each_class_as_many_are_drawn_as_are_asked_for_or_all_that_there_are():  # T2
    found = drawn([*VALVES, *PUMPS], samples=3, seed=7)
    assert [one.kind for one in found] == ["pumps", "pumps", "pumps", "valves", "valves"]


def test_the_same_seed_draws_the_same_ones_whatever_their_order():  # T1
    assert drawn(PUMPS, samples=3, seed=7) == drawn(reversed(PUMPS), samples=3, seed=7)
    assert {drawn(PUMPS, samples=3, seed=seed) for seed in range(20)} != {drawn(PUMPS, samples=3, seed=7)}


def test_a_record_more_moves_no_other_in_the_draw():  # T1
    known = in_order(PUMPS, 7)
    assert [one for one in in_order([*PUMPS, *VALVES], 7) if one in PUMPS] == known


def test_partners_are_drawn_one_after_the_other_and_again_from_the_first():  # T3
    assert [paired(number, VALVES).name for number in range(3)] == ["item_V1", "item_V2", "item_V1"]
