"""Is this the input that the run was begun with, and what of it is left to do? Told from digests.

M1  Nothing is handed on until every batch on record has been met again with the same digest.
M2  When the input was once read to its end, nothing is handed on until it has ended again at the same place.
M3  Batches that are settled on record are not handed on.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from lockgate.odoo.journal import Entry, InputChanged, Recorded
from lockgate.odoo.loading.planning import Batch
from lockgate.odoo.loading.records import Reject
from lockgate.odoo.loading.result import Settlement


def left_to_do(
    batches: Iterable[Batch],
    recorded: Mapping[int, Recorded],
    *,
    expected: int | None,
    on_settled: Callable[[Batch], None],
) -> Iterator[Batch]:
    """Yield the batches that are not settled, or raise `InputChanged`; tell of those that are."""
    held: list[Batch] = []
    count = 0
    for batch in batches:
        count += 1
        known = recorded.get(batch.number)
        if known and known.digest != batch.digest:
            raise _changed(f"Rows {batch.records[0].number} and following are not what they were.")
        if known and known.settled:
            on_settled(batch)
        else:
            held.append(batch)
        if count >= len(recorded) and expected is None:  # M1
            yield from held
            held.clear()
    if count < len(recorded) or (expected is not None and count != expected):
        raise _changed(f"It has {count} batches now and had {max(len(recorded), expected or 0)}.")
    yield from held


def settlement_on_record(known: Recorded, entries: Sequence[Entry]) -> Settlement:
    """Return what the journal says came of a batch."""
    return Settlement(
        known.created,
        known.updated,
        known.unchanged,
        tuple(_reject(entry) for entry in entries if not entry.unknown),
        tuple(_reject(entry) for entry in entries if entry.unknown),
    )


def _reject(entry: Entry) -> Reject:
    return Reject(entry.row, entry.external_id, entry.reason, entry.field)


def _changed(why: str) -> InputChanged:
    return InputChanged(
        "The input is not the one that this run was begun with.",
        why=why,
        do="Resume with the same input, or load the changed one under another name of run.",
    )
