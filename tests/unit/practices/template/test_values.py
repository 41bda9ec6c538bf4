"""What does a value mean in a field, and does the field hold it? Rules V1 to V4."""

import pytest

from lockgate.practices.template.decide.facts import FieldFact
from lockgate.practices.template.decide.values import Odd, oddities, same

LINE = {
    "value": FieldFact("value", "float", decimals=2),
    "days": FieldFact("days", "integer"),
    "product": FieldFact("product", "many2one", relation="product.product"),
}
MODELS = {"line": LINE}
LINES = FieldFact("f", "one2many", relation="line")


def field(kind, **more):
    return FieldFact("f", kind, **more)


def oddity(value, field):
    return next(oddities(value, field, MODELS), None)


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
        ("many2many", "goods", "a list of keys of resources or of external ids, or what it `has` and `lacks`"),
        ("many2many", ["goods", 3], "a list of keys of resources or of external ids, or what it `has` and `lacks`"),
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
        (field("binary"), "is of the type binary, which a template can't set"),
        (field("char", written=False), "is computed by Odoo and can't be set"),
    ],
)
def test_what_a_template_can_t_set_is_told(found, what):
    assert oddity("A", found).what == what


def test_what_odoo_needs_can_t_be_left_empty():
    assert oddity(None, field("char", required=True)) == Odd("needs a value", "Give one.")
    assert oddity(value=False, field=field("boolean", required=True)) is None


def test_what_is_odd_in_a_line_is_told_with_the_way_to_it():  # V1
    wrong = [{"value": 50}, {"value": "50", "dayz": 3}]
    assert list(oddities(wrong, LINES, MODELS)) == [
        Odd("takes a number, and this is `50`", "Write a number.", "wrong-value", (1, "value")),
        Odd("line has no field `dayz`", "", "unknown-field", (1, "dayz")),
    ]
    assert oddity([3], LINES).what == "takes a list of lines, each with its fields, and this is `[3]`"


@pytest.mark.parametrize("value", [{"has": ["a"]}, {"lacks": ["a.b"]}, {"has": ["a"], "lacks": ["b"]}])
def test_members_of_a_set_may_be_said_alone(value):  # N3
    assert oddity(value, field("many2many")) is None


@pytest.mark.parametrize("value", [{}, {"had": ["a"]}, {"has": "a"}, {"has": [3]}])
def test_nothing_else_is_said_of_members(value):
    assert oddity(value, field("many2many")) is not None


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
        (field("many2many"), {"has": [3]}, [1, 3], True),  # N3
        (field("many2many"), {"has": [2]}, [1, 3], False),
        (field("many2many"), {"lacks": [2]}, [1, 3], True),
        (field("many2many"), {"has": [1], "lacks": [3]}, [1, 3], False),
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
    assert same(wished, held, found, MODELS) is answer


@pytest.mark.parametrize(
    ("wished", "held", "answer"),
    [
        (
            [{"value": 50}, {"value": 30}],
            [{"id": 1, "value": 50.0, "days": 0}, {"id": 2, "value": 30.0, "days": 9}],
            True,
        ),
        ([{"value": 30}, {"value": 50}], [{"id": 1, "value": 50.0}, {"id": 2, "value": 30.0}], True),
        ([{"value": 50}], [{"id": 1, "value": 50.0}, {"id": 2, "value": 50.0}], False),
        ([{"value": 50}, {"value": 50}], [{"id": 1, "value": 50.0}], False),
        ([{"value": 50, "product": 3}], [{"id": 1, "value": 50.0, "product": 4}], False),
        (None, [], True),
        ([], [{"id": 1, "value": 50.0}], False),
    ],
)
def test_lines_are_the_same_when_each_has_its_own_like(wished, held, answer):  # V4
    assert same(wished, held, LINES, MODELS) is answer
