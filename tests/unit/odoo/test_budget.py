import math

import pytest

from lockgate.odoo.calls.budget import LONGEST_WAIT_SECONDS, Budget, backoff


def test_a_budget_without_a_number_has_no_end(watch):
    assert Budget(clock=watch).left() == math.inf


def test_time_that_passes_is_taken_off_and_never_owed(watch):
    budget = Budget(10, clock=watch)
    watch.sleep(4)
    assert budget.left() == 6
    watch.sleep(40)
    assert budget.left() == 0


def test_a_wait_that_does_not_fit_is_not_begun(watch):  # R1
    budget = Budget(1.1, clock=watch, sleep=watch.sleep)
    assert (budget.wait(1), watch.now) == (False, 0.0)


def test_a_wait_that_fits_is_slept(watch):  # R1
    budget = Budget(60, clock=watch, sleep=watch.sleep)
    assert budget.wait(1) is True
    assert 0.125 <= watch.now <= 0.25


@pytest.mark.parametrize(("tries", "longest"), [(1, 0.25), (2, 0.5), (3, 1.0), (6, 8.0), (7, 8.0), (5000, 8.0)])
def test_waits_double_up_to_the_longest(tries, longest):  # R2
    drawn = [backoff(tries) for _ in range(200)]
    assert longest / 2 <= min(drawn) < max(drawn) <= longest <= LONGEST_WAIT_SECONDS


def test_a_part_of_an_endless_budget_has_an_end(watch):
    part = Budget(clock=watch, sleep=watch.sleep).part(5)
    watch.sleep(2)
    assert part.left() == 3


def test_a_part_of_a_limited_budget_is_the_budget_itself(watch):
    budget = Budget(500, clock=watch)
    assert budget.part(5) is budget
