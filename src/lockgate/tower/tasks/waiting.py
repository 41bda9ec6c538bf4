"""What waits for whom? Found anew when gates or records stand otherwise, since every page shows how much it is.

C1  What waits only since time went by is found within a minute; what is late is told at once.
C2  While a server that has just begun reads all gates, nothing is counted: no page waits for a figure beside it.
"""

import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import get_language

from lockgate.faces.web.viewer import Viewer
from lockgate.gates.asking.evaluating import GateState
from lockgate.kernel.errors import LockgateError
from lockgate.ledger.registers.entry import Entry
from lockgate.programme.desk import Desk
from lockgate.programme.live import Live
from lockgate.tower.seeing.sight import sight
from lockgate.tower.server import live
from lockgate.tower.tasks.tasks import Task, tasks
from lockgate.workspace import Workspace

_MOST: Final = 200
_LASTS: Final = timedelta(minutes=1)
_lock = threading.Lock()
_found: OrderedDict[tuple[Live, Viewer, str | None], "_Waiting"] = OrderedDict()


@dataclass(frozen=True)
class _Waiting:
    states: tuple[GateState, ...]
    entries: Mapping[str, Entry]
    workspace: Workspace
    moment: datetime
    tasks: tuple[Task, ...]

    def holds(self, states: tuple[GateState, ...], desk: Desk) -> bool:
        """Return whether this still says what waits (C1)."""
        same = (self.states is states, self.entries is desk.known.entries.by_id, self.workspace is desk.workspace)
        return all(same) and timedelta() <= desk.moment - self.moment < _LASTS


def waiting(viewer: Viewer) -> tuple[Task, ...]:
    """Return all that waits for somebody now."""
    (states, _), desk = live().states(), live().desk()
    key = (live(), viewer, get_language())
    with _lock:
        found = _found.get(key)
    if found is None or not found.holds(states, desk):
        seen = sight(viewer)
        there = tasks(seen, states)
        found = _Waiting(states, seen.desk.known.entries.by_id, seen.desk.workspace, seen.desk.moment, there)
    with _lock:
        _found[key] = found
        _found.move_to_end(key)
        while len(_found) > _MOST:
            _found.popitem(last=False)
    return tuple(one.at(desk.moment) for one in found.tasks)


def count(viewer: Viewer) -> int:
    """Return how much waits; nothing where the programme can't be asked."""
    try:
        return 0 if live().reading else len(waiting(viewer))  # C2
    except LockgateError:
        return 0
