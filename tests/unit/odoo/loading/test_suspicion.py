"""Are the records that Odoo will refuse sent apart, and those that must wait held back?"""

import pytest

from lockgate.odoo.catalogue import Catalogue
from lockgate.odoo.external_ids import Target
from lockgate.odoo.loading.header import header_of
from lockgate.odoo.loading.records import records_in
from lockgate.odoo.loading.suspicion import sort_records
from support.fake_odoo import FakeOdoo

COLUMNS = ("id", "name", "color", "credit_limit", "active", "date", "type", "country_id/id", "parent_id/id")
GOOD = ["x.a", "A", "7", "1.5", "", "2026-01-31", "contact", "base.be", ""]


def sorted_rows(*rows, own=None, known=("base.be",)):
    header = header_of("res.partner", COLUMNS, Catalogue(FakeOdoo()), module="lockgate")
    found = sort_records(records_in(rows, header.layout), header, "res.partner", own=own or {}, known=known)
    return tuple([record.external_id for record in part] for part in (found.clean, found.suspects, found.waiting))


def row(external_id="x.b", **cells):
    at = {column.partition("/")[0]: place for place, column in enumerate(COLUMNS)}
    changed = [external_id, *GOOD[1:]]
    for column, cell in cells.items():
        changed[at[column]] = cell
    return changed


def test_a_record_that_can_be_read_is_clean():
    assert sorted_rows(GOOD) == (["x.a"], [], [])


@pytest.mark.parametrize(
    "cells",
    [
        {"name": ""},
        {"color": "seven"},
        {"color": "1.5"},
        {"credit_limit": "1,5"},
        {"date": "31/01/2026"},
        {"type": "private"},
        {"country_id": "base.nope"},
        {"country_id": "base.be,base.nope"},
    ],
    ids=str,
)
def test_a_record_that_odoo_will_probably_refuse_goes_apart(cells):  # S2
    assert sorted_rows(GOOD, row(**cells)) == (["x.a"], ["x.b"], [])


@pytest.mark.parametrize(
    "cells", [{"color": ""}, {"type": "Other"}, {"active": "maybe"}, {"credit_limit": "-.5"}], ids=str
)
def test_what_odoo_can_read_is_not_suspect(cells):  # S1
    assert sorted_rows(GOOD, row(**cells)) == (["x.a", "x.b"], [], [])


def test_a_record_without_a_name_goes_apart_although_its_field_asks_for_none():  # S2
    catalogue = Catalogue(FakeOdoo())
    assert not catalogue.fields("res.country")["name"].required
    header = header_of("res.country", ("id", "name", "code"), catalogue, module="lockgate")
    rows = [["x.a", "A", ""], ["x.b", "", "BB"]]
    found = sort_records(records_in(rows, header.layout), header, "res.country", own={}, known=())
    assert [[record.external_id for record in part] for part in (found.clean, found.suspects)] == [["x.a"], ["x.b"]]


def test_an_id_that_stands_for_another_model_is_suspect():  # S2
    assert sorted_rows(GOOD, own={"x.a": Target("res.users", 3)}) == ([], ["x.a"], [])
    assert sorted_rows(GOOD, own={"x.a": Target("res.partner", 3)}) == (["x.a"], [], [])


def test_a_record_waits_for_one_of_its_own_model_that_is_not_there_yet():  # S3
    child = row("x.child", parent_id="x.parent")
    assert sorted_rows(child) == ([], [], ["x.child"])
    assert sorted_rows(child, row("x.parent")) == (["x.parent"], [], ["x.child"])
    assert sorted_rows(child, known=("base.be", "x.parent")) == (["x.child"], [], [])


def test_a_record_does_not_wait_for_one_that_goes_before_it_in_the_same_call():  # S3
    assert sorted_rows(row("x.parent"), row("x.child", parent_id="x.parent")) == (["x.parent", "x.child"], [], [])
