"""What waits for whom? Found anew when gates or records stand otherwise, since every page shows how much it is.

C1  What waits only since time went by is found within a minute; what is late is told at once.
C2  While a server that has just begun reads all gates, nothing is counted: no page waits for a figure beside it.
"""

import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import get_language

from lockgate.faces.web.viewer import Viewer
from lockgate.kernel.errors import LockgateError
from lockgate.ledger.registers.entry import Entry
from lockgate.programme.desk import Desk
from lockgate.programme.live import Live
from lockgate.programme.present import States
from lockgate.tower.seeing.sight import Sight, sight
from lockgate.tower.server import live
from lockgate.tower.tasks.tasks import Task, in_order, of_gates, of_records
from lockgate.workspace import Workspace

_MOST: Final = 200
_LASTS: Final = timedelta(minutes=1)
_lock = threading.Lock()
_found: OrderedDict[tuple[Live, Viewer, str | None], "_Waiting"] = OrderedDict()


@dataclass(frozen=True)
class _Waiting:
    """What waits for somebody, with what it was found in."""

    states: States
    entries: Mapping[str, Entry]
    workspace: Workspace
    moment: datetime
    of_gates: tuple[Task, ...]
    of_records: tuple[Task, ...]
    tasks: tuple[Task, ...]

    def has_gates(self, states: States) -> bool:
        """Return whether this still says what waits of the gates."""
        return self.states is states

    def has_records(self, desk: Desk) -> bool:
        """Return whether this still says what waits of the registers (C1)."""
        same = self.entries is desk.known.entries.by_id and self.workspace is desk.workspace
        return same and timedelta() <= desk.moment - self.moment < _LASTS


def waiting(viewer: Viewer) -> tuple[Task, ...]:
    """Return all that waits for somebody now."""
    states, _ = live().states()
    seen = sight(viewer)
    key = (live(), viewer, get_language())
    with _lock:
        before = _found.get(key)
    found = _brought_up(before, states, seen)
    with _lock:
        _found[key] = found
        _found.move_to_end(key)
        while len(_found) > _MOST:
            _found.popitem(last=False)
    return tuple(one.at(seen.desk.moment) for one in found.tasks)


def _brought_up(before: _Waiting | None, states: States, seen: Sight) -> _Waiting:
    """Return what waits; what follows from records or gates that are as before is not found anew."""
    if before is not None and before.has_records(seen.desk):
        if before.has_gates(states):
            return before
        gates = tuple(of_gates(states, seen.viewer))
        return replace(before, states=states, of_gates=gates, tasks=in_order([*gates, *before.of_records]))
    kept = before is not None and before.has_gates(states)
    gates = before.of_gates if before and kept else tuple(of_gates(states, seen.viewer))
    records, desk = tuple(of_records(seen)), seen.desk
    about = (states, desk.known.entries.by_id, desk.workspace, desk.moment)
    return _Waiting(*about, gates, records, in_order([*gates, *records]))


def count(viewer: Viewer) -> int:
    """Return how much waits; nothing where the programme can't be asked."""
    try:
        return 0 if live().reading else len(waiting(viewer))  # C2
    except LockgateError:
        return 0
