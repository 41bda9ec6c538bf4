"""Which gate does an address mean, and may it be seen? What may not be seen is not there."""

from dataclasses import dataclass

from django.http import Http404
from django.utils.translation import gettext as _

from lockgate.faces.web.viewer import Viewer
from lockgate.gates.asking.evaluating import GateState
from lockgate.gates.criteria.definition import Gate
from lockgate.gates.criteria.reading import scopes_of
from lockgate.gates.facts.wanted import Facts
from lockgate.kernel.errors import UsageError
from lockgate.kernel.scope import Scope
from lockgate.ledger import AsOf
from lockgate.programme.room import Room
from lockgate.tower.server import live


@dataclass(frozen=True)
class Asked:
    """A gate for one scope, and what it was asked with."""

    room: Room
    state: GateState

    @property
    def gate(self) -> Gate:
        """What the gate asks."""
        return self.state.gate

    @property
    def scope(self) -> Scope:
        """For whom it is asked."""
        return self.state.scope

    @property
    def facts(self) -> Facts:
        """What there is to know for the gate."""
        return self.room.about(self.gate.key)


def asked(viewer: Viewer, key: str, said: str, as_of: AsOf | None = None) -> Asked:
    """Return the gate as it stands, or stood then."""
    return _asked(live().room(as_of), viewer, key, said, as_of)


def to_decide(viewer: Viewer, key: str, said: str) -> Asked:
    """Return the gate with everything read anew, so that what is written names what is there."""
    return _asked(live().anew(), viewer, key, said, None)


def _asked(room: Room, viewer: Viewer, key: str, said: str, as_of: AsOf | None) -> Asked:
    scope = _scope(room, key, said)
    if scope is not None and viewer.sees(scope):
        return Asked(room, room.state(key, scope))
    now = None if as_of is None else _scope(live().room(), key, said)
    if now is not None and viewer.sees(now):
        raise UsageError(
            _("There was no gate {gate} for {scope} then.").format(gate=key, scope=said),
            why=_("The workspace as it was committed then does not have it."),
            do=_("Go back to now."),
        )
    raise Http404


def _scope(room: Room, key: str, said: str) -> Scope | None:
    gate = next((one for one in room.gates if one.key == key), None)
    there = scopes_of(gate, room.workspace) if gate else []
    return next((scope for scope in there if str(scope) == said), None)
