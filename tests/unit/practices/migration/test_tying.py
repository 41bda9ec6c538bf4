"""Do figures agree, group by group, and is what separates them explained by just its amount?"""

from decimal import Decimal

from lockgate.practices.migration.decide.tying import Line, Reason, groups, lines, sides, ties

CENT = Decimal("0.01")


def of(**figures):
    return {
        name: {tuple(place.split()): Decimal(amount) for place, amount in held.items()}
        for name, held in figures.items()
    }


def lacks(figure, amount, place="be EUR"):
    return Reason(tuple(place.split()), frozenset([figure]), Decimal(amount), "Kept back", "7")


def test_what_only_one_figure_has_is_all_of_the_difference():  # Y1, Y2
    found = groups(["old", "new"], of(old={"be EUR": "10", "be GBP": "4"}, new={"be EUR": "10"}), [])
    assert [(one.place, one.difference, one.unexplained) for one in found] == [
        (("be", "EUR"), 0, 0),
        (("be", "GBP"), 4, 4),
    ]


def test_a_reason_explains_its_amount_in_the_figures_that_lack_it_and_the_difference_stays():  # Y3, Y4
    amounts = of(old={"be EUR": "10"}, ledger={"be EUR": "10"}, new={"be EUR": "7"})
    [found] = groups(["old", "ledger", "new"], amounts, [lacks("new", "3")])
    assert (found.difference, found.unexplained, ties(found, CENT)) == (3, 0, True)
    [too_much] = groups(["old", "ledger", "new"], amounts, [lacks("new", "5")])
    assert (too_much.difference, too_much.unexplained, ties(too_much, CENT)) == (3, 2, False)


def test_a_reason_for_a_group_that_no_figure_has_is_seen():
    [found] = groups(["old", "new"], of(old={}, new={}), [lacks("new", "3")])
    assert (found.difference, found.unexplained) == (0, 3)


def test_a_rounding_ties_and_one_cent_more_does_not():  # Y4
    amounts = of(old={"be EUR": "10", "de EUR": "10"}, new={"be EUR": "10.01", "de EUR": "9.98"})
    assert [ties(one, CENT) for one in groups(["old", "new"], amounts, [])] == [True, False]


def test_differences_that_cancel_out_are_not_lost_in_the_sum():  # Y5
    amounts = of(old={"be a": "10", "be b": "10"}, new={"be a": "12", "be b": "8"})
    found = groups(["old", "new"], amounts, [])
    assert lines(found, unit="EUR", unit_at=None, tolerance=CENT) == (
        Line("be", "EUR", {"old": Decimal(20), "new": Decimal(20)}, Decimal(2), Decimal(2), 2),
    )


def test_nothing_is_added_up_over_currencies():  # Y5
    amounts = of(old={"be EUR": "10", "be GBP": "4"}, new={"be EUR": "10", "be GBP": "4"})
    found = lines(groups(["old", "new"], amounts, []), unit="currency", unit_at=1, tolerance=CENT)
    assert [(one.unit, dict(one.figures)) for one in found] == [
        ("EUR", {"old": 10, "new": 10}),
        ("GBP", {"old": 4, "new": 4}),
    ]


def test_of_several_figures_the_one_that_is_furthest_from_the_first_is_told():
    assert sides({"old": Decimal(10), "items": Decimal(9), "ledger": Decimal(12)}) == (10, 12)
