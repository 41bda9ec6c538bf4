"""How does one call of `load` end for certain? Saved, refused or raised: an answer that was lost is looked up.

C1  Odoo saves a call whole or not at all. When a record that was not there before is there now, all of the call is.
C2  A call of records that were all there before is sent again: to write the same values twice does no harm.
C3  A call that is lost twice, or takes too long, is sent again in two halves: perhaps it is too big for the server.
C4  A conflict is waited out. It blames nobody, however often it comes.
C5  What is refused after an answer was lost may be there: an earlier attempt of it may have ended in between.
C6  When the first records all fail alone and none was ever saved, it is the call that is wrong, not the records.
"""

import sys
import threading
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from lockgate.odoo.calls.budget import Budget
from lockgate.odoo.calls.caller import Caller
from lockgate.odoo.errors import BadCall, Concurrency, NotFound, OdooError, Refused, ServerFault, TimedOut, Unreachable
from lockgate.odoo.external_ids import Target, targets_of
from lockgate.odoo.loading.answers import Conflict, Saved, answer_from
from lockgate.odoo.loading.answers import Refused as RefusedCall
from lockgate.odoo.loading.bisecting import Group, Step, halves, step_after
from lockgate.odoo.loading.faultpoints import Point, reach
from lockgate.odoo.loading.header import Header
from lockgate.odoo.loading.records import Record

_T = TypeVar("_T")

PATIENCE_SECONDS = 90.0
"""How long one call is tried again for conflicts and lost answers."""
_READ_TRIES = 3
_LONE_FAULTS = 5
_LOST_BEFORE_HALVING = 2


@dataclass(frozen=True)
class Ended:
    """What is certain after a call."""

    saved: Mapping[str, int]
    """The ids in Odoo of the records it saved, by external id."""
    step: Step = field(default_factory=lambda: Step((), ()))


class Calls:
    """Sends groups of records to one model. Safe to share between threads."""

    def __init__(
        self,
        client: Caller,
        model: str,
        header: Header,
        *,
        context: Mapping[str, Any],
        besides: Mapping[str, str] | None = None,
        on_retry: Callable[[], None],
    ) -> None:
        self._client = client
        self._model = model
        self._header = header
        self._context = {**context, "module": header.layout.module}
        self._besides = besides or {}
        """Columns of which every new record gets the same cell."""
        self._on_retry = on_retry
        self._lone_faults = 0
        self._saved_any = False
        self._lost_any = False
        self._lock = threading.Lock()

    def targets(self, external_ids: Collection[str]) -> dict[str, Target]:
        """Return what these external ids stand for now."""
        return self.ask(lambda: targets_of(self._client, external_ids)) if external_ids else {}

    def vacant(self) -> bool:
        """Return whether no record of the model is known by an id of the load's module."""
        domain = [["module", "=", self._header.layout.module], ["model", "=", self._model]]
        return not self.ask(lambda: self._client.call("ir.model.data", "search_count", domain=domain, limit=1))

    def ask(self, read: Callable[[], _T]) -> _T:
        """Return what a reading call answers; one that takes too long is tried again a few times."""
        for _ in range(_READ_TRIES - 1):
            try:
                return read()
            except TimedOut:
                self._on_retry()
        return read()

    def send(self, group: Group, *, existed: Collection[str]) -> Ended:
        """Send the group until it is certain what came of it; `existed` are the ids that were there before."""
        patience = Budget(PATIENCE_SECONDS)
        tries = lost = 0
        while True:
            tries += 1
            answer = self._attempt(group, existed)
            if isinstance(answer, Saved):
                return self._saved(zip((record.external_id for record in group.records), answer.ids, strict=False))
            if isinstance(answer, RefusedCall):
                if self._lost_any and (there := self._saved_meanwhile(group.records, existed)) is not None:
                    return self._saved(there)  # C5
                return Ended({}, step_after(group, answer))
            lost += not isinstance(answer, Concurrency)
            self._lost_any = self._lost_any or lost > 0
            self._on_retry()
            if tries >= _tries_for(answer) or not patience.wait(tries):
                raise answer
            if (saved := self._saved_meanwhile(group.records, existed)) is not None:
                return self._saved(saved)  # C1
            if len(group.records) > 1 and (isinstance(answer, TimedOut) or lost >= _LOST_BEFORE_HALVING):
                return Ended({}, Step(halves(group), ()))  # C3

    def _attempt(self, group: Group, existed: Collection[str]) -> Saved | RefusedCall | OdooError:
        """Send the group once; an error that comes back as a value leaves open what Odoo did."""
        try:
            told = self._load(group.records, existed)
        except TimedOut as error:
            return error
        except Unreachable as error:
            if not error.sent:
                raise  # the client has tried for long enough
            return error
        except (BadCall, NotFound, Refused, ServerFault) as error:
            self._count_fault(group, error)
            return RefusedCall(reason=error.why or error.what)
        reach(Point.ANSWERED)
        answer = answer_from(told, group.records)
        return self._conflict(answer) if isinstance(answer, Conflict) else answer

    def _saved(self, ids: Iterable[tuple[str, int]]) -> Ended:
        self._saved_any = True
        return Ended(dict(ids))

    def _load(self, records: Sequence[Record], existed: Collection[str]) -> Any:
        at = self._header.layout.id_column
        besides = {} if any(record.external_id in existed for record in records) else self._besides
        columns, cells = [*self._header.columns, *besides], list(besides.values())
        lines_have = [""] * len(cells)
        data = []
        for record in records:
            first = [*record.rows[0], *cells]
            first[at] = record.external_id
            data.append(first)
            data += [[*line, *lines_have] for line in record.rows[1:]]
        return self._client.call(self._model, "load", context=self._context, fields=columns, data=data)

    def _saved_meanwhile(self, records: Sequence[Record], existed: Collection[str]) -> Iterable[tuple[str, int]] | None:
        new = [record.external_id for record in records if record.external_id not in existed]
        found = self.targets(new)
        if not new or len(found) < len(new):
            return None  # C2
        return [(external_id, target.id) for external_id, target in found.items()]

    def _count_fault(self, group: Group, error: OdooError) -> None:
        if len(group.records) > 1 or isinstance(error, Refused):
            return
        with self._lock:
            self._lone_faults += 1
            if self._lone_faults >= _LONE_FAULTS and not self._saved_any:
                raise error  # C6

    def _conflict(self, conflict: Conflict) -> OdooError:
        return Concurrency(
            f"Odoo could not save records of {self._model} because of others who write the same.",
            why=conflict.reason,
            do="Load again when fewer write, with `partition_by` the column that the rows share.",
            call=f"{self._model}.load",
        )


def _tries_for(trouble: OdooError) -> int:
    """Return how often a call is tried at most; a limit in time holds besides."""
    unsent = isinstance(trouble, TimedOut) and not trouble.sent
    return _READ_TRIES if unsent else sys.maxsize
