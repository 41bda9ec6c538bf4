import pytest

from lockgate.faces.pace import Pace, duration


def paced(total, *counts):
    pace = Pace(total, at=0.0)
    for n, at in counts:
        pace.count(n, at=at)
    return pace


def test_before_anything_is_done_nobody_knows_how_long_it_takes():  # R2
    assert Pace(100, at=0.0).told("rows", at=0.0) == "0 of 100 rows (0 %)"
    assert Pace(100, at=0.0).seconds_left(at=5.0) is None


def test_rate_and_time_left_are_told():
    assert paced(5_000, (1_200, 4.0)).told("rows", at=4.0) == "1,200 of 5,000 rows (24 %), 300 rows/s, 13 s left"


def test_without_a_total_only_the_rate_is_told():  # R2
    assert paced(None, (1_200, 4.0)).told("rows", at=4.0) == "1,200 rows, 300 rows/s"


def test_once_all_is_done_no_time_is_left_to_tell():
    assert paced(10, (10, 4.0)).told("rows", at=4.0) == "10 of 10 rows (100 %), 2.5 rows/s"
    assert paced(10, (12, 4.0)).seconds_left(at=4.0) == 0.0


def test_the_rate_is_that_of_the_last_half_minute():  # R1
    pace = paced(None, *[(100, float(second)) for second in range(1, 61)], *[(10, float(s)) for s in range(61, 101)])
    assert pace.rate(at=100.0) == 10.0


def test_the_rate_falls_while_nothing_moves():  # R1
    pace = paced(None, (100, 10.0))
    assert (pace.rate(at=10.0), pace.rate(at=20.0)) == (10.0, 5.0)


def test_many_small_counts_keep_few_samples_and_the_right_rate():
    pace = paced(None, *[(1, n / 1000) for n in range(1, 10_001)])
    assert (len(pace._seen) <= 21, pace.rate(at=10.0)) == (True, 1000.0)


def test_nothing_of_nothing_is_no_division():
    assert paced(0).told("rows", at=1.0) == "0 of 0 rows"


def test_the_sum_tells_what_was_done_in_all():
    assert paced(5_000, (5_000, 16.0)).summed_up("rows", at=16.0) == "5,000 rows in 16 s (312 rows/s)"
    assert paced(5).summed_up("rows", at=0.0) == "0 rows in 0.0 s"


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "0.0 s"),
        (0.44, "0.4 s"),
        (9.94, "9.9 s"),
        (9.96, "10 s"),
        (59.4, "59 s"),
        (59.6, "1 min 00 s"),
        (200, "3 min 20 s"),
        (3_599.6, "1 h 00 min"),
        (3_900, "1 h 05 min"),
        (90_000, "25 h 00 min"),
    ],
)
def test_a_time_span_is_said_as_a_person_says_it(seconds, said):
    assert duration(seconds) == said
