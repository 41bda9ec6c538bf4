"""How is an Odoo set back to how it was before applying? Looked at anew, then written record by record."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from lockgate.kernel.errors import RefusedError
from lockgate.odoo.client import Client
from lockgate.odoo.errors import BadCall, Refused, ServerFault
from lockgate.odoo.external_ids import OWN_MODULE
from lockgate.practices.template.decide.commands import commands
from lockgate.practices.template.decide.facts import SETTINGS, Live, Models, Target, View
from lockgate.practices.template.decide.known import PREFIX
from lockgate.practices.template.decide.names import LINES, TO_MANY
from lockgate.practices.template.decide.planning import FieldChange, Step
from lockgate.practices.template.decide.undoing import Rollback, Undoing, bare, undoing
from lockgate.practices.template.perform.applying.sending import NotTaken
from lockgate.practices.template.perform.held import Held
from lockgate.practices.template.perform.looking.holding import THE_SETTINGS, settings_of
from lockgate.practices.template.perform.looking.modelling import with_models
from lockgate.practices.template.perform.looking.viewing import everywhere, within
from lockgate.practices.template.perform.undoing.keeping import whole_lines

_SAID_NO = (Refused, BadCall, ServerFault)


@dataclass
class SetBack:
    """What came of it."""

    written: int
    archived: int
    refused: list[NotTaken]


def looked(held: Held, rollback: Rollback) -> tuple[Undoing, Live]:
    """Return what has to be done to set back, and what it was told from; nothing is written."""
    if rollback.database != held.instance.uuid:
        raise RefusedError(
            "This was kept of another database.",
            why=f"It is of `{rollback.instance}` as it was at {rollback.at}.",
            do="Name that instance with `--instance`, or the file that belongs to this one.",
        )
    there = everywhere(held.client)
    models = with_models(
        there, held.live.models, {*(was.kind for was in rollback.changed), *(one.kind for one in rollback.made)}
    )
    lines = {
        models[was.kind][was.field].relation
        for was in rollback.changed
        if was.kind in models and was.field in models[was.kind] and models[was.kind][was.field].type == LINES
    }
    live = replace(held.live, models=with_models(there, models, lines))
    live = replace(live, records=_records(there, rollback, live))
    return undoing(rollback, live), live


def set_back(
    client: Client, todo: Undoing, live: Live, *, keep: Callable[[], None], on_done: Callable[[int], None]
) -> SetBack:
    """Do it, and return what came of it; `keep` stops it where it may write no more."""
    there = everywhere(client)
    came = SetBack(0, 0, [])
    for step in todo.steps:
        keep()
        try:
            for view in dict.fromkeys(change.view for change in step.changes):
                _write(there, step, [change for change in step.changes if change.view == view], live)
        except _SAID_NO as error:
            came.refused.append(NotTaken(step, None, error.why or error.what))
        else:
            came.written += step.action == "change"
            came.archived += step.action == "archive"
        on_done(1)
    keep()
    names = [f"{PREFIX}{key}" for key in todo.released]
    rows = there.search("ir.model.data", [["module", "=", OWN_MODULE], ["name", "in", names]]) if names else []
    if rows:
        there.unlink("ir.model.data", rows)
    return came


def _write(there: Client, step: Step, changes: Sequence[FieldChange], live: Live) -> None:
    client = within(there, changes[0].view, live)
    if client is None:
        raise Refused("Its company or language is not there.", why="Its company or language is not there.")
    if step.model == SETTINGS:
        [form] = client.create(SETTINGS, [{change.field: change.new for change in changes}])
        client.call(SETTINGS, "execute", form)
        return
    values = {change.field: _value(change, step.model, live.models) for change in changes}
    client.write(step.model, step.record or 0, values)


def _value(change: FieldChange, model: str, models: Models) -> Any:
    field = models[model][change.field]
    if field.type == LINES:
        return commands(bare(change.new, field, models), change.old, field, models)
    return commands(change.new, change.old, field, models) if field.type == TO_MANY else change.new


def _records(there: Client, rollback: Rollback, live: Live) -> dict[tuple[View, Target], dict[str, Any]]:
    """Return what the records hold now."""
    names: dict[tuple[View, str], set[str]] = defaultdict(set)
    ids: dict[tuple[View, str], set[int]] = defaultdict(set)
    for was in rollback.changed:
        if was.field in live.models.get(was.kind, {}):
            names[was.view, was.kind].add(was.field)
            ids[was.view, was.kind].add(was.record)
    for one in rollback.made:
        target = live.managed.get(one.key)
        if target is not None and one.kind in live.models:
            names[View(), one.kind] |= {"active"} & live.models[one.kind].keys()
            ids[View(), one.kind].add(target.id)
    found: dict[tuple[View, Target], dict[str, Any]] = {}
    for (view, model), some in ids.items():
        client = within(there, view, live)
        if client is None:
            continue
        asked = names[view, model]
        if model == SETTINGS:
            found[view, Target(model, THE_SETTINGS)] = settings_of(client, sorted(asked))
        else:
            standing = client.search(model, [["id", "in", sorted(some)]])
            rows = whole_lines(client, model, standing, sorted(asked), live.models)
            found |= {(view, Target(model, each)): row for each, row in rows.items()}
    return found
