"""How is an Odoo made as the plan says? In batches, each record once; who is stopped goes on by planning again.

A1  A record that was there before is taken over first: from then on it is known by the key of its resource.
A2  What Odoo refuses is named with its place and Odoo's words. What rests on it is not tried; all else is.
A3  Doing it again does no harm: records are known by their external ids, which Odoo writes together with them.
A4  What waits for something that Odoo makes is not tried: it is planned anew when all else is done.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from lockgate.odoo.catalogue import Catalogue
from lockgate.odoo.client import Client
from lockgate.odoo.errors import Refused
from lockgate.practices.template.decide.batching import batches
from lockgate.practices.template.decide.facts import LANGUAGE, MODULE, Live, Part
from lockgate.practices.template.decide.planning import Action, Plan, Step
from lockgate.practices.template.perform.applying.sending import NotTaken, send, with_new
from lockgate.practices.template.perform.looking.looking import taking_over
from lockgate.practices.template.perform.looking.parts import install
from lockgate.practices.template.perform.looking.viewing import everywhere


@dataclass
class Applied:
    """What came of it."""

    written: int = 0
    """Resources made or changed."""
    taken_over: int = 0
    archived: int = 0
    installed: int = 0
    """Modules and languages."""
    refused: list[NotTaken] = field(default_factory=list)
    left: int = 0
    """Resources that were not tried, because they rest on one that was refused."""

    def add(self, more: "Applied") -> None:
        """Add what came of another round."""
        self.written += more.written
        self.taken_over += more.taken_over
        self.archived += more.archived
        self.installed += more.installed
        self.refused, self.left = more.refused, more.left


def apply(
    client: Client, plan: Plan, live: Live, *, keep: Callable[[], None], on_done: Callable[[int], None]
) -> Applied:
    """Do what the plan says, and tell what came of it; `keep` stops it where it may write no more."""
    applied = Applied()
    lacking = [step for step in plan.of(Action.CREATE) if step.model in {MODULE, LANGUAGE} and not step.waits]
    keep()
    if lacking:
        try:
            install(client, [Part(step.model, step.key, step.path, ()) for step in lacking])
        except Refused as error:  # Odoo installs all of them or none
            applied.refused = [NotTaken(step, None, error.why or error.what) for step in lacking]
            applied.left = sum(bool(step.changes) for step in plan.steps if step not in lacking)
            return applied
        applied.installed = len(lacking)
        on_done(len(lacking))
        return applied  # all else is to be looked at anew
    ready = [step for step in plan.steps if not step.waits]
    taken = [step for step in ready if step.takes_over]
    _take_over(client, taken)
    applied.taken_over = len(taken)
    todo = {step.key for step in ready if step.changes and step.action in {Action.CREATE, Action.CHANGE}}
    done: set[str] = set()
    lost: set[str] = set()
    catalogue = Catalogue(client)
    for level in batches(ready, live.models):
        there = everywhere(client)
        lost |= {step.key for batch in level for step in batch.steps if lost & set(step.needs)}  # A2
        for whole in level:
            keep()
            batch = whole.without(lost)
            refused = send(there, batch, live, catalogue)
            live = with_new(there, batch.steps, live)
            applied.refused += refused
            lost |= {one.step.key for one in refused}
            new = {step.key for step in batch.steps} - done
            on_done(len(new))
            done |= new
    applied.written = len(done - lost)
    applied.left = len(todo - done)
    if not applied.refused:
        applied.archived = _archive(client, plan.of(Action.ARCHIVE))
        on_done(applied.archived)
    return applied


def _take_over(client: Client, steps: Sequence[Step]) -> None:
    rows = [taking_over(step, step.record) for step in steps if step.record is not None]
    if rows:
        client.create("ir.model.data", rows)


def _archive(client: Client, steps: Sequence[Step]) -> int:
    """Archive what is declared no more; a write for each model."""
    for model in sorted({step.model for step in steps}):
        client.write(model, [step.record for step in steps if step.model == model and step.record], {"active": False})
    return len(steps)
