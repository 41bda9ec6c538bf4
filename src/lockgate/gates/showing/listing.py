"""How is a gate told in one line? By the keys of `gate list --json`, which pages and the API share."""

from typing_extensions import TypedDict

from lockgate.gates.asking.evaluating import GateState
from lockgate.gates.asking.outcome import Status


class Line(TypedDict):
    """One gate of `gate list --json`."""

    gate: str
    stage: str
    scope: str
    verdict: str
    met: int
    unmet: int
    missing: int
    stale: int
    waived: int
    undecidable: int


def line(state: GateState) -> Line:
    """Return a gate in one line."""
    return Line(
        gate=state.gate.key,
        stage=state.gate.stage,
        scope=str(state.scope),
        verdict=str(state.verdict),
        met=state.count(Status.MET),
        unmet=state.count(Status.UNMET),
        missing=state.count(Status.MISSING),
        stale=state.count(Status.STALE),
        waived=state.count(Status.WAIVED),
        undecidable=state.count(Status.UNDECIDABLE),
    )
