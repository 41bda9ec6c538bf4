"""As whom does somebody act who is signed in? As themselves, with the roles that they have at that moment.

P1  Roles count whether declared or given in the tower. Looking after the accounts is no role to act by.
"""

from lockgate.faces.web.viewer import Viewer
from lockgate.kernel.scope import PROGRAMME, Level, Scope
from lockgate.ledger.registers.action import Actor, Grant

_KEEPER = "administrator"


def actor_of(viewer: Viewer) -> Actor:
    """Return who acts, with the roles that the viewer has now (P1)."""
    held = [one for one in viewer.held if one.role != _KEEPER]
    grants = [
        Grant(one.role, scope)
        for one in held
        for scope in ([PROGRAMME] if one.sites is None else [Scope(Level.SITE, site) for site in sorted(one.sites)])
    ]
    return Actor(viewer.person, tuple(grants))
