"""Is a column that can't be loaded refused before a row is read, with all that is wrong at once?"""

import pytest

from lockgate.odoo.catalogue import Catalogue
from lockgate.odoo.errors import BadCall
from lockgate.odoo.loading.header import header_of
from support.fake_odoo import FakeOdoo


def header(*columns):
    return header_of("res.partner", columns, Catalogue(FakeOdoo()), module="lockgate")


def test_each_column_has_its_field_and_each_reference_is_known():
    found = header("id", "name", "country_id/id", "parent_id/id", "child_ids/id", "child_ids/country_id/id")
    assert [field and field.name for field in found.fields] == [None, "name", None, None, None, None]
    assert [field and field.name for field in found.relations] == [
        None,
        None,
        "country_id",
        "parent_id",
        "child_ids",
        "country_id",
    ]
    assert (found.references, found.own_references) == ((2, 3, 5), (3,))
    assert found.layout.line_columns == {4, 5}


def test_all_faults_are_told_at_once_with_what_was_probably_meant():  # H1 H2
    with pytest.raises(BadCall) as caught:
        header("nam", "name", "name", ".id", "country_id/cod")
    assert caught.value.why == (
        "There is no column 'id' with external ids. "
        "'.id' names records of one database; use external ids in 'id'. "
        "'name' is there more than once. "
        "res.partner has no field for 'nam' (is it 'name'?). "
        "res.partner has no field for 'country_id/cod' (is it 'country_id'?)."
    )


def test_lines_without_their_own_id_are_refused():  # H3
    with pytest.raises(BadCall) as caught:
        header("id", "child_ids/name")
    assert caught.value.why == (
        "The lines in 'child_ids' need a column 'child_ids/id': without it a repeat would add them again."
    )
