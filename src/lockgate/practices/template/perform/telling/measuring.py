"""How far is an Odoo as the template says? In figures.

M1  What was made by a template and is declared no more counts as differing.
M2  Adherence is a share, from 0 to 1, as gates ask for it.
"""

from lockgate.practices.template.decide.planning import Action
from lockgate.practices.template.perform.held import Held


def measures_of(held: Held) -> dict[str, float]:
    """Return the figures of a comparison (M1, M2)."""
    in_sync = len(held.plan.of(Action.UNCHANGED))
    drifted = len(held.plan.steps) - in_sync
    adherence = round(in_sync / len(held.plan.steps), 4) if held.plan.steps else 1.0
    return {
        "resources": len(held.plan.steps),
        "in_sync": in_sync,
        "drifted": drifted,
        "unapproved": drifted,
        "adherence": adherence,
    }
