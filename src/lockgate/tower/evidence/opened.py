"""With what is a question about records answered? The ledger and the workspace, as of the moment that is asked about.

A workspace with findings still shows its records: only what its definitions were can't be told then.
"""

from lockgate.faces.web.viewer import Viewer
from lockgate.gates.asking.evaluating import GateState
from lockgate.kernel.errors import UsageError
from lockgate.ledger import AsOf
from lockgate.tower.evidence.briefs import Briefs, briefs_of
from lockgate.tower.evidence.record import Shown, shown
from lockgate.tower.evidence.seeing import visible
from lockgate.tower.evidence.standing import Compared
from lockgate.tower.seeing.sight import blind
from lockgate.tower.server import live
from lockgate.workspace import Workspace


def briefs() -> Briefs:
    """Return the records of the programme in brief."""
    found = briefs_of(live().place.ledger).now()
    if not live().workspace().findings:  # with findings nobody knows the registers: what was hidden stays so
        found.blind = blind(live().desk().known)
    return found


def compared(as_of: AsOf | None = None) -> Compared:
    """Return what evidence is held against."""
    known = briefs()
    upto = known.head.number if as_of is None else live().place.ledger.head(as_of).number
    return Compared(known, _workspace(as_of), upto)


def states(as_of: AsOf | None = None) -> tuple[GateState, ...] | None:
    """Return how the gates stand, None while the workspace has findings."""
    try:
        return live().states(as_of)[0]
    except UsageError:
        if live().workspace().findings or as_of is None:
            return None
        raise


def is_seen(number: int, viewer: Viewer) -> bool:
    """Return whether there is such a record for the viewer."""
    known = briefs()
    return 0 < number <= known.head.number and visible(known.of(number), viewer, known)


def record(number: int, viewer: Viewer, as_of: AsOf | None = None) -> Shown | None:
    """Return one record with all that is said of it, None when there is none for the viewer."""
    return shown(number, compared(as_of), live().place.ledger, viewer, states(as_of) or ())


def _workspace(as_of: AsOf | None) -> Workspace:
    today = live().workspace()
    return today if as_of is None or today.findings else live().room(as_of).workspace
