"""What was built beside the standard, and who approved it? Rules C1 to C4."""

from lockgate.practices.fit.decide.custom import (
    Gap,
    Inventory,
    Listed,
    Over,
    Piece,
    lines_of,
    listed,
    over,
    stale_names,
    with_source,
)

MODULE, GRADE, NAME, CLAIM = (
    Piece("module", "ours_rebate"),
    Piece("field", "res.partner.x_grade"),
    Piece("field", "x_claim.x_name"),
    Piece("model", "x_claim"),
)


def gap(number, state, *names):
    return Gap(f"GAP-{number}", "A gap", state, names)


def test_a_piece_is_approved_by_a_decided_gap_that_names_it():  # C1
    decided = gap(1, "decided", "ours_rebate", "field res.partner.*")
    assert listed([MODULE, GRADE, CLAIM], [decided]) == (
        Listed(GRADE, decided),
        Listed(CLAIM),
        Listed(MODULE, decided),
    )
    assert [one.approved for one in listed([MODULE, CLAIM], [decided])] == [False, True]


def test_a_gap_that_is_open_again_approves_nothing_and_gives_way_to_one_that_is_decided():  # C2
    opened, decided = gap(1, "open", "x_claim"), gap(2, "decided", "x_cl*")
    assert listed([CLAIM], [opened]) == (Listed(CLAIM, opened),)
    assert not listed([CLAIM], [opened])[0].approved
    assert listed([CLAIM], [opened, decided]) == (Listed(CLAIM, decided),)


def test_the_kind_before_a_name_is_a_part_of_it():  # C1
    [one] = listed([Piece("view", "x_claim")], [gap(1, "decided", "model x_claim")])
    assert one.gap is None


def test_fields_of_a_model_made_by_hand_belong_to_the_model():  # C3
    assert [one.piece for one in listed([NAME, CLAIM, GRADE], [])] == [GRADE, CLAIM]


def test_sums_are_made_of_what_could_be_looked_at():  # C4
    pieces = [Piece("module", "a", lines=40, overrides=2), Piece("code", "b", lines=3), Piece("view", "c", overrides=1)]
    whole = Inventory(listed(pieces, [gap(1, "decided", "a")]), core_edits=0)
    assert whole.measures() == {
        "modules": 1,
        "unapproved": 2,
        "studio": 1,
        "lines": 43,
        "overrides": 3,
        "core_edits": 0,
    }
    assert Inventory(whole.listed, uncounted=("a",)).measures() == {"modules": 1, "unapproved": 2, "studio": 1}
    assert Inventory(whole.listed, unread=("views",)).measures() == {}
    assert Inventory((), unread=("views",), core_edits=4).measures() == {"core_edits": 4}


def test_a_sum_that_nobody_can_tell_is_not_below_what_was_agreed():
    found = over({"modules": 3, "lines": 10}, {"modules": 2, "lines": 10, "overrides": 5})
    assert found == (Over("modules", 3, 2), Over("overrides", None, 5))


def test_lines_are_counted_without_comments_and_empty_ones():
    assert lines_of("# a\n\nx = 1\n    # b\ny = 2  # c\n") == 2


def test_what_a_gap_names_and_nobody_built_is_told():
    one = gap(1, "decided", "ours_rebate", "ours_gone")
    assert stale_names([one], [MODULE]) == ((one, "ours_gone"),)


def test_a_module_has_the_size_of_its_source():
    counted = {"ours_rebate": (12, 3), "x_claim": (1, 1)}
    assert with_source([MODULE, CLAIM], counted) == [Piece("module", "ours_rebate", lines=12, overrides=3), CLAIM]
