import pytest
from hypothesis import given
from hypothesis import strategies as st

from lockgate.kernel.register import Field, Kind, Register, State
from lockgate.ledger.registers.known import Known
from lockgate.ledger.registers.values import Unfit, fit, fitted, near
from support.registers import KNOWN, World

WORLD = World().raised()
RISK = {"title": "Late"}


def of(kind, **more):
    return Field("it", "It", kind, **more)


@pytest.mark.parametrize(
    ("field", "given", "kept"),
    [
        (of(Kind.TEXT), "Grüße, 東京 ", "Grüße, 東京 "),
        (of(Kind.TEXT), "", None),
        (of(Kind.TEXT), None, None),
        (of(Kind.LONG_TEXT), "one\r\ntwo\rthree\n", "one\ntwo\nthree\n"),
        (of(Kind.NUMBER), 3.0, 3),
        (of(Kind.NUMBER), -2.5, -2.5),
        (of(Kind.NUMBER), 0, 0),
        (of(Kind.MONEY), 1234.5678, 1234.5678),
        (of(Kind.DATE), "2028-02-29", "2028-02-29"),
        (of(Kind.YES_NO), False, False),
        (of(Kind.CHOICE, choices={"a": "A"}), "a", "a"),
        (of(Kind.PERSON), "ada", "ada"),
        (of(Kind.SITE), "ghent", "ghent"),
        (of(Kind.CAPABILITY, several=True), ["Sales", "Sales", ""], ["Sales"]),
        (of(Kind.CAPABILITY, several=True), [""], None),
        (of(Kind.CAPABILITY, several=True), [], None),
        (of(Kind.REFERENCE), "GAP-1", "GAP-1"),
        (of(Kind.REFERENCE, register="gap"), "GAP-1", "GAP-1"),
        (of(Kind.ATTACHMENT), "a" * 64, "a" * 64),
    ],
)
def test_a_value_is_brought_to_its_one_form(field, given, kept):
    assert fit(given, field, WORLD.known) == kept


@pytest.mark.parametrize(
    ("field", "given", "what"),
    [
        (of(Kind.TEXT), 3, "3 is no text."),
        (of(Kind.TEXT), "a" * 501, "501 letters are too many."),
        (of(Kind.TEXT), "a\nb", "The character '\\n' can't be kept."),
        (of(Kind.LONG_TEXT), "a\x00b", "The character '\\x00' can't be kept."),
        (of(Kind.TEXT), "\ud83d", "The character '\\ud83d' can't be kept."),
        (of(Kind.NUMBER), True, "True is no number."),
        (of(Kind.NUMBER), "3", "'3' is no number."),
        (of(Kind.NUMBER), float("nan"), "nan is no number."),
        (of(Kind.NUMBER), 2**54, f"{2**54} is too large to be kept exactly."),
        (of(Kind.MONEY), 1.00001, "1.00001 has too many decimals."),
        (of(Kind.DATE), "20280229", "'20280229' is no date."),
        (of(Kind.DATE), "2027-02-29", "'2027-02-29' is no date."),
        (of(Kind.YES_NO), "yes", "'yes' is neither yes nor no."),
        (of(Kind.CHOICE, choices={"a": "A"}), "b", "There is no choice 'b'."),
        (of(Kind.PERSON), "Ada Lovelace", "'Ada Lovelace' is no id of a person."),
        (of(Kind.PERSON), "ada@example.com", "'ada@example.com' is no id of a person."),
        (of(Kind.PERSON), "adam", "There is no person 'adam'."),
        (of(Kind.SITE), "gent", "There is no site 'gent'."),
        (of(Kind.CAPABILITY), "Sale", "There is no capability 'Sale'."),
        (of(Kind.CAPABILITY, several=True), "Sales", "'Sales' is no list."),
        (of(Kind.TEXT, several=True), ["x"] * 1001, "1,001 values are too many."),
        (of(Kind.REFERENCE), "GAP-2", "There is no record 'GAP-2'."),
        (of(Kind.REFERENCE, register="risk"), "GAP-1", "GAP-1 is a gap."),
        (of(Kind.ATTACHMENT), "paper.pdf", "'paper.pdf' is no digest of a kept file."),
    ],
)
def test_a_value_that_does_not_fit_is_refused_with_what_would(field, given, what):
    with pytest.raises(Unfit) as refused:
        fit(given, field, WORLD.known)
    assert refused.value.what == what
    assert refused.value.do


def test_what_the_workspace_does_not_declare_is_not_checked():
    assert fit("somewhere", of(Kind.SITE), Known({})) == "somewhere"


def test_what_somebody_may_have_meant_is_named():
    assert near("inventry", ["inventory", "sales"]) == "Did you mean 'inventory'?"
    assert near("zzz", ["b", "a"]) == "There are: a, b."
    assert near("zzz", []) == "None is declared."
    assert near("zzz", map(str, range(30))).endswith(", ….")


def test_fields_that_the_register_lacks_are_told():
    register = Register("x", "X", "Xs", "X", (of(Kind.TEXT),), (State("open", "Open"),), ())
    kept, refusals = fitted({"it": "a", "that": "b"}, register, KNOWN)
    assert kept == {"it": "a"}
    assert [one.code for one in refusals] == ["unknown-field"]


@given(st.text(max_size=50) | st.floats() | st.integers() | st.booleans() | st.lists(st.text(max_size=3)))
def test_a_value_fits_or_is_refused_and_fits_again_as_it_was_kept(value):
    for kind in Kind:
        for several in (False, True):
            field = of(kind, several=several, choices={"a": "A"})
            try:
                kept = fit(value, field, WORLD.known)
            except Unfit:
                continue
            assert fit(kept, field, WORLD.known) == kept
