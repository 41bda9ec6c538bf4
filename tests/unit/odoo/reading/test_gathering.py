"""Which fields does Odoo tell as columns, and what stands there for nothing?"""

import pytest

from lockgate.odoo.catalogue import Catalogue, Field
from lockgate.odoo.reading.gathering import can_gather, gathered

NAME = Field("name", "char", groupable=True)


class Told:
    """A client that tells one answer and keeps what it was asked."""

    def __init__(self, **columns):
        self.columns = columns
        self.asked = {}

    def call(self, model, method, /, **asked):
        self.asked = {"model": model, "method": method, **asked}
        return [{f"{name}:array_agg": values for name, values in self.columns.items()}]


class Models:
    """An Odoo whose products show something of their templates."""

    def call(self, model, method, /, **asked):
        text = {"type": "char", "groupable": True}
        return {
            "product.product": {"tmpl_id": {"type": "many2one", "relation": "product.template"}},
            "product.template": {
                "name": {**text, "store": True},
                "state": {**text, "store": False},
                "land_id": {"type": "many2one", "relation": "res.country"},
            },
            "res.country": {"name": {**text, "store": True}},
        }[model]


@pytest.mark.parametrize(
    ("field", "can"),
    [
        (NAME, True),
        (Field("name", "char"), False),
        (Field("name", "char", groupable=True, stored=False), False),
        (Field("name", "char", groupable=True, stored=False, related="tmpl_id.name"), True),
        (Field("state", "char", groupable=True, stored=False, related="tmpl_id.state"), False),
        (Field("land", "char", groupable=True, stored=False, related="tmpl_id.land_id.name"), True),
        (Field("gone", "char", groupable=True, stored=False, related="tmpl_id.gone"), False),
        (Field("tags", "many2many", groupable=True), False),
        (Field("lines", "one2many", groupable=True), False),
        (Field("file", "binary", groupable=True), False),
        (Field("more", "properties", groupable=True), False),
    ],
    ids=[
        *(
            "text",
            "not-groupable",
            "computed",
            "shown",
            "shown-of-a-computed-one",
            "shown-from-afar",
            "shown-of-nothing",
        ),
        *("many2many", "one2many", "binary", "properties"),
    ],
)
def test_only_what_the_database_holds_in_a_column_is_gathered(field, can):  # G1
    assert can_gather("product.product", [NAME, field], Catalogue(Models())) is can


def test_events_are_told_in_rows_because_groups_leave_out_private_ones():  # G3
    assert not can_gather("calendar.event", [NAME], Catalogue(Models()))


def test_nothing_is_told_as_rows_tell_it():  # G2
    fields = [
        NAME,
        Field("color", "integer"),
        Field("price", "float"),
        Field("active", "boolean"),
        Field("day", "date"),
    ]
    client = Told(name=[None, "A"], color=[None, 3], price=[None, 0.5], active=[None, True], day=[None, "2026-01-02"])
    assert gathered(client, "res.partner", fields, [["id", ">", 0]], {"lang": "nl_NL"}) == {
        "name": [None, "A"],
        "color": [0, 3],
        "price": [0.0, 0.5],
        "active": [False, True],
        "day": [None, "2026-01-02"],
    }
    assert client.asked["domain"] == [["id", ">", 0]]
    assert client.asked["context"] == {"lang": "nl_NL"}
