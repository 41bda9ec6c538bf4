"""What has to be set back so that an Odoo is as it was before a template was applied? Facts in, steps out.

U1  A field that was changed gets its old value back. What somebody has changed since then stays, and is told.
U2  What was made is archived where Odoo can do that; nothing is deleted. What was taken over is let go again.
U3  What can't be taken back is told: modules and languages, charts of accounts, settings that install modules, and
    secrets, which are not kept.
U4  A plan that was broken off is set back as far as it came: what was not done needs nothing.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from lockgate.practices.template.decide.facts import (
    COMPANY,
    LANGUAGE,
    MODULE,
    SETTINGS,
    FieldFact,
    Live,
    Models,
    Target,
    View,
)
from lockgate.practices.template.decide.names import LINES
from lockgate.practices.template.decide.planning import Action, FieldChange, Plan, Step
from lockgate.practices.template.decide.values import same


@dataclass(frozen=True)
class Was:
    """A field before it was changed."""

    key: str
    kind: str
    record: int
    field: str
    company: str
    language: str
    old: Any
    """As Odoo told it: ids where it is a relation, whole lines where it has lines."""
    after: Any = None
    """What it held when all was applied."""
    secret: bool = False
    """True when the value is not kept."""

    @property
    def view(self) -> View:
        """In which company and language."""
        return View(self.company, self.language)

    @property
    def target(self) -> Target:
        """The record."""
        return Target(self.kind, self.record)


@dataclass(frozen=True)
class Came:
    """A record that was made, or taken over."""

    key: str
    kind: str


@dataclass(frozen=True)
class Rollback:
    """What was there before a template was applied."""

    database: str
    instance: str
    at: str
    by: str
    ended: bool = False
    """False when applying was broken off: then nobody knows what it came to."""
    installed: tuple[str, ...] = ()
    made: tuple[Came, ...] = ()
    taken_over: tuple[Came, ...] = ()
    changed: tuple[Was, ...] = ()


@dataclass(frozen=True)
class Stays:
    """What is not set back, and why."""

    key: str
    field: str
    why: str


@dataclass(frozen=True)
class Undoing:
    """All that is to be done to set back, in an order in which it can be."""

    steps: tuple[Step, ...]
    released: tuple[str, ...]
    """The keys of records that the template took over."""
    stays: tuple[Stays, ...]


def noted(before: Rollback, plan: Plan, is_secret: Callable[[Step, FieldChange], bool]) -> Rollback:
    """Return what is kept when this plan is about to be carried out, too."""
    ready = [step for step in plan.steps if not step.waits]
    parts = [step.key for step in ready if step.model in {MODULE, LANGUAGE} and step.action is Action.CREATE]
    new = [step for step in ready if step.action is Action.CREATE and step.model not in {MODULE, LANGUAGE}]
    made = dict.fromkeys((*before.made, *(Came(step.key, step.model) for step in new)))
    taken = dict.fromkeys((*before.taken_over, *(Came(step.key, step.model) for step in ready if step.takes_over)))
    known = {(was.key, was.field, was.view) for was in before.changed}
    fresh = {one.key for one in made}
    changed = [
        _was(step, change, secret=is_secret(step, change))
        for step in ready
        if step.key not in fresh and step.action in {Action.CHANGE, Action.ARCHIVE}
        for change in step.changes
        if change.old is not None and (step.key, change.field, change.view) not in known
    ]
    return replace(
        before,
        installed=tuple(dict.fromkeys((*before.installed, *parts))),
        made=tuple(made),
        taken_over=tuple(taken),
        changed=(*before.changed, *changed),
    )


def _was(step: Step, change: FieldChange, *, secret: bool) -> Was:
    record = 1 if step.model == SETTINGS else step.record or 0
    old = None if secret else change.old
    view = change.view
    return Was(step.key, step.model, record, change.field, view.company, view.language, old, secret=secret)


def undoing(rollback: Rollback, live: Live) -> Undoing:
    """Return what has to be done, from what the records hold now (U1 to U4)."""
    stays: list[Stays] = [Stays(name, "", "what is installed stays installed") for name in rollback.installed]
    changes: dict[tuple[str, str, int], list[FieldChange]] = {}
    for was in reversed(rollback.changed):
        why = _why_not(was, rollback, live)
        if why:
            stays.append(Stays(was.key, was.field, why))
        elif not _is_back(was, live):
            held = live.records[was.view, was.target][was.field]
            change = FieldChange(was.field, held, was.old, was.view)
            changes.setdefault((was.key, was.kind, was.record), []).append(change)
    steps = [
        Step(Action.CHANGE, key, kind, None if kind == SETTINGS else record, tuple(some))
        for (key, kind, record), some in changes.items()
    ]
    archived, left = _archived(rollback.made, live)
    released = tuple(one.key for one in rollback.taken_over if one.key in live.managed)
    return Undoing((*steps, *archived), released, (*stays, *left))


def _why_not(was: Was, rollback: Rollback, live: Live) -> str:
    """Return why a field stays as it is (U1, U3), nothing when it is set back."""
    held = live.records.get((was.view, was.target))
    if held is None or was.field not in held:
        return "it is not there any more"
    if was.secret:
        return "it is a secret, and was not kept"
    if (was.kind, was.field) == (COMPANY, "chart_template"):
        return "a chart of accounts can't be taken back"
    if was.kind == SETTINGS and was.field.startswith("module_"):
        return "a module that was installed stays"
    field = live.models[was.kind][was.field]
    as_left = same(bare(was.after, field, live.models), bare(held[was.field], field, live.models), field, live.models)
    if rollback.ended and not as_left and not _is_back(was, live):
        return "somebody has changed it since"
    return ""


def _is_back(was: Was, live: Live) -> bool:
    field, held = live.models[was.kind][was.field], live.records[was.view, was.target][was.field]
    old, now = bare(was.old, field, live.models), bare(held, field, live.models)
    return same(old, now, field, live.models) and same(now, old, field, live.models)


def bare(value: Any, field: FieldFact, models: Models) -> Any:
    """Return a value as it is compared: lines without their ids, which they don't keep."""
    if field.type != LINES:
        return value
    fields = models[field.relation]
    return [{name: bare(line[name], fields[name], models) for name in line if name != "id"} for line in value or ()]


def _archived(made: Sequence[Came], live: Live) -> tuple[list[Step], list[Stays]]:
    """Return the steps that archive what was made, the last first, and what Odoo can't archive (U2)."""
    steps, stays = [], []
    for one, record, held in _there(made, live):
        if "active" not in live.models.get(one.kind, {}):
            stays.append(Stays(one.key, "", "Odoo can't archive it"))
        elif held.get("active", True):
            change = FieldChange("active", old=True, new=False)
            steps.append(Step(Action.ARCHIVE, one.key, one.kind, record, (change,)))
    return steps, stays


def _there(made: Sequence[Came], live: Live) -> Iterator[tuple[Came, int, Mapping[str, Any]]]:
    """Yield what was made and is there, the last first (U4)."""
    for one in reversed(made):
        target = live.managed.get(one.key)
        if target is not None:
            yield one, target.id, live.records.get((View(), target), {})
