"""What follows when a form of a gate is sent? The same as from the command line and the API, or a refusal with why."""

from collections.abc import Callable, Mapping
from typing import Final

from lockgate.faces.web.viewer import Viewer
from lockgate.gates.facts.history import Choice
from lockgate.kernel.scope import Scope
from lockgate.ledger import Record
from lockgate.programme import acting
from lockgate.tower.gates.asked import Asked
from lockgate.tower.gates.forms import GateForms


def tells(viewer: Viewer) -> Callable[[Record], bool]:
    """Return which records that came meanwhile a viewer is told of."""

    def told(record: Record) -> bool:
        scope = record.payload.get("scope")
        return viewer.everywhere or (isinstance(scope, str) and viewer.sees(Scope.parse(scope)))

    return told


def do(name: str, found: Asked, forms: GateForms, viewer: Viewer) -> str:
    """Do what a valid form says, and return what came of it."""
    acting.unmoved(found.room, forms.seen, tells(viewer))
    return _DOING[name](found, forms, viewer.person)


def _decide(found: Asked, forms: GateForms, by: str) -> str:
    said = forms.said("vote")
    choice = Choice(said["choice"])
    return acting.vote(
        found.room,
        found.state,
        by=by,
        choice=choice,
        reason=said["reason"],
        behalf=said["behalf"],
        conditions=forms.demands if choice is Choice.CONDITIONAL else (),
    )


_DOING: Final[Mapping[str, Callable[[Asked, GateForms, str], str]]] = {
    "decide": _decide,
    "waive": lambda found, forms, by: acting.waive(found.room, found.state, by=by, **forms.said("waive")),
    "fulfil": lambda found, forms, by: acting.fulfil(found.room, found.state, by=by, **forms.said("fulfil")),
    "emergency": lambda found, forms, by: acting.sign_emergency(
        found.room, found.state, by=by, **forms.said("emergency")
    ),
}
