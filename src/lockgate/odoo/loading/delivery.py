"""How does a batch get into Odoo, and how is it known that it did? Looked up, sent, read back, recorded.

D1  Before the first attempt it is on record which records Odoo had already: that tells created from updated, and after
    a crash it tells what an earlier attempt has saved, which is not sent again. Where the model had no id at all of
    the load's module when the load began, none of them is looked up.
D2  Saved is what Odoo has when it is asked afterwards: the external id stands for a record of this model, and for the
    one that the call named. What Odoo only said it had saved is sent once more, and then named as unknown.
D3  A record that refers to one of its own model that is not there yet waits for the end of the input.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from lockgate.odoo.external_ids import Target
from lockgate.odoo.journal import Entry, Recorded, Run
from lockgate.odoo.loading.bisecting import Group, next_group
from lockgate.odoo.loading.calls import Calls
from lockgate.odoo.loading.diffing import Comparison
from lockgate.odoo.loading.faultpoints import Point, reach
from lockgate.odoo.loading.header import Header
from lockgate.odoo.loading.planning import Batch
from lockgate.odoo.loading.records import Record, Reject
from lockgate.odoo.loading.result import Settlement
from lockgate.odoo.loading.suspicion import Sorted, references_of, sort_records


@dataclass
class Parcel:
    """A batch on its way."""

    batch: Batch
    existed: frozenset[str]
    """The external ids that Odoo had before the first attempt."""
    saved: dict[str, int] = field(default_factory=dict)
    """What calls of this process saved, with the id that Odoo answered."""
    rejected: dict[int, Reject] = field(default_factory=dict)
    unchanged: frozenset[str] = frozenset()
    waiting: tuple[Record, ...] = ()
    """Records that refer to others which are not there yet (D3)."""


class Delivery:
    """Brings batches to one model. Safe to share between threads."""

    def __init__(
        self,
        calls: Calls,
        model: str,
        header: Header,
        run: Run,
        *,
        call_rows: int,
        comparison: Comparison | None,
        vacant: bool,
    ) -> None:
        self._calls = calls
        self._model = model
        self._header = header
        self._run = run
        self._call_rows = call_rows
        self._comparison = comparison
        self._new = f"{header.layout.module}." if vacant else None
        """How the external ids begin of which Odoo had none."""
        self._known: set[str] = set()

    def send(self, batch: Batch, recorded: Recorded | None) -> Parcel:
        """Send what can be sent of the batch now."""
        now = self._there_before(batch)
        before = unpacked(recorded.existed, batch) if recorded and recorded.existed else frozenset(now)  # D1
        parcel = Parcel(batch, before)
        self._run.send(batch.number, packed(before, batch))
        reach(Point.MARKED)
        todo = [record for record in batch.records if record.external_id not in now or record.external_id in before]
        if self._comparison is not None:
            parcel.unchanged = self._comparison.unchanged(todo, now)
            todo = [record for record in todo if record.external_id not in parcel.unchanged]
        self._look_up_references(todo)
        expected = sort_records(todo, self._header, self._model, own=now, known=self._known)
        self._send_all(parcel, [*self._calls_of(expected.clean), Group(expected.suspects, suspects=True)])
        parcel.waiting = expected.waiting
        return parcel

    def send_waiting(self, parcel: Parcel) -> int:
        """Send those waiting records whose references are there by now; return how many there were."""
        ready = self._sorted_again(parcel.waiting)
        sent = {record.number for record in ready.clean}
        parcel.waiting = tuple(record for record in parcel.waiting if record.number not in sent)
        self._send_all(parcel, self._calls_of(ready.clean))
        return len(sent)

    def settle(self, parcel: Parcel) -> Settlement:
        """Send what still waits, read everything back and record what came of it."""
        self._send_all(parcel, [Group(parcel.waiting, suspects=True)])
        parcel.waiting = ()
        found = self._found(parcel)
        if missing := [record for record in self._expected(parcel) if record.external_id not in found]:
            self._send_all(parcel, [Group(tuple(missing))])  # D2
            found = self._found(parcel)
        reach(Point.READ_BACK)
        settled = self._settlement(parcel, found)
        self._run.settle(
            parcel.batch.number,
            created=settled.created,
            updated=settled.updated,
            unchanged=settled.unchanged,
            entries=[*_entries(settled.rejected), *_entries(settled.unknown, unknown=True)],
        )
        reach(Point.SETTLED)
        return settled

    def _there_before(self, batch: Batch) -> dict[str, Target]:
        names = [record.external_id for record in batch.records]
        return self._calls.targets(names if self._new is None else [n for n in names if not n.startswith(self._new)])

    def _send_all(self, parcel: Parcel, groups: Iterable[Group]) -> None:
        todo = [group for group in groups if group.records]
        while todo:
            group = todo.pop(next_group(todo))
            self._run.check()
            ended = self._calls.send(group, existed=parcel.existed)
            parcel.saved.update(ended.saved)
            parcel.rejected.update((reject.row, reject) for reject in ended.step.given_up)
            todo[:0] = ended.step.again

    def _calls_of(self, records: Sequence[Record]) -> list[Group]:
        step = self._call_rows
        return [Group(tuple(records[at : at + step])) for at in range(0, len(records), step)]

    def _sorted_again(self, records: Sequence[Record]) -> Sorted:
        self._look_up_references(records)
        return sort_records(records, self._header, self._model, own={}, known=self._known)

    def _look_up_references(self, records: Iterable[Record]) -> None:
        named: set[str] = set()
        for record in records:
            named |= references_of(record, self._header.references, self._header.layout.module)
        self._known.update(self._calls.targets(named - self._known))

    def _expected(self, parcel: Parcel) -> list[Record]:
        return [record for record in parcel.batch.records if record.number not in parcel.rejected]

    def _found(self, parcel: Parcel) -> dict[str, Target]:
        return self._calls.targets([record.external_id for record in self._expected(parcel)])

    def _settlement(self, parcel: Parcel, found: Mapping[str, Target]) -> Settlement:
        expected = self._expected(parcel)
        doubts = {record.number: self._doubt(record, parcel, found) for record in expected}
        there = [record.external_id for record in expected if not doubts[record.number]]
        unchanged = sum(external_id in parcel.unchanged for external_id in there)
        created = sum(external_id not in parcel.existed for external_id in there)
        return Settlement(
            created,
            len(there) - created - unchanged,
            unchanged,
            tuple(parcel.rejected.values()),
            tuple(
                Reject(record.number, record.external_id, doubt)
                for record in expected
                if (doubt := doubts[record.number])
            ),
        )

    def _doubt(self, record: Record, parcel: Parcel, found: Mapping[str, Target]) -> str:
        """Return why it is not certain that the record is in Odoo, nothing when it is (D2)."""
        target, answered = found.get(record.external_id), parcel.saved.get(record.external_id)
        if target is None:
            return "Odoo said that it saved the record, but it is not there."
        if target.model != self._model:
            return f"The external id stands for a record of {target.model}."
        if answered not in {None, target.id}:
            return f"Odoo answered with record {answered}, the external id stands for record {target.id}."
        return ""


def packed(external_ids: frozenset[str], batch: Batch) -> bytes:
    """Return which records of the batch are among these, one bit each."""
    bits = sum(1 << at for at, record in enumerate(batch.records) if record.external_id in external_ids)
    return bits.to_bytes(len(batch.records) // 8 + 1, "little")


def unpacked(bits: bytes, batch: Batch) -> frozenset[str]:
    """Return the external ids that `packed` kept."""
    kept = int.from_bytes(bits, "little")
    return frozenset(record.external_id for at, record in enumerate(batch.records) if kept >> at & 1)


def _entries(rejects: Iterable[Reject], *, unknown: bool = False) -> list[Entry]:
    return [Entry(reject.row, reject.external_id, reject.reason, reject.field, unknown) for reject in rejects]
