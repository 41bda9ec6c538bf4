"""Is another input noticed before anything of it is sent?"""

import pytest

from lockgate.odoo.journal import Entry, InputChanged, Recorded, State
from lockgate.odoo.loading.planning import Batch
from lockgate.odoo.loading.records import Record, Reject
from lockgate.odoo.loading.result import Settlement
from lockgate.odoo.loading.resuming import left_to_do, settlement_on_record

BATCHES = [Batch(number, 0, (Record(number + 1, f"x.{number}", ((f"x.{number}",),)),)) for number in range(4)]


def on_record(number, state, digest=None):
    return Recorded(number, digest or BATCHES[number].digest, state, 1, b"\0")


def left(batches, *recorded, expected=None, given=None):
    met = []
    given = [] if given is None else given
    known = {one.number: one for one in recorded}
    given.extend(batch.number for batch in left_to_do(batches, known, expected=expected, on_settled=met.append))
    return given, [batch.number for batch in met]


def test_settled_batches_are_not_handed_on():  # M3
    assert left(BATCHES, on_record(0, State.CONFIRMED), on_record(1, State.SENT), on_record(2, State.REJECTED)) == (
        [1, 3],
        [0, 2],
    )


def test_nothing_is_handed_on_before_all_batches_on_record_were_met_again():  # M1
    handed_on = []
    with pytest.raises(InputChanged) as caught:
        left(BATCHES, on_record(0, State.SENT), on_record(1, State.SENT, digest="other"), given=handed_on)
    assert handed_on == []
    assert caught.value.why == "Rows 2 and following are not what they were."


def test_an_input_that_grew_after_it_had_been_read_to_its_end_is_another_one():  # M2
    recorded = [on_record(0, State.SENT), on_record(1, State.CONFIRMED)]
    assert left(BATCHES[:2], *recorded, expected=2) == ([0], [1])
    with pytest.raises(InputChanged, match="not the one"):
        left(BATCHES[:3], *recorded, expected=2)


def test_an_input_that_shrank_is_another_one():  # M1
    with pytest.raises(InputChanged) as caught:
        left(BATCHES[:1], on_record(0, State.CONFIRMED), on_record(1, State.CONFIRMED))
    assert caught.value.why == "It has 1 batches now and had 2."


def test_a_settled_batch_counts_as_it_was_recorded():
    known = Recorded(0, "d", State.CONFIRMED, 1, b"\0", created=3, updated=2, unchanged=1)
    entries = [Entry(4, "x.4", "bad", "name"), Entry(5, "x.5", "gone", unknown=True)]
    assert settlement_on_record(known, entries) == Settlement(
        3, 2, 1, (Reject(4, "x.4", "bad", "name"),), (Reject(5, "x.5", "gone"),)
    )
