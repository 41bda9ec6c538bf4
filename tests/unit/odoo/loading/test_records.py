"""Is it seen which rows make a record, and which must not be sent?"""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from lockgate.odoo.loading.records import Entrance, Layout, Record, Reject, cell_text, records_in

FLAT = Layout(("id", "name"))
LINES = Layout(("id", "name", "line_ids/id", "line_ids/name"), frozenset({2, 3}))


def test_an_id_without_a_module_belongs_to_lockgate():  # R1
    assert list(records_in([["c1", "A"], ["acme.c2", "B"]], FLAT)) == [
        Record(1, "lockgate.c1", (("c1", "A"),)),
        Record(2, "acme.c2", (("acme.c2", "B"),)),
    ]


def test_a_row_that_holds_lines_only_carries_on_the_record_above():  # R2
    rows = [["o1", "Order", "l1", "x"], ["", "", "l2", "y"], ["o2", "Order", "", ""]]
    assert [(record.number, len(record.rows)) for record in records_in(rows, LINES)] == [(1, 2), (3, 1)]


def test_a_row_without_an_id_that_holds_more_than_lines_is_a_record_of_its_own():  # R3
    rows = [["o1", "Order", "l1", "x"], ["", "another", "l2", "y"]]
    assert [record.number for record in records_in(rows, LINES)] == [1, 2]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (["", "A"], "The row has no external id, so a second run would make a second record."),
        (["  ", "A"], "The row has no external id, so a second run would make a second record."),
        (["c 1", "A"], "The external id 'lockgate.c 1' holds a space; Odoo allows none."),
        (["c1", "A", "x"], "The row has 3 cells, the header has 2 columns."),
        (["c1"], "The row has 1 cells, the header has 2 columns."),
        (["lockgate.first", "A"], "Row 1 has the same external id."),
    ],
)
def test_what_must_not_be_sent_is_turned_away_with_the_reason(row, reason):  # R3
    entrance = Entrance(FLAT)
    first, second = records_in([["first", "A"], row], FLAT)
    assert entrance.fault(first) is None
    fault = entrance.fault(second)
    assert fault is not None
    assert (fault.row, fault.reason) == (2, reason)


def test_a_record_that_was_turned_away_does_not_take_its_id():
    entrance = Entrance(FLAT)
    short, whole = records_in([["c1"], ["c1", "A"]], FLAT)
    assert isinstance(entrance.fault(short), Reject)
    assert entrance.fault(whole) is None


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ("  as it is ", "  as it is "),
        (True, "1"),
        (False, "0"),
        (7, "7"),
        (0.1, "0.1"),
        (7.7e-05, "0.000077"),
        (1e22, "10000000000000000000000"),
        (float("nan"), ""),
        (Decimal("12.50"), "12.50"),
        (date(2026, 1, 31), "2026-01-31"),
        (datetime(2026, 1, 31, 8, 30, tzinfo=UTC), "2026-01-31 08:30:00"),
        (datetime(2026, 1, 31, 8, 30, tzinfo=timezone(timedelta(hours=2))), "2026-01-31 06:30:00"),
        (b"\x00\xff", "AP8="),
        (["a.b", "a.c"], "a.b,a.c"),
    ],
)
def test_cells_become_texts_that_odoo_can_read(value, text):  # R4
    assert cell_text(value) == text
