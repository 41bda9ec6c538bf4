"""How much waits for whom? Worked out once for each head of the ledger, since every page shows it."""

import threading
from collections import OrderedDict
from typing import Final

from lockgate.faces.web.viewer import Viewer
from lockgate.kernel.errors import LockgateError
from lockgate.ledger import Head
from lockgate.tower.seeing.sight import sight
from lockgate.tower.server import live
from lockgate.tower.tasks.tasks import Task, tasks

_MOST: Final = 200
_lock = threading.Lock()
_counted: OrderedDict[tuple[Viewer, Head, object], int] = OrderedDict()


def waiting(viewer: Viewer) -> tuple[Task, ...]:
    """Return all that waits for somebody now."""
    states, _ = live().states()
    return tasks(sight(viewer), states)


def count(viewer: Viewer) -> int:
    """Return how much waits; nothing where the programme can't be asked."""
    try:
        states, room = live().states()
        key = (viewer, room.head, room.moment)
        with _lock:
            if key not in _counted:
                _counted[key] = len(tasks(sight(viewer), states))
            while len(_counted) > _MOST:
                _counted.popitem(last=False)
            return _counted[key]
    except LockgateError:
        return 0
