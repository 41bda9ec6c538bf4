"""How is an Odoo made as the plan says? In batches, each record once; who is stopped goes on by planning again.

A1  A record that was there before is taken over first: from then on it is known by the key of its resource.
A2  What Odoo refuses is named with its place and Odoo's words. What rests on it is not tried; all else of its level is.
A3  Doing it again does no harm: records are known by their external ids, which Odoo writes together with them.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lockgate.odoo.catalogue import Catalogue
from lockgate.odoo.client import Client
from lockgate.odoo.external_ids import OWN_MODULE
from lockgate.odoo.loading import load
from lockgate.practices.template.decide.batching import Batch, batches
from lockgate.practices.template.decide.facts import FieldFact, Live
from lockgate.practices.template.decide.planning import Action, Plan, Step
from lockgate.practices.template.decide.values import RELATIONS, names_in
from lockgate.practices.template.perform.looking import PREFIX, companies_of, external_id

_COMPANY = "res.company"


@dataclass(frozen=True)
class Refused:
    """A resource that Odoo did not take."""

    step: Step
    field: str
    """The field that Odoo names, empty where it names none."""
    why: str


@dataclass
class Applied:
    """What came of it."""

    written: int = 0
    """Records made or changed."""
    taken_over: int = 0
    archived: int = 0
    refused: list[Refused] = field(default_factory=list)
    left: int = 0
    """Resources that were not tried, because they may rest on one that was refused."""


def apply(client: Client, plan: Plan, live: Live, *, on_done: Callable[[int], None] = lambda _: None) -> Applied:
    """Do what the plan says, and tell what came of it; `on_done` hears how many resources are done."""
    applied = Applied()
    taken = [step for step in plan.of(Action.CHANGE) if step.takes_over]
    _take_over(client, taken)
    applied.taken_over = len(taken)
    catalogue = Catalogue(client)
    todo = sum(bool(step.changes) for step in (*plan.of(Action.CREATE), *plan.of(Action.CHANGE)))
    for level in batches(plan.steps):
        everywhere = client.within(companies=companies_of(client), lang="en_US")
        for batch in level:
            refused = _send(everywhere, batch, live.models[batch.model], catalogue)
            applied.refused += refused
            applied.written += len(batch.steps) - len(refused)
            on_done(len(batch.steps))
        if applied.refused:  # A2
            applied.left = todo - applied.written - len(applied.refused)
            return applied
    applied.archived = _archive(client, plan.of(Action.ARCHIVE))
    on_done(applied.archived)
    return applied


def _take_over(client: Client, steps: Sequence[Step]) -> None:
    rows = [
        {
            "module": OWN_MODULE,
            "name": f"{PREFIX}{step.key}",
            "model": step.model,
            "res_id": step.record,
            "noupdate": True,
        }
        for step in steps
    ]
    if rows:
        client.create("ir.model.data", rows)


def _send(client: Client, batch: Batch, fields: Mapping[str, FieldFact], catalogue: Catalogue) -> list[Refused]:
    columns = ["id", *(f"{name}/id" if fields[name].type in RELATIONS else name for name in batch.fields)]
    rows = [[external_id(step.key), *_cells(step, batch.fields, fields)] for step in batch.steps]
    came = load(client, batch.model, columns, rows, context=client.context, catalogue=catalogue)
    return [
        Refused(batch.steps[reject.row - 1], reject.field.partition("/")[0], reject.reason)
        for reject in (*came.rejected, *came.unknown)
    ]


def _cells(step: Step, names: Sequence[str], fields: Mapping[str, FieldFact]) -> list[Any]:
    new = {change.field: change.new for change in step.changes}
    return [_cell(new[name], fields[name]) for name in names]


def _cell(value: Any, field: FieldFact) -> Any:
    if field.type in RELATIONS:
        return ",".join(name if "." in name else external_id(name) for name in names_in(value, field))
    return None if value is False and field.type != "boolean" else value


def _archive(client: Client, steps: Sequence[Step]) -> int:
    """Archive what is declared no more; a write for each model."""
    for model in sorted({step.model for step in steps}):
        client.write(model, [step.record for step in steps if step.model == model and step.record], {"active": False})
    return len(steps)
