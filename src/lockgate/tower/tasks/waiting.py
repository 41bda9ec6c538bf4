"""How much waits for whom? Counted anew when gates or records stand otherwise, since every page shows it.

C1  What waits only since time went by is counted within a minute.
C2  While a server that has just begun reads all gates, nothing is counted: no page waits for a figure beside it.
"""

import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

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
_counted: OrderedDict[tuple[Live, Viewer], "_Counted"] = OrderedDict()


@dataclass(frozen=True)
class _Counted:
    states: tuple[GateState, ...]
    entries: Mapping[str, Entry]
    workspace: Workspace
    moment: datetime
    count: int

    def holds(self, states: tuple[GateState, ...], desk: Desk) -> bool:
        """Return whether this still says how much waits (C1)."""
        same = (self.states is states, self.entries is desk.known.entries.by_id, self.workspace is desk.workspace)
        return all(same) and timedelta() <= desk.moment - self.moment < _LASTS


def waiting(viewer: Viewer) -> tuple[Task, ...]:
    """Return all that waits for somebody now."""
    states, _ = live().states()
    return tasks(sight(viewer), states)


def count(viewer: Viewer) -> int:
    """Return how much waits; nothing where the programme can't be asked."""
    key = (live(), viewer)
    try:
        if live().reading:
            return 0  # C2
        (states, _), desk = live().states(), live().desk()
    except LockgateError:
        return 0
    with _lock:
        found = _counted.get(key)
    if found is None or not found.holds(states, desk):
        many = len(tasks(sight(viewer), states))
        found = _Counted(states, desk.known.entries.by_id, desk.workspace, desk.moment, many)
    with _lock:
        _counted[key] = found
        _counted.move_to_end(key)
        while len(_counted) > _MOST:
            _counted.popitem(last=False)
    return found.count
