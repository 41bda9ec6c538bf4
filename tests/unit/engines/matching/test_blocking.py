"""A block teaches nothing about what it looks at, and nothing about what comes along with that."""

from lockgate.engines.matching.blocking import touched
from lockgate.engines.matching.comparisons import comparisons
from lockgate.engines.matching.entity import COLUMNS

ASKED = comparisons("organisation", COLUMNS["organisation"])


def looked_at(block):
    (places,) = touched([block], ASKED)
    return {ASKED[place].column for place in places}


def test_a_block_looks_at_the_columns_that_it_names():  # B3
    assert looked_at("postcode || left(street, 6)") == {"town", "street"}


def test_what_was_made_of_a_column_counts_as_the_column():  # B3
    assert looked_at("left(name_sorted, 6) || house") == {"name", "street"}


def test_a_mail_domain_repeats_the_name_and_counts_as_both():  # B3
    assert [looked_at("email"), looked_at("domain")] == [{"email", "name"}, {"email", "name"}]
