"""Control totals by any grouping, where they differ, and figures that tie."""

from decimal import Decimal

import duckdb
import pytest

from lockgate.engines.comparing import ROWS, Total, TotalDifference, compare_totals, tie, totals
from lockgate.kernel.errors import UsageError


@pytest.fixture
def connection():
    with duckdb.connect() as opened:
        opened.execute(
            "CREATE TABLE l (company VARCHAR, currency VARCHAR, amount DECIMAL(12,2), weight DOUBLE, note VARCHAR)"
        )
        opened.execute(
            "INSERT INTO l VALUES ('BE', 'EUR', 10.10, 0.1, ''), ('BE', 'EUR', NULL, 0.2, ''), ('US', 'USD', 5, 1, '')"
        )
        opened.execute("CREATE TABLE r AS FROM l")
        yield opened


def test_rows_and_sums_are_told_for_each_group(connection):
    connection.execute("INSERT INTO l VALUES (NULL, 'EUR', 1, NULL, '')")
    assert totals(connection, "l", ["company", "currency"], ["amount", "weight"]) == (
        Total(("BE", "EUR"), 2, (Decimal("10.10"), Decimal("0.3"))),
        Total(("US", "USD"), 1, (Decimal(5), Decimal(1))),
        Total((None, "EUR"), 1, (Decimal(1), Decimal(0))),
    )


def test_without_a_group_there_is_one_total_of_all(connection):
    assert totals(connection, "l", [], ["amount"]) == (Total((), 3, (Decimal("15.10"),)),)


def test_floats_are_added_exactly_in_any_order(connection):  # T1
    connection.execute("CREATE TABLE many AS SELECT 0.1::DOUBLE AS weight FROM range(300000)")
    assert totals(connection, "many", [], ["weight"]) == (Total((), 300000, (Decimal(30000),)),)


def test_totals_that_agree_differ_nowhere(connection):
    assert compare_totals(connection, "l", "r", ["company"], ["amount", "weight"]) == ()
    assert compare_totals(connection, "l", "r", [], ["amount"]) == ()


def test_a_group_of_one_side_differs_by_all_that_it_holds(connection):  # T2
    connection.execute("UPDATE r SET company = NULL WHERE company = 'US'")
    assert compare_totals(connection, "l", "r", ["company"], ["amount"]) == (
        TotalDifference(("US",), ROWS, Decimal(1), None),
        TotalDifference(("US",), "amount", Decimal(5), None),
        TotalDifference((None,), ROWS, None, Decimal(1)),
        TotalDifference((None,), "amount", None, Decimal(5)),
    )


def test_sums_may_be_apart_by_the_tolerance_and_rows_by_none(connection):  # T2
    connection.execute(
        "UPDATE r SET amount = amount + 0.02 WHERE company = 'BE'; INSERT INTO r VALUES ('US', 'USD', 0, 0, '')"
    )
    rows = TotalDifference(("US",), ROWS, Decimal(1), Decimal(2))
    assert compare_totals(connection, "l", "r", ["company"], ["amount"], tolerance=Decimal("0.02")) == (rows,)
    apart = compare_totals(connection, "l", "r", ["company"], ["amount"], tolerance=Decimal("0.01"))
    assert apart == (TotalDifference(("BE",), "amount", Decimal("10.10"), Decimal("10.12")), rows)
    assert [one.difference for one in apart] == [Decimal("0.02"), Decimal(1)]


def test_differences_that_cancel_out_are_seen_in_their_groups(connection):  # T3
    connection.execute("UPDATE r SET amount = amount + CASE company WHEN 'BE' THEN 1 ELSE -1 END")
    connection.execute("DELETE FROM r WHERE amount IS NULL; DELETE FROM l WHERE amount IS NULL")
    assert compare_totals(connection, "l", "r", [], ["amount"]) == ()
    assert [one.difference for one in compare_totals(connection, "l", "r", ["company"], ["amount"])] == [1, -1]


@pytest.mark.parametrize(
    ("by", "sums", "told"),
    [
        (["compny"], [], ("l has no column compny.", "Did you mean company?")),
        (
            [],
            ["note"],
            ("note of l can't be added up.", "It is held as VARCHAR.", "Declare it as a number where it is read."),
        ),
    ],
)
def test_what_can_not_be_totalled_is_refused(connection, by, sums, told):
    with pytest.raises(UsageError) as refused:
        totals(connection, "l", by, sums)
    assert refused.value.lines() == told


@pytest.mark.parametrize(
    ("figures", "tolerance", "difference", "holds"),
    [
        (["1.00", "1"], "0", "0", True),
        (["1.00", "1.01"], "0.01", "0.01", True),
        (["1.00", "1.02"], "0.01", "0.02", False),
        (["1.00", "1.01", "0.99"], "0.01", "0.02", False),
        (["-5", "5"], "0", "10", False),
        (["1", None], "9", None, None),
        (["1"], "9", None, None),
        ([], "9", None, None),
    ],
)
def test_figures_tie_when_none_is_further_from_another_than_the_tolerance(figures, tolerance, difference, holds):  # T4
    tied = tie(
        {str(number): figure and Decimal(figure) for number, figure in enumerate(figures)}, tolerance=Decimal(tolerance)
    )
    assert (tied.difference, tied.holds) == (difference and Decimal(difference), holds)
