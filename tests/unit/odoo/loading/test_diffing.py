"""Is a record called unchanged only when every cell says what Odoo has?"""

import pytest

from lockgate.odoo.catalogue import Catalogue, Field
from lockgate.odoo.external_ids import Target
from lockgate.odoo.loading.calls import Calls
from lockgate.odoo.loading.diffing import Comparison, compared_columns
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
def test_values_are_compared_not_texts(column, equal, other):  # U2 U3
    assert [cell for cell in [*equal, *other] if unchanged(column, cell)] == equal


@pytest.mark.parametrize("column", ["child_ids/id", "country_id", "country_id/.id", "comment"])
def test_columns_that_cannot_be_compared_make_every_record_a_change(column):  # U4
    header = header_of("res.partner", ("id", column), Catalogue(FakeOdoo()), module="lockgate")
    assert compared_columns(header) is None
    assert not unchanged(column, "")


def test_columns_are_compared_with_the_field_of_the_model_itself():
    header = header_of("res.partner", ("id", "name", "country_id/id"), Catalogue(FakeOdoo()), module="lockgate")
    fields = compared_columns(header)
    assert fields is not None
    assert {at: field.name for at, field in fields.items()} == {1: "name", 2: "country_id"}
    assert isinstance(fields[1], Field)
