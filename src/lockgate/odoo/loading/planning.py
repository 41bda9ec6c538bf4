"""Which records are sent together, and by which worker? The same input and settings always give the same batches.

P1  A batch ends with the record that brings it to its number of rows; a record is never cut.
P2  Without a partition all workers draw from one lane. With one, all records of the same value are in the same lane,
    in their order, and one worker serves it: no two workers touch what they share. A value that comes for the first
    time goes to the lane with the fewest rows so far, so that few values still keep all workers busy.
P3  A batch is known by its digest, so that a resumed run notices another input.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import orjson

from lockgate.odoo.loading.records import Record


@dataclass(frozen=True)
class Batch:
    """Records that are planned, sent, read back and recorded together."""

    number: int
    lane: int
    records: tuple[Record, ...]

    @property
    def digest(self) -> str:
        """What the batch contains, in 64 characters (P3)."""
        content = [[record.number, record.external_id, record.rows] for record in self.records]
        return hashlib.sha256(orjson.dumps(content)).hexdigest()


def batches_of(
    records: Iterable[Record], *, batch_rows: int, lanes: int = 1, partition: int | None = None
) -> Iterator[Batch]:
    """Yield the batches in the order in which they fill up; `partition` is the column that keeps records together."""
    filling: list[list[Record]] = [[] for _ in range(lanes)]
    rows = [0] * lanes
    number = 0
    sharing = Sharing(lanes)
    for record in records:
        lane = 0 if partition is None else sharing.lane_of(record.rows[0][partition], len(record.rows))
        filling[lane].append(record)
        rows[lane] += len(record.rows)
        if rows[lane] >= batch_rows:
            yield Batch(number, lane, tuple(filling[lane]))
            number, filling[lane], rows[lane] = number + 1, [], 0
    for lane, rest in enumerate(filling):
        if rest:
            yield Batch(number, lane, tuple(rest))
            number += 1


class Sharing:
    """Which lane has the records of which value, as the input goes on."""

    def __init__(self, lanes: int) -> None:
        self._rows = [0] * lanes
        self._of: dict[str, int] = {}

    def lane_of(self, value: str, rows: int) -> int:
        """Return the lane of all records with this value, for one of so many rows (P2)."""
        lane = self._of.setdefault(value, self._rows.index(min(self._rows)))
        self._rows[lane] += rows
        return lane
