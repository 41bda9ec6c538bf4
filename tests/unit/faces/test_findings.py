from lockgate.faces.findings import findings_text
from lockgate.kernel.finding import Finding, Position

TEXT = "first: 1\n\nthird: \u4e0a\u0301x\ty\n"


def shown(line, column, hint=""):
    finding = Finding(Position("f.yaml", line, column), "odd", "this\nis \x1b[31modd", hint)
    return findings_text([finding], lambda _: TEXT).splitlines()


def test_a_finding_shows_its_line_and_a_caret_below_its_place():
    assert shown(1, 8, "Make it\neven.") == [
        "f.yaml:1:8  odd: this is \\x1b[31modd",
        "     1 | first: 1",
        "       |        ^",
        "  \u2192 Make it even.",
    ]


def test_wide_and_combining_letters_and_tabs_keep_the_caret_in_its_place():
    assert shown(3, 12)[1:] == ["     3 | third: \u4e0a\u0301x y", "       |            ^"]


def test_where_there_is_no_line_to_show_only_the_finding_is_told():
    for line, column in ((2, 1), (9, 1)):
        assert shown(line, column) == [f"f.yaml:{line}:{column}  odd: this is \\x1b[31modd"]


def test_a_place_after_the_end_of_a_line_is_shown_at_its_end():
    assert shown(1, 99)[2] == "       |         ^"
