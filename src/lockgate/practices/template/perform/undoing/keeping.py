"""Where is what was there before a template was applied? In a file that is written before Odoo is.

K1  The file is whole before each round of applying: who is stopped in the middle can set back what was done so far.
K2  Lines are kept whole, with fields that the template does not speak of: a line that is removed is made again of them.
K3  It is for who may read the ledger of this machine alone, and holds no secret.
"""

import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError

from lockgate.kernel.clock import stamp
from lockgate.kernel.errors import UsageError
from lockgate.odoo.client import Client
from lockgate.practices.template.decide.adopting import adoptable
from lockgate.practices.template.decide.facts import SETTINGS, Models, Target, View
from lockgate.practices.template.decide.names import LINES
from lockgate.practices.template.decide.planning import Action, Plan
from lockgate.practices.template.decide.undoing import Rollback, Was, noted
from lockgate.practices.template.perform.held import Held
from lockgate.practices.template.perform.looking.holding import lines_of
from lockgate.practices.template.perform.looking.viewing import everywhere, within
from lockgate.practices.template.perform.telling.kept import is_secret
from lockgate.programme.ledger_place import FOLDER

_FORM: Final = TypeAdapter(Rollback)


class Journal:
    """What was there before, as far as applying has come."""

    def __init__(self, held: Held, moment: datetime, who: str) -> None:
        """Nothing is kept before the first round."""
        about = held.instance
        self._kept = Rollback(about.uuid, about.name or "", stamp(moment), who)
        name = f"{about.name}-{moment:%Y%m%dT%H%M%S%f}.json"
        self.path = held.workspace.root / FOLDER / "rollback" / name

    def note(self, held: Held) -> None:
        """Keep what the next round is going to change (K1)."""
        whole = _with_whole_lines(held)
        self._kept = noted(self._kept, whole, lambda step, change: is_secret(step.model, step.key, change.field, held))
        self._write()

    def end(self, after: Held) -> bytes:
        """Note what it came to, and return what is kept."""
        changed = tuple(replace(was, after=None if was.secret else _now(after, was)) for was in self._kept.changed)
        self._kept = replace(self._kept, ended=True, changed=changed)
        return self._write()

    def _write(self) -> bytes:
        content = _FORM.dump_json(self._kept, indent=1) + b"\n"
        self.path.parent.mkdir(parents=True, exist_ok=True)
        draft = self.path.with_suffix(".part")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:  # K3
            file.write(content)
        draft.replace(self.path)
        return content


def read(file: Path) -> Rollback:
    """Return what was kept in a file."""
    try:
        return _FORM.validate_json(file.read_bytes())
    except (OSError, ValidationError):
        raise UsageError(
            f"{file} is not what an apply has kept.", do=f"Name a file of {FOLDER}/rollback: `apply` says which."
        ) from None


def whole_lines(client: Client, model: str, ids: Iterable[int], names: Iterable[str], models: Models) -> Any:
    """Return by id what records hold in these fields, with whole lines (K2)."""
    values: list[dict[str, Any]] = [
        {
            name: [dict.fromkeys(_said(models[model][name].relation, models))]
            for name in names
            if _has_lines(name, model, models)
        },
        {name: None for name in names if not _has_lines(name, model, models)},
    ]
    return lines_of(client, model, sorted(ids), (values, models))


def _has_lines(name: str, model: str, models: Models) -> bool:
    return models[model][name].type == LINES


def _said(model: str, models: Models) -> Iterator[str]:
    """Yield the fields of a line that can be written again."""
    yield from (name for name in sorted(adoptable(model, models)) if models[model][name].type != LINES)


def _with_whole_lines(held: Held) -> Plan:
    """Return the plan with old lines as they are, and not only as far as the template speaks of them."""
    models, there = held.live.models, everywhere(held.client)
    steps = []
    for step in held.asked.steps:
        changes = list(step.changes)
        for at, change in enumerate(changes):
            fits = step.action is Action.CHANGE and step.record and step.model != SETTINGS and step.model in models
            if fits and change.old is not None and _has_lines(change.field, step.model, models):
                client = within(there, change.view, held.live)
                if client is not None:
                    read_now = whole_lines(client, step.model, [step.record or 0], [change.field], models)
                    changes[at] = replace(change, old=read_now[step.record][change.field])
        steps.append(replace(step, changes=tuple(changes)))
    return replace(held.asked, steps=tuple(steps))


def _now(after: Held, was: Was) -> Any:
    """Return what a field holds in the end."""
    models = after.live.models
    if was.kind != SETTINGS and _has_lines(was.field, was.kind, models):
        client = within(everywhere(after.client), View(was.company, was.language), after.live)
        return (
            whole_lines(client, was.kind, [was.record], [was.field], models)[was.record][was.field] if client else None
        )
    return after.live.records.get((was.view, Target(was.kind, was.record)), {}).get(was.field)
