"""Is a record called unchanged only when every cell says what Odoo has?"""

import pytest

from lockgate.odoo.catalogue import Catalogue
from lockgate.odoo.external_ids import Target
from lockgate.odoo.loading.calls import Calls
from lockgate.odoo.loading.diffing import Comparison, parts_of
from lockgate.odoo.loading.header import header_of
from lockgate.odoo.loading.records import records_in
from support.fake_odoo import COUNTRY, OTHER_TAG, TAG, FakeOdoo

IN_ODOO = {
    "id": 7,
    "name": "A",
    "ref": False,
    "color": 0,
    "credit_limit": 10.1,
    "active": True,
    "date": "2026-01-31",
    "type": "contact",
    "country_id": COUNTRY,
    "parent_id": False,
    "category_id": [TAG, OTHER_TAG],
}


def unchanged(column, cell):
    odoo = FakeOdoo(records={"x.a": dict(IN_ODOO)})
    header = header_of("res.partner", ("id", column), Catalogue(odoo), module="lockgate")
    calls = Calls(odoo, "res.partner", header, context={}, on_retry=lambda: None)
    comparison = Comparison(odoo, calls, "res.partner", header, context={})
    found = comparison.unchanged(list(records_in([["x.a", cell]], header.layout)), {"x.a": Target("res.partner", 7)})
    return found == {"x.a"}


@pytest.mark.parametrize(
    ("column", "equal", "other"),
    [
        ("name", ["A"], ["a", "A ", ""]),
        ("ref", [""], ["x", "False"]),
        ("color", ["0", ""], ["1", "zero"]),
        ("credit_limit", ["10.1", "10.10", "10.104"], ["10.11", "", "ten"]),
        ("active", ["1", "true", "True", "yes"], ["0", "", "no", "maybe"]),
        ("date", ["2026-01-31"], ["2026-02-01", ""]),
        ("type", ["contact", "Contact"], ["other", "Other", "", "nonsense"]),
        ("country_id/id", ["base.be"], ["", "base.nope", "base.tag"]),
        ("parent_id/id", [""], ["base.be", "base.nope"]),
        ("category_id/id", ["base.tag,base.other_tag", "base.other_tag, base.tag"], ["base.tag", "", "base.nope"]),
    ],
)
def test_values_are_compared_not_texts(column, equal, other):  # S1 S2
    assert [cell for cell in [*equal, *other] if unchanged(column, cell)] == equal


@pytest.mark.parametrize("column", ["country_id", "country_id/.id", "comment"])
def test_columns_that_cannot_be_compared_make_every_record_a_change(column):  # U3
    header = header_of("res.partner", ("id", column), Catalogue(FakeOdoo()), module="lockgate")
    assert parts_of("res.partner", header) is None
    assert not unchanged(column, "")


def test_columns_are_compared_with_the_field_of_the_model_itself_or_of_its_lines():
    columns = ("id", "name", "country_id/id", "child_ids/id", "child_ids/name", "child_ids/country_id/id", "comment")
    header = header_of("res.partner", columns, Catalogue(FakeOdoo()), module="lockgate")

    parts = parts_of("res.partner", header, {"comment"})

    assert parts is not None
    assert [(part.lines, {at: field.name for at, field in part.columns.items()}) for part in parts] == [
        ("", {1: "name", 2: "country_id"}),
        ("child_ids", {4: "name", 5: "country_id"}),
    ]


@pytest.mark.parametrize(
    ("rows", "below", "same"),
    [
        ([["x.a", "A", "x.b", "B"]], [8], True),
        ([["x.a", "A", "x.b", "C"]], [8], False),
        ([["x.a", "A", "x.b", "B"]], [9], False),  # a line of another record
        ([["x.a", "A", "x.gone", "B"]], [8], False),
        ([["x.a", "A", "x.b", "B"], ["", "", "x.c", "C"]], [8, 9], True),
        ([["x.a", "A", "x.b", "B"], ["", "", "x.c", "D"]], [8, 9], False),
        ([["x.a", "A", "", ""]], [8], True),  # lines that only Odoo has stay
        ([["x.a", "A", "", "B"]], [8], False),
        ([["x.a", "Z", "x.b", "B"]], [8], False),
    ],
)
def test_a_record_is_the_same_when_its_lines_are_too(rows, below, same):  # U2
    lines = {f"x.{name.lower()}": {"id": number, "name": name} for number, name in ((8, "B"), (9, "C"))}
    odoo = FakeOdoo(records={"x.a": {**IN_ODOO, "child_ids": below}, **lines})
    header = header_of("res.partner", ("id", "name", "child_ids/id", "child_ids/name"), Catalogue(odoo), module="x")
    calls = Calls(odoo, "res.partner", header, context={}, on_retry=lambda: None)
    comparison = Comparison(odoo, calls, "res.partner", header, context={})

    found = comparison.unchanged(list(records_in(rows, header.layout)), {"x.a": Target("res.partner", 7)})

    assert (found == {"x.a"}) is same
