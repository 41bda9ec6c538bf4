"""What does a value mean in a field, and does the field hold it? Rules V1 to V4."""

import pytest

from lockgate.practices.template.decide.facts import FieldFact
from lockgate.practices.template.decide.values import Odd, names_in, oddity, same


def field(kind, **more):
    return FieldFact("f", kind, **more)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        *(("char", "A"), ("text", "A"), ("html", "<b>A</b>"), ("boolean", False), ("integer", 0), ("float", 1)),
        *(("monetary", 1.5), ("date", "2026-03-31"), ("datetime", "2026-03-31 17:30:00"), ("char", None)),
        *(("many2one", "goods"), ("many2one", "base.be"), ("many2many", ["a", "base.b"]), ("many2many", [])),
    ],
)
def test_a_value_of_the_kind_that_a_field_takes_is_not_odd(kind, value):  # V1
    assert oddity(value, field(kind)) is None


@pytest.mark.parametrize(
    ("kind", "value", "takes"),
    [
        ("char", 3, "a text"),
        ("boolean", "yes", "true or false"),
        ("integer", 1.5, "a whole number"),
        ("integer", True, "a whole number"),
        ("float", "1,5", "a number"),
        ("date", "31.03.2026", "a date like 2026-03-31"),
        ("datetime", "2026-03-31T17:30", "a moment like 2026-03-31 17:30:00, in UTC"),
        ("many2one", ["goods"], "the key of a resource or an external id"),
        ("many2many", "goods", "a list of keys of resources or of external ids"),
        ("many2many", ["goods", 3], "a list of keys of resources or of external ids"),
    ],
)
def test_a_value_of_another_kind_is_odd(kind, value, takes):  # V1
    assert oddity(value, field(kind)) == Odd(f"takes {takes}, and this is `{value}`", f"Write {takes}.")


def test_a_selection_takes_its_own_keys_alone():  # V1
    assert oddity("fifo", field("selection", selection=("fifo", "average"))) is None
    assert oddity("lifo", field("selection", selection=("fifo", "average"))) == Odd(
        "has no choice `lifo`", "One of: fifo, average."
    )
    assert oddity("whatever", field("selection")) is None


@pytest.mark.parametrize(
    ("found", "what"),
    [
        (field("one2many"), "holds lines"),
        (field("binary"), "is of the type binary, which a template can't set"),
        (field("char", written=False), "is computed by Odoo and can't be set"),
    ],
)
def test_what_a_template_can_t_set_is_told(found, what):
    assert oddity("A", found).what == what


def test_what_odoo_needs_can_t_be_left_empty():
    assert oddity(None, field("char", required=True)) == Odd("needs a value", "Give one.")
    assert oddity(value=False, field=field("boolean", required=True)) is None


def test_a_relation_names_one_or_several():  # V4
    assert names_in("goods", field("many2one")) == ("goods",)
    assert names_in(["a", "b"], field("many2many")) == ("a", "b")
    assert names_in(None, field("many2one")) == ()
    assert names_in("goods", field("char")) == ()


@pytest.mark.parametrize(
    ("found", "wished", "held", "answer"),
    [
        (field("char"), None, False, True),  # V2
        (field("char"), "", False, True),
        (field("char"), "A", "A ", False),
        (field("boolean"), None, False, True),
        (field("boolean"), True, False, False),
        (field("many2one"), None, False, True),
        (field("many2one"), 3, 3, True),
        (field("many2many"), [3, 1], [1, 3], True),  # V3
        (field("many2many"), None, [], True),
        (field("many2many"), [3], [1, 3], False),
        (field("float", decimals=2), 0.335, 0.33500000001, True),
        (field("float", decimals=2), 0.33, 0.34, False),
        (field("float"), 0.1, 0.1 + 1e-17, True),
        (field("float"), None, 0.0, True),
        (field("integer"), 3, 3, True),
        (field("html"), "Mind the seal.", "<p>Mind the  seal.</p>", True),
        (field("html"), "<p>A</p><p>B</p>", "<p>A</p><p>C</p>", False),
        (field("html"), None, False, True),
    ],
)
def test_a_field_holds_what_means_the_same(found, wished, held, answer):  # V2, V3
    assert same(wished, held, found) is answer
