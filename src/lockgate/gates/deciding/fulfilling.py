"""May this person say that a condition is fulfilled? Rules G3 of `evaluating`, and D1 and D5 of `voting`."""

from lockgate.gates.asking.evaluating import GateState
from lockgate.gates.deciding.answer import Answer, No, event_of, no_right, refused, right_of
from lockgate.gates.facts.history import FULFILLED
from lockgate.gates.facts.wanted import People


def fulfil(state: GateState, key: str, actor: str, people: People) -> Answer:
    """Return what follows when somebody says that a condition without a criterion is fulfilled."""
    conditions = state.history.decision.conditions if state.history.decision else ()
    condition = next((one for one in conditions if one.key == key), None)
    refusals = []
    if condition is None:
        names = ", ".join(one.key for one in conditions) or "none"
        refusals.append(No("G3", f"The standing decision has no condition {key}.", f"It has: {names}."))
    elif condition.criterion:
        said = f"It is fulfilled by itself when the criterion {condition.criterion} is met."
        refusals.append(No("G3", said, "See what is lacking: `lockgate gate explain`."))
    elif condition.owner == actor:
        refusals.append(No("D5", "Its owner can't say so alone.", "Have somebody else who may decide say so."))
    if actor not in set(people.holders(state.gate.decides.role, state.scope)):
        refusals.append(no_right(state, actor, people))
    if refusals:
        return refused(state, actor, f"fulfil {key}", tuple(refusals))
    return Answer((event_of(FULFILLED, state, {"condition": key, "by": actor, **right_of(state, actor, people)}),))
