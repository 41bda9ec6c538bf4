"""What can programs ask of the whole programme? How all gates stand."""

from django.http import HttpRequest
from ninja import Router

from lockgate.faces.web.page import viewer_of
from lockgate.gates.showing.listing import Line, line
from lockgate.tower.interface import AsOf, operation
from lockgate.tower.server import as_of, live

router = Router(tags=["gate"])


@router.get("/gate", response=list[Line])
@operation("programme.see")
def gates(request: HttpRequest, when: AsOf = "") -> list[Line]:
    """List all gates that you may see."""
    states, _ = live().states(as_of(when))
    viewer = viewer_of(request)
    return [line(state) for state in states if viewer.sees(state.scope)]
