"""What is wrong in the workspace, in its gates too? Looked for once, as long as nothing changed that it depends on.

F1  It depends on the files, and where a gate names a decision, on the ledger. Nothing else is asked.
"""

import threading
from collections import deque
from typing import Final

from lockgate.kernel.finding import Finding
from lockgate.ledger import Head
from lockgate.programme.checking import gates_checked, names_decisions, practices_checked
from lockgate.tower.server import live
from lockgate.workspace import Workspace

_MOST: Final = 4
_lock = threading.Lock()
_kept: deque[tuple[Workspace, Head | None, tuple[Finding, ...]]] = deque(maxlen=_MOST)
"""Today's workspace and a few of the past: they are told apart by being the same thing, for they are never changed."""


def findings_of(workspace: Workspace) -> tuple[Finding, ...]:
    """Return all that is wrong (F1)."""
    head = live().place.ledger.head() if names_decisions(workspace) else None
    with _lock:
        found = next((told for one, then, told in _kept if one is workspace and then == head), None)
    if found is None:
        found = tuple(sorted([*workspace.findings, *gates_checked(workspace)[0], *practices_checked(workspace)]))
        with _lock:
            _kept.append((workspace, head, found))
    return found
