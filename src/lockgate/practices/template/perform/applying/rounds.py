"""How is all of a template applied? Round by round, until nothing is left or nothing more can be done.

A round does what can be done at once; what Odoo makes by itself, and what comes with modules, is planned after it.
"""

from collections.abc import Callable
from typing import Final

from lockgate.practices.template.perform.applying.applying import Applied, apply
from lockgate.practices.template.perform.held import Held

_MOST: Final = 12


def apply_all(
    held: Held, *, note: Callable[[Held], None], keep: Callable[[], None], on_done: Callable[[int], None]
) -> tuple[Applied, Held]:
    """Apply the template, and return what came of it and how the Odoo compares now; `keep` is asked before each write.

    `note` hears before each round what it will change, `on_done` hears how many resources are done.
    """
    applied = Applied()
    for _ in range(_MOST):
        before = held.asked
        note(held)
        applied.add(apply(held.client, before, held.live, keep=keep, on_done=on_done))
        held = held.again()
        if applied.refused or held.plan.faults or held.asked.empty or held.asked.digest == before.digest:
            break
    return applied, held
