"""Do the same rows always make the same batches?"""

from hypothesis import given
from hypothesis import strategies as st

from lockgate.odoo.loading.planning import Batch, batches_of
from lockgate.odoo.loading.records import Record


def record(number, value="", rows=1):
    return Record(number, f"x.{number}", ((f"x.{number}", value),) + (("", "line"),) * (rows - 1))


def test_a_batch_ends_with_the_record_that_fills_it():  # P1
    records = [record(1), record(2, rows=3), record(3), record(4)]
    assert [[one.number for one in batch.records] for batch in batches_of(records, batch_rows=3)] == [[1, 2], [3, 4]]


def test_no_records_make_no_batches():
    assert list(batches_of([], batch_rows=3)) == []


@given(st.lists(st.sampled_from("abcdef")), st.integers(1, 4), st.integers(1, 5))
def test_records_of_the_same_value_stay_in_one_lane_in_their_order(values, lanes, batch_rows):  # P2
    records = [record(number, value) for number, value in enumerate(values)]
    batches = list(batches_of(records, batch_rows=batch_rows, lanes=lanes, partition=1))
    assert [batch.number for batch in batches] == list(range(len(batches)))
    assert sorted(one.number for batch in batches for one in batch.records) == list(range(len(values)))
    for value in set(values):
        mine = [(batch.lane, one.number) for batch in batches for one in batch.records if one.rows[0][1] == value]
        assert len({lane for lane, _ in mine}) == 1
        assert [number for _, number in mine] == sorted(number for _, number in mine)


def test_few_values_keep_all_lanes_busy():  # P2
    records = [record(number, value) for number, value in enumerate("aaabbbc")]
    batches = batches_of(records, batch_rows=9, lanes=2, partition=1)
    assert [(one.lane, "".join(each.rows[0][1] for each in one.records)) for one in batches] == [
        (0, "aaac"),
        (1, "bbb"),
    ]


def test_the_digest_tells_contents_apart():  # P3
    one = Batch(0, 0, (record(1, "a"),))
    assert one.digest == Batch(5, 1, (record(1, "a"),)).digest
    assert one.digest != Batch(0, 0, (record(1, "b"),)).digest
    assert one.digest != Batch(0, 0, (record(2, "a"),)).digest
