"""Are records cut into pages that leave none out and name none twice?"""

import pytest

from lockgate.odoo.catalogue import Field
from lockgate.odoo.reading.ranges import IdRange, ranges, rows_of_page


def cut(ids, rows):
    """Cut these ids as Odoo would, so many records on a page."""

    def last_of_page(asked):
        inside = [one for one in ids if one > asked.after and (asked.upto is None or one <= asked.upto)]
        return inside[rows - 1] if len(inside) >= rows else None

    return list(ranges(last_of_page))


@pytest.mark.parametrize("rows", [1, 2, 3, 100])
def test_each_id_is_in_one_range(rows):
    ids = [3, 4, 9, 10, 11, 40]
    found = cut(ids, rows)
    assert [sum(one > r.after and (r.upto is None or one <= r.upto) for r in found) for one in ids] == [1] * len(ids)
    assert found[-1].upto is None


def test_a_range_is_as_many_records_as_a_page_has():
    assert cut([3, 4, 9, 10, 11], 2) == [IdRange(0, 4), IdRange(4, 10), IdRange(10, None)]


def test_without_records_there_is_one_range_for_what_may_come():
    assert cut([], 2) == [IdRange(0, None)]


def test_a_range_is_asked_for_by_id_or_by_the_field_that_holds_it():
    assert IdRange(4, None).domain() == [["id", ">", 4]]
    assert IdRange(4, 9).domain("res_id") == [["res_id", ">", 4], ["res_id", "<=", 9]]


def test_wide_records_and_those_that_odoo_makes_one_by_one_come_on_short_pages():
    def rows(*types, in_columns=True):
        fields = [Field(f"f{at}", kind) for at, kind in enumerate(types)]
        return rows_of_page(fields, in_columns=in_columns)

    assert rows("integer") == 20_000
    assert rows("integer", in_columns=False) == 5_000
    assert 5_000 < rows("integer", "html", *["char"] * 8) < rows("integer", *["char"] * 9)
    assert rows("integer", "binary", in_columns=False) < 200
    assert rows(*["binary"] * 1_000, in_columns=False) == 1
