"""What is stale, and which command would renew it? The same as `rerun --plan`, for the gates that a viewer sees."""

import threading
from collections import OrderedDict
from typing import Final

from lockgate.faces.web.viewer import Viewer
from lockgate.gates.asking.evaluating import GateState
from lockgate.gates.showing.renewing import Rerun, plan
from lockgate.ledger import AsOf
from lockgate.programme.room import narrowed
from lockgate.tower.server import live

_MOST: Final = 20
_States = tuple[GateState, ...]
_lock = threading.Lock()
_kept: OrderedDict[tuple[int, Viewer, str], tuple[_States, tuple[Rerun, ...]]] = OrderedDict()
"""The last answers, with what they follow from, each for one viewer and the scope that was asked for."""


def renewed(viewer: Viewer, scope: str, as_of: AsOf | None) -> tuple[Rerun, ...]:
    """Return what to run again."""
    states, _ = live().states(as_of)
    key = (id(states), viewer, scope)
    with _lock:
        found = _kept.get(key)
    if found is None or found[0] is not states:
        seen = [state for state in states if viewer.sees(state.scope)]
        found = (states, plan(narrowed(seen, None, scope or None), {}))
    with _lock:
        _kept[key] = found
        _kept.move_to_end(key)
        while len(_kept) > _MOST:
            _kept.popitem(last=False)
    return found[1]
