"""Are values counted in intervals that say something? Rules H1 and H2."""

import duckdb
import pytest

from lockgate.engines.profiling import Bin, profile, spread


@pytest.fixture
def held():
    """Return what holds values in a column, and counts them."""
    with duckdb.connect() as connection:

        def of(type_, *values, bins=4):
            connection.execute(f"create or replace table t (c {type_}, other varchar)")
            connection.executemany("insert into t values (?, 'x')", [[value] for value in values])
            return spread(connection, "t", profile(connection, "t").columns, bins)

        yield of


def test_intervals_reach_from_the_least_to_the_most_and_count_every_row(held):
    found = held("INTEGER", 0, 1, 2, 3, 4, 5, 6, 8, None)

    assert found == {"c": (Bin("0", "2", 2), Bin("2", "4", 2), Bin("4", "6", 2), Bin("6", "8", 2))}


def test_a_number_far_beyond_the_others_counts_in_the_last_interval(held):  # H1
    found = held("DOUBLE", 0, 1, 2, 3, 4, 1_000_000)

    assert found == {
        "c": (Bin("0", "2.81", 3), Bin("2.81", "5.62", 2), Bin("5.62", "8.44", 0), Bin("8.44", "11.25", 1))
    }


def test_days_have_intervals_of_days(held):
    found = held("DATE", "2026-01-01", "2026-01-03", "2026-01-05", bins=2)

    assert found == {"c": (Bin("2026-01-01", "2026-01-03", 1), Bin("2026-01-03", "2026-01-05", 2))}


def test_one_value_has_one_interval_and_nothing_has_none(held):  # H2
    assert held("INTEGER", 7, 7) == {"c": (Bin("7", "7", 2),)}
    assert held("INTEGER", None) == {}
