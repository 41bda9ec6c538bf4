"""What can programs ask of gates, and say to them? The keys are those of the command line's `--json`."""

from typing import Annotated

from django.http import HttpRequest
from ninja import Field, Router, Schema

from lockgate.faces.web.page import viewer_of
from lockgate.gates.facts.history import Choice
from lockgate.gates.showing.explaining import GateTree, explain
from lockgate.gates.showing.listing import Line
from lockgate.gates.showing.renewing import Rerun
from lockgate.programme import acting
from lockgate.tower.gates.asked import Asked, asked, to_decide
from lockgate.tower.gates.doing import tells
from lockgate.tower.gates.listing import Wanted, lines
from lockgate.tower.gates.renewing import renewed
from lockgate.tower.interface import AsOf, operation
from lockgate.tower.server import as_of

router = Router(tags=["gate"])

Seen = Annotated[
    int | None,
    Field(description="The ledger's last record when you looked: refused when it has moved on. Left out, whatever is."),
]


class Demanded(Schema):
    """A condition of a conditional go."""

    criterion: str = ""
    text: str
    owner: str
    due: str


class Vote(Schema):
    """What you say of a gate."""

    choice: Choice
    reason: str = ""
    conditions: tuple[Demanded, ...] = ()
    behalf: str = Field("", alias="for", description="Whose deputy you are.")
    seen: Seen = None


class Waiver(Schema):
    """That a criterion may be unmet for a time."""

    criterion: str
    owner: str
    reason: str
    until: str
    seen: Seen = None


class Fulfilment(Schema):
    """That a condition which no criterion measures is fulfilled."""

    condition: str
    seen: Seen = None


class Signature(Schema):
    """One of the two signatures under an emergency permit."""

    reason: str
    until: str
    seen: Seen = None


@router.get("/gate", response=list[Line])
@operation("gate.see")
def gates(request: HttpRequest, when: AsOf = "", stage: str = "", scope: str = "", verdict: str = "") -> list[Line]:
    """List the gates that you may see."""
    return lines(viewer_of(request), Wanted(stage, scope, verdict), as_of(when))


@router.get("/gate/{key}/{scope}", response=GateTree)
@operation("gate.see")
def gate(request: HttpRequest, key: str, scope: str, when: AsOf = "") -> GateTree:
    """Explain one gate down to the evidence."""
    return _tree(asked(viewer_of(request), key, scope, as_of(when)))


@router.post("/gate/{key}/{scope}/decide", response=GateTree)
@operation("gate.decide")
def decide(request: HttpRequest, key: str, scope: str, said: Vote) -> GateTree:
    """Vote on a gate; the vote that reaches the quorum decides it."""
    found = _moved_to(request, key, scope, said.seen)
    conditions = [acting.Demand(**one.model_dump()) for one in said.conditions]
    acting.vote(
        found.room,
        found.state,
        by=viewer_of(request).person,
        choice=said.choice,
        reason=said.reason,
        conditions=conditions,
        behalf=said.behalf,
    )
    return _tree(asked(viewer_of(request), key, scope))


@router.post("/gate/{key}/{scope}/waive", response=GateTree)
@operation("gate.decide")
def waive(request: HttpRequest, key: str, scope: str, said: Waiver) -> GateTree:
    """Accept for a time that a criterion is not met."""
    found = _moved_to(request, key, scope, said.seen)
    acting.waive(found.room, found.state, by=viewer_of(request).person, **said.model_dump(exclude={"seen"}))
    return _tree(asked(viewer_of(request), key, scope))


@router.post("/gate/{key}/{scope}/fulfil", response=GateTree)
@operation("gate.decide")
def fulfil(request: HttpRequest, key: str, scope: str, said: Fulfilment) -> GateTree:
    """Say that a condition is fulfilled."""
    found = _moved_to(request, key, scope, said.seen)
    acting.fulfil(found.room, found.state, by=viewer_of(request).person, condition=said.condition)
    return _tree(asked(viewer_of(request), key, scope))


@router.post("/gate/{key}/{scope}/emergency", response=GateTree)
@operation("gate.decide")
def emergency(request: HttpRequest, key: str, scope: str, said: Signature) -> GateTree:
    """Sign an emergency permit; it takes two people."""
    found = _moved_to(request, key, scope, said.seen)
    by = viewer_of(request).person
    acting.sign_emergency(found.room, found.state, by=by, until=said.until, reason=said.reason)
    return _tree(asked(viewer_of(request), key, scope))


@router.get("/rerun", response=list[Rerun])
@operation("gate.see")
def rerun(request: HttpRequest, when: AsOf = "", scope: str = "") -> list[Rerun]:
    """List the stale evidence and the commands that would renew it."""
    return list(renewed(viewer_of(request), scope, as_of(when)))


def _moved_to(request: HttpRequest, key: str, scope: str, seen: int | None) -> Asked:
    """Return the gate to act on, unless the ledger has moved on since it was seen."""
    found = to_decide(viewer_of(request), key, scope)
    acting.unmoved(found.room, seen, tells(viewer_of(request)))
    return found


def _tree(found: Asked) -> GateTree:
    return explain(found.state, found.room.people)
