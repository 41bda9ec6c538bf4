"""Which plan was made last? One of each instance and site, kept beside the ledger until the next one is made.

F1  It is a cache: no record names it, and who deletes it loses a look and nothing else.
F2  Only a whole plan is kept, not one of a few resources that somebody asked for.
F3  It is written beside its place and put there at once: nobody ever reads half of it.
"""

import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Final

from pydantic import TypeAdapter, ValidationError

from lockgate.practices.template.decide.planning import Action
from lockgate.practices.template.perform.held import Held
from lockgate.practices.template.perform.telling.answers import PlanAnswer
from lockgate.practices.template.perform.telling.kept import KeptPlan, of_plan
from lockgate.programme.ledger_place import FOLDER as LOCKGATE
from lockgate.programme.ledger_place import keep_out_of_git

FOLDER: Final = Path(LOCKGATE) / "template"
_ENDING: Final = ".plan.json"
_PLANS: Final = TypeAdapter(KeptPlan)


def keep_plan(held: Held, answer: PlanAnswer, made: tuple[datetime, str]) -> None:
    """Keep a plan in place of the one before (F2, F3)."""
    if held.only:
        return
    file = _file(held.workspace.root, held.instance.name, str(held.scope))
    keep_out_of_git(held.workspace.root / LOCKGATE)
    beside = file.with_name(f"{file.name}.{os.getpid()}")
    with suppress(OSError):  # who may not write here reads the plan all the same (F1)
        file.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(of_plan(answer, held, made))
        beside.replace(file)


def last_plan(root: Path, instance: str, scope: str) -> KeptPlan | None:
    """Return the plan that was made last, None where there is none or it can't be read."""
    return _read(_file(root, instance, scope))


def last_plans(root: Path) -> Iterator[KeptPlan]:
    """Yield the last plan of each instance and site, in the order of their names."""
    for file in sorted((root / FOLDER).glob(f"*{_ENDING}")):
        found = _read(file)
        if found is not None:
            yield found


class PlannedAnswer(PlanAnswer):
    """A plan as it was made: the keys of `lockgate plan --json`, and when and of what."""

    scope: str
    made_at: str
    made_by: str
    stale: bool
    """Whether the template is not what it was then."""
    left_out: dict[str, int]
    """By site, how many resources are told at the site alone."""


def planned_answer(kept: KeptPlan, template: str | None) -> PlannedAnswer:
    """Return a plan that was kept, held against the digest that the template has now."""
    return PlannedAnswer(
        **counted(kept["plan"]),
        scope=kept["about"]["scope"],
        made_at=kept["made_at"],
        made_by=kept["made_by"],
        stale=kept["template"] != template,
        left_out=kept["about"]["left_out"],
    )


def counted(plan: PlanAnswer) -> PlanAnswer:
    """Return a plan with the counts of the resources that are in it."""
    actions = [one["action"] for one in plan["resources"]]
    create, change, archive = (actions.count(one) for one in (Action.CREATE, Action.CHANGE, Action.ARCHIVE))
    return {**plan, "create": create, "change": change, "archive": archive}


def _file(root: Path, instance: str, scope: str) -> Path:
    return root / FOLDER / f"{instance}.{scope.replace(':', '.')}{_ENDING}"


def _read(file: Path) -> KeptPlan | None:
    try:
        return _parsed(file, file.stat().st_mtime_ns)
    except (OSError, ValidationError):  # it is not there, or another version wrote it (F1)
        return None


@lru_cache(maxsize=16)
def _parsed(file: Path, _: int) -> KeptPlan:
    return _PLANS.validate_json(file.read_bytes())
