"""How is a plan carried out that somebody has agreed to? In one's turn, if it still is the same, and on record.

C1  Nothing is written when the Odoo, its database or the template is not what it was when the plan was agreed to.
C2  What was there before is told before anything is written: afterwards Odoo no longer has it.
C3  What was there before is kept in a file, by which it can be set back.
C4  Nothing is written while the user lacks a right to a part of it.
"""

import time
from collections.abc import Callable, Sequence

from lockgate.kernel.clock import system_clock
from lockgate.kernel.errors import RefusedError
from lockgate.practices.template.perform.applying.applying import Applied
from lockgate.practices.template.perform.applying.locking import turn
from lockgate.practices.template.perform.applying.rounds import apply_all
from lockgate.practices.template.perform.held import Held
from lockgate.practices.template.perform.telling.answers import (
    ApplyAnswer,
    DeniedAnswer,
    apply_answer,
    plan_answer,
)
from lockgate.practices.template.perform.telling.recording import record_applied
from lockgate.practices.template.perform.undoing.keeping import Journal
from lockgate.programme.ledger_place import LedgerPlace


def carry_out(place: LedgerPlace, here: Held, who: str, *, on_done: Callable[[int], None]) -> tuple[ApplyAnswer, Held]:
    """Make the Odoo as the plan says; return what came of it, and how the Odoo compares afterwards (C1 to C4)."""
    planned = plan_answer(here)
    if planned.get("denied"):
        raise lacks_rights(planned["denied"])
    begun, before = time.monotonic(), Journal(here, system_clock(), who)
    applied, after = _done(here, before, who, on_done)
    answer = apply_answer(here, after, applied)
    kept = None if here.asked.empty else before.end(after)
    answer["rollback"] = "" if kept is None else before.path.relative_to(here.workspace.root).as_posix()
    about = (system_clock(), who, time.monotonic() - begun)
    answer["evidence"] = record_applied(place, after, (planned, applied, answer), about, kept)
    return answer, after


def _done(here: Held, before: Journal, who: str, on_done: Callable[[int], None]) -> tuple[Applied, Held]:
    """Do what is to be done, and return what came of it and how the Odoo compares then."""
    if here.asked.empty:
        return Applied(), here
    with turn(here.client, who) as mine:
        if here.again().asked.digest != here.asked.digest:
            raise stale()
        return apply_all(here, note=before.note, keep=mine.keep, on_done=on_done)


def lacks_rights(denied: Sequence[DeniedAnswer]) -> RefusedError:
    """Return the refusal of a plan that the user has not all rights for (C4)."""
    said = [
        f"{one['at']}: may not {one['right']} {one['model']} ({one['resources']} of the plan). {one['why']}"
        for one in denied
    ]
    return RefusedError(
        "This user may not do all that the plan says; nothing was written.",
        why="\n       ".join(said),
        do="Give the user the right in Odoo, or apply as another user.",
    )


def stale() -> RefusedError:
    """Return the refusal of a plan that is no longer the same (C1)."""
    return RefusedError(
        "The plan is stale.",
        why="Odoo or the template has changed since it was made, or it is for another database.",
        do="Plan again, look at it, and apply that: `lockgate plan --out FILE`.",
    )
