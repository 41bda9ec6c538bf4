"""What is stale, and which command would renew it? The same as `rerun --plan`, for the gates that a viewer sees."""

from lockgate.faces.web.viewer import Viewer
from lockgate.gates.showing.renewing import Rerun, plan
from lockgate.ledger import AsOf
from lockgate.programme.room import narrowed
from lockgate.tower.server import live


def renewed(viewer: Viewer, scope: str, as_of: AsOf | None) -> list[Rerun]:
    """Return what to run again."""
    states, _ = live().states(as_of)
    seen = [state for state in states if viewer.sees(state.scope)]
    return list(plan(narrowed(seen, None, scope or None), {}))
