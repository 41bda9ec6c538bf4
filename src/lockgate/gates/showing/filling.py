"""Which command helps here? That of the criterion, with the names of this place filled in."""

from collections.abc import Iterator

from lockgate.gates.asking.evaluating import CriterionState, GateState
from lockgate.gates.asking.outcome import Part, Status
from lockgate.gates.criteria.placeholders import fill, placeholders


def commands(state: GateState, found: CriterionState) -> tuple[str, ...]:
    """Return what to run, once for each place and thing that the command names and that is lacking.

    Where what it names is not declared yet, its name is left standing.
    """
    if not found.criterion.do or found.found.status is Status.MET:
        return ()
    filled = [fill(found.criterion.do, names_at(state, found, part)) for part in lacking(found.found)]
    return tuple(dict.fromkeys([one for one in filled if not placeholders(one)] or filled))


def names_at(state: GateState, found: CriterionState, part: Part) -> dict[str, str]:
    """Return what the placeholders stand for at one part of a criterion."""
    here = {"gate": state.gate.key, "criterion": found.criterion.key, "scope": str(state.scope)}
    return {**here, **({str(state.scope.level): state.scope.key} if state.scope.key else {}), **part.label}


def lacking(part: Part) -> Iterator[Part]:
    """Return the innermost parts that are not met, each with all that is known of where it is."""
    inner = [one for one in part.parts if one.status is not Status.MET]
    if not inner:
        yield part
    for one in inner:
        for leaf in lacking(one):
            yield leaf.about(part.label)
