"""Weights are learnt from counts, and from nothing else."""

import numpy as np
import pytest

from lockgate.engines.matching.training import Observed, random_answers, train

SAME = (np.array([0.9, 0.1]), np.array([0.8, 0.2]), np.array([0.7, 0.3]))
DIFFERENT = (np.array([0.001, 0.999]), np.array([0.002, 0.998]), np.array([0.003, 0.997]))


def planted(same, different):
    """Return what is observed when so many pairs are the same and so many are not; answers are missing in a tenth."""
    patterns = np.array([(a, b, c) for a in range(3) for b in range(3) for c in range(3)])

    def share(answers):
        told = [np.concatenate(([0.1], 0.9 * each)) for each in answers]
        return np.prod([each[patterns[:, place]] for place, each in enumerate(told)], axis=0)

    counts = same * share(SAME) + different * share(DIFFERENT)
    return Observed(patterns, np.ones(len(patterns), dtype=np.int64), counts)


def learnt(observed, touched):
    expected = [np.array([0.5, 0.5])] * 3
    return train(observed, expected=expected, different=DIFFERENT, touched=touched, pairs=1e6)


def test_what_was_planted_is_learnt():  # T2
    weights = learnt(planted(2_000, 2_000), [frozenset()])
    assert [round(float(same[0]), 2) for same in weights.same] == pytest.approx([0.9, 0.8, 0.7], abs=0.02)


def test_the_share_of_the_same_is_learnt_over_all_pairs():  # T4
    assert learnt(planted(2_000, 2_000), [frozenset()]).share == pytest.approx(2_000 / 1e6, rel=0.2)


def test_a_block_teaches_nothing_about_the_columns_that_it_looks_at():  # T2
    weights = learnt(planted(2_000, 2_000), [frozenset({0})])
    assert weights.same[0].tolist() == [0.5, 0.5]
    assert weights.same[1][0] == pytest.approx(0.8, abs=0.02)


def test_a_block_with_few_of_the_same_teaches_nothing():  # T2
    weights = learnt(planted(100, 10_000), [frozenset()])
    assert [same.tolist() for same in weights.same] == [[0.5, 0.5]] * 3


def test_a_handful_of_pairs_teaches_nothing():  # T3
    weights = learnt(planted(5, 5), [frozenset()])
    assert [same.tolist() for same in weights.same] == [[0.5, 0.5]] * 3


def test_missing_weighs_nothing():
    weights = learnt(planted(2_000, 2_000), [frozenset()])
    assert weights.bits(np.array([[0, 0, 0]])).tolist() == [[0.0, 0.0, 0.0]]


def test_the_same_counts_give_the_same_weights_to_the_last_bit():  # T5
    one, other = (learnt(planted(2_000, 2_000), [frozenset()]) for _ in range(2))
    assert [same.tolist() for same in one.same] == [same.tolist() for same in other.same]


def test_random_pairs_tell_how_often_others_agree_by_chance():  # T1
    levels = np.array([[1], [2], [0]])
    (told,) = random_answers(levels, np.array([10.0, 990.0, 500.0]), [np.array([0.5, 0.5])])
    assert told.tolist() == pytest.approx([0.01, 0.99], abs=0.001)
