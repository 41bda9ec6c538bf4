"""Does chance repeat itself, whatever slice is asked for, and keep shares exactly?"""

import numpy as np
import polars as pl
import pytest

from lockgate.engines.legacy.chance import Chance
from lockgate.engines.legacy.outlets.german import amount, day
from lockgate.engines.legacy.parties.truth import CUSTOMERS, SUPPLIERS, Parties

ROWS = np.arange(1_000)


def test_a_slice_gets_what_the_whole_gets():
    whole = Chance(7).numbers("street", ROWS)
    assert Chance(7).numbers("street", ROWS[400:500]).tolist() == whole[400:500].tolist()


def test_the_numbers_are_the_same_on_every_machine():
    assert Chance(7).below("street", np.arange(5), 1000).tolist() == [248, 928, 784, 300, 549]


def test_another_seed_or_question_gives_other_numbers():
    found = [Chance(seed).numbers(asked, ROWS).tolist() for seed, asked in ((7, "a"), (7, "b"), (8, "a"))]
    assert len({tuple(numbers) for numbers in found}) == 3


def test_a_share_is_allotted_exactly_and_no_row_twice():
    eligible = ROWS % 2 == 0
    masks = Chance(7).allot("mess", eligible, {"typo": 0.1, "missing": 0.02, "rare": 0.0001})
    assert {name: int(mask.sum()) for name, mask in masks.items()} == {"typo": 50, "missing": 10, "rare": 1}
    assert sum(mask.astype(int) for mask in masks.values()).max() == 1
    assert not any((mask & ~eligible).any() for mask in masks.values())


def test_weights_are_kept_about():
    chosen = Chance(7).choose("country", np.arange(100_000), (5, 3, 2))
    assert [round(float((chosen == place).mean()), 2) for place in range(3)] == [0.5, 0.3, 0.2]


@pytest.mark.parametrize(
    ("hundredths", "text"),
    [
        (0, "0,00"),
        (5, "0,05"),
        (-5, "-0,05"),
        (100_000, "1.000,00"),
        (-12_345_678, "-123.456,78"),
        (100_000_005, "1.000.000,05"),
        (123_456_789_012, "1.234.567.890,12"),
    ],
)
def test_amounts_are_written_as_in_germany(hundredths, text):
    assert pl.DataFrame({"cents": [hundredths]}).select(amount(pl.col("cents"))).item() == text


def test_days_are_written_as_in_germany():
    assert pl.DataFrame({"days": [20_696]}).select(day(pl.col("days"))).item() == "31.08.2026"


def test_no_two_partners_share_a_tax_id_at_the_largest_scale():
    weights = (0.0, 0.0, 0.0, 1.0, 0.0, 0.0)  # Luxembourg, which has the fewest
    many = np.concatenate([np.arange(20_000), np.arange(1_180_000, 1_200_000)])
    ids = [Parties(Chance(7), kind, weights, mark).vats(many) for kind, mark in ((CUSTOMERS, "C"), (SUPPLIERS, "S"))]
    assert pl.concat(ids).n_unique() == 80_000
    assert set(pl.concat(ids).str.slice(0, 2)) == {"LU", "BE"}
