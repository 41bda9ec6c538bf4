"""How is a whole input loaded? Rows become records, records become batches, workers bring the batches to Odoo.

N1  Rows that must not be sent are turned away as they are read.
N2  Records that wait for others of the same load are sent when the input has ended, round by round.
N3  The first error that is not about rows stops the load; the rows whose outcome is in doubt are named.
"""

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from lockgate.kernel.errors import LockgateError
from lockgate.odoo.journal import Run
from lockgate.odoo.loading.delivery import Delivery, Parcel
from lockgate.odoo.loading.faultpoints import Point, reach
from lockgate.odoo.loading.header import Header
from lockgate.odoo.loading.planning import Batch, batches_of
from lockgate.odoo.loading.records import Entrance, Record, Reject, records_in
from lockgate.odoo.loading.rejects import RejectFile
from lockgate.odoo.loading.result import LoadResult, LoadStopped, Settlement, Tally
from lockgate.odoo.loading.resuming import left_to_do, settlement_on_record
from lockgate.odoo.loading.workers import Lanes

_IN_DOUBT = "Odoo did not say whether it saved the record. The next run of this load looks it up."


@dataclass(frozen=True)
class Progress:
    """How far a load has come; told after every batch."""

    rows: int
    created: int
    updated: int
    unchanged: int
    rejected: int
    retries: int
    seconds: float


class Loader:
    """One load: the input on one side, the workers on the other, the sums in between."""

    def __init__(
        self,
        model: str,
        header: Header,
        run: Run,
        rejects: RejectFile | None,
        on_progress: Callable[[Progress], None] | None,
    ) -> None:
        self._model = model
        self._header = header
        self._run = run
        self._rejects = rejects
        self._on_progress = on_progress
        self._begun = time.monotonic()
        self._lock = threading.Lock()
        self._tally = Tally()
        self._recorded = run.recorded()
        self._under_way: dict[int, Batch] = {}
        self._waiting: list[Parcel] = []

    def retried(self) -> None:
        """Count one more try."""
        with self._lock:
            self._tally.retries += 1

    def load(
        self, rows: Iterable[Sequence[Any]], delivery: Delivery, *, threads: int, partition: int | None
    ) -> LoadResult:
        """Load everything and return what came of it."""
        lanes = int(self._run.settings["lanes"])
        batches = batches_of(
            self._admitted(rows), batch_rows=int(self._run.settings["batch_rows"]), lanes=lanes, partition=partition
        )
        try:
            with Lanes[Batch](lambda batch: self._serve(delivery, batch), lanes=lanes, threads=threads) as out:
                self._hand_out(batches, out)
            self._serve_waiting(delivery)
            self._run.finish()
        except LockgateError as error:
            raise LoadStopped(error, self._result()) from error
        return self._result()

    def _admitted(self, rows: Iterable[Sequence[Any]]) -> Iterator[Record]:
        entrance = Entrance(self._header.layout)
        for record in records_in(rows, self._header.layout):
            reject = entrance.fault(record)
            if reject is None:
                yield record
            else:
                self._count(Settlement(rejected=(reject,)), [record])  # N1

    def _hand_out(self, batches: Iterable[Batch], out: Lanes[Batch]) -> None:
        expected = self._run.batches_expected()
        last = max(self._recorded, default=-1)
        for batch in left_to_do(batches, self._recorded, expected=expected, on_settled=self._count_on_record):
            if batch.number not in self._recorded:
                self._run.plan(batch.number, batch.digest)
                last = batch.number
            reach(Point.PLANNED)
            out.put(batch.lane, batch)
        if expected is None:
            self._run.input_ended(last + 1)

    def _serve(self, delivery: Delivery, batch: Batch) -> None:
        with self._lock:
            self._under_way[batch.number] = batch
        parcel = delivery.send(batch, self._recorded.get(batch.number))
        if parcel.waiting:
            with self._lock:
                self._waiting.append(parcel)
        else:
            self._settle(delivery, parcel)

    def _serve_waiting(self, delivery: Delivery) -> None:
        self._waiting.sort(key=lambda parcel: parcel.batch.number)
        while sum(delivery.send_waiting(parcel) for parcel in self._waiting):  # N2
            pass
        for parcel in self._waiting:
            self._settle(delivery, parcel)

    def _settle(self, delivery: Delivery, parcel: Parcel) -> None:
        settled = delivery.settle(parcel)
        with self._lock:
            del self._under_way[parcel.batch.number]
        self._count(settled, parcel.batch.records)

    def _count_on_record(self, batch: Batch) -> None:
        known = self._recorded[batch.number]
        self._count(settlement_on_record(known, self._run.entries(batch.number)), batch.records)

    def _count(self, settled: Settlement, records: Iterable[Record]) -> None:
        not_loaded = {reject.row: reject for reject in (*settled.rejected, *settled.unknown)}
        with self._lock:
            self._tally.add(settled)
            if self._rejects is not None and not_loaded:
                for record in records:
                    if record.number in not_loaded:
                        self._rejects.write(record, not_loaded[record.number].reason)
            if self._on_progress is not None:
                self._on_progress(self._progress())

    def _progress(self) -> Progress:
        tally = self._tally
        sums = (tally.created, tally.updated, tally.unchanged, len(tally.rejected))
        rows = sum(sums) + len(tally.unknown)
        return Progress(rows, *sums, retries=tally.retries, seconds=time.monotonic() - self._begun)

    def _result(self) -> LoadResult:
        in_doubt = [record for batch in self._under_way.values() for record in batch.records]
        unknown = tuple(Reject(record.number, record.external_id, _IN_DOUBT) for record in in_doubt)
        self._tally.add(Settlement(unknown=unknown))
        return self._tally.result(self._model, time.monotonic() - self._begun)
