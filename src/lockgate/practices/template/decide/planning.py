"""What has to be done so that an Odoo is as the template says? Made, changed, archived; or why that can't be told.

P1  A resource whose record is there is changed field by field, and only what the template says of it counts.
P2  A resource without a record takes over the one that its `find` names.
P3  What the template made and does not declare any more is archived where Odoo can do that; nothing is ever deleted.
    What it declares for another site stays as it is.
P4  While anything of the template can't be in this Odoo (`checking`), nothing of it is planned.
P5  What Odoo makes by itself waits until it is there, and what needs it waits with it. What is not made although all
    that it needs is there is a fault.
P6  Modules and languages come first; what an Odoo can't have before them waits.
P7  A record that was archived is brought back, unless the template says `active` or Odoo makes and archives it itself.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from lockgate.kernel.canonical import digest
from lockgate.practices.template.decide.checking import (
    Checked,
    Fault,
    absent,
    faults_of,
    faults_of_parts,
    faults_of_sharing,
    lacking,
)
from lockgate.practices.template.decide.facts import (
    HERE,
    INSTALLED,
    SETTINGS,
    Declared,
    Live,
    Part,
    Place,
    Target,
    View,
)
from lockgate.practices.template.decide.known import id_of, needs_of, record_of
from lockgate.practices.template.decide.names import with_ids
from lockgate.practices.template.decide.ordering import circle, levels
from lockgate.practices.template.decide.values import same

_FIRST = -1
"""The level of modules and languages."""


class Action(StrEnum):
    """What is to be done with a resource."""

    CREATE = "create"
    CHANGE = "change"
    ARCHIVE = "archive"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class FieldChange:
    """A field that holds something else than the template says."""

    field: str
    old: Any
    """What it holds, as Odoo tells it: ids where it is a relation."""
    new: Any
    """What the template says, as it is written there."""
    view: View = HERE
    place: Place = ("", ())
    """Where the template says it."""


@dataclass(frozen=True)
class Step:
    """What is to be done with one resource."""

    action: Action
    key: str
    model: str
    record: int | None = None
    """The id of its record; None before it is made, and for settings."""
    changes: tuple[FieldChange, ...] = ()
    takes_over: bool = False
    """True when the record was there before the template."""
    path: str = ""
    """The file that declares it, empty where it is declared no more."""
    home: View = HERE
    level: int = 0
    """Steps of one level don't rest on each other; they rest on those of lower ones."""
    needs: tuple[str, ...] = ()
    """The keys of what it rests on."""
    waits: bool = False
    """True when it can't be done before Odoo has made something (P5, P6)."""


@dataclass(frozen=True)
class Plan:
    """All that is to be done, in an order in which it can be."""

    steps: tuple[Step, ...]
    """Of every resource, those that stay as they are too."""
    faults: tuple[Fault, ...] = ()

    def of(self, action: Action) -> tuple[Step, ...]:
        """Return the steps of one kind."""
        return tuple(step for step in self.steps if step.action is action)

    def only(self, keys: Collection[str]) -> "Plan":
        """Return what is to be done with these resources alone; with all when none is named."""
        return replace(self, steps=tuple(step for step in self.steps if step.key in keys)) if keys else self

    @property
    def work(self) -> int:
        """How many resources there is something to write of."""
        return sum(bool(step.changes) for step in self.steps)

    @property
    def empty(self) -> bool:
        """True when Odoo is as the template says."""
        return not self.faults and all(step.action is Action.UNCHANGED for step in self.steps)

    @property
    def digest(self) -> str:
        """What tells whether it is still the same plan of the same Odoo."""
        return digest(
            [
                [step.action, step.key, step.model, step.record or 0, step.takes_over, _plain(step.changes)]
                for step in self.steps
                if step.action is not Action.UNCHANGED
            ]
        )


def plan(
    declared: Sequence[Declared],
    live: Live,
    *,
    parts: Sequence[Part] = (),
    elsewhere: Collection[str] = (),
    faults: Iterable[Fault] = (),
) -> Plan:
    """Return what has to be done (P1 to P6).

    `elsewhere` are the keys of what is declared for others, `faults` what is wrong already.
    """
    by_key = {one.resource.key: one for one in declared}
    known = Checked(by_key, live, lacking(parts, live))
    wrong = [*faults, *faults_of_parts(parts, live), *faults_of_sharing(declared, live)]
    wrong += (fault for one in declared for fault in faults_of(one, known))
    needs = {key: needs_of(one, live) for key, one in by_key.items()}
    closed = circle(needs)
    if closed:
        first = by_key[closed[0]]
        what = f"refers to itself: {' → '.join(closed)}"
        wrong.append(Fault(*first.place("key"), "circle", what, "Leave out one of the references."))
    if wrong:  # P4
        return Plan((), tuple(sorted(wrong)))
    steps = [replace(_step(by_key[key], live), level=n) for n, level in enumerate(levels(needs)) for key in level]
    told, late = _waiting(steps, needs, known)
    if late:
        return Plan((), tuple(sorted(late)))
    return Plan((*_of_parts(parts, live), *told, *_gone({*by_key, *elsewhere}, live)))


def ahead(declared: Sequence[Declared], live: Live) -> tuple[str, ...]:
    """Return the keys of resources that are there although something that they refer to is not."""
    keys = {one.resource.key for one in declared}
    return tuple(
        one.resource.key
        for one in declared
        if record_of(one.resource.key, live) is not None
        and any(need in keys and record_of(need, live) is None for need in needs_of(one, live))
    )


def _step(one: Declared, live: Live) -> Step:
    resource = one.resource
    record = record_of(resource.key, live)
    changes = (*_changes(one, record, live), *_brought_back(one, live))
    step = Step(Action.UNCHANGED, resource.key, resource.model, record, changes, path=one.path, home=one.home)
    if resource.model == SETTINGS:
        return replace(step, action=Action.CHANGE if changes else Action.UNCHANGED, record=None)
    if record is None:
        return replace(step, action=Action.CREATE)
    takes_over = resource.key not in live.managed
    action = Action.CHANGE if changes or takes_over else Action.UNCHANGED
    return replace(step, action=action, takes_over=takes_over)


def _changes(one: Declared, record: int | None, live: Live) -> Iterator[FieldChange]:
    fields = live.models.get(one.resource.model, {})
    for said in one.said():
        held = live.records.get((said.view, Target(one.resource.model, record or 0)))
        for name, value in said.values.items():
            place = one.place(*said.way, name)
            if held is None or name not in held or name not in fields:
                yield FieldChange(name, None, value, said.view, place)
            elif not same(_resolved(value, name, one, live), held[name], fields[name], live.models):
                yield FieldChange(name, held[name], value, said.view, place)


def _brought_back(one: Declared, live: Live) -> Iterator[FieldChange]:
    """Yield that a record is archived (P7)."""
    target = live.managed.get(one.resource.key)
    if target is None or one.resource.made_by_odoo or "active" in one.resource.values:
        return
    held = live.records.get((one.home, target), {})
    if held.get("active") is False:
        yield FieldChange("active", old=False, new=True, view=one.home, place=one.place("key"))


def _resolved(value: Any, name: str, one: Declared, live: Live) -> Any:
    field = live.models[one.resource.model][name]
    return with_ids(value, field, live.models, lambda each: id_of(each, live))


def _waiting(
    steps: Sequence[Step], needs: Mapping[str, Sequence[str]], known: Checked
) -> tuple[list[Step], list[Fault]]:
    """Return the steps, those marked that have to wait, and what is not there although nothing is left to wait for."""
    settled = {step.key for step in steps if step.action is Action.UNCHANGED}
    waits: set[str] = set()
    told: list[Step] = []
    faults: list[Fault] = []
    for step in steps:  # a level at a time, so what it needs has been looked at
        one = known.by_key[step.key]
        missing = step.model not in known.live.models
        awaited = step.action is Action.CREATE and one.resource.made_by_odoo
        if not known.lacking:
            faults += absent(one, known.live, settled) if not missing else ()
            if awaited and set(needs[step.key]) <= settled:
                what = f"this Odoo has no {step.model} with these values, and nothing is left to wait for"
                faults.append(Fault(*one.place("find"), "not-made", what, "Mend the values it is found by."))
        if missing or awaited or waits & set(needs[step.key]) or (known.lacking and step.action is Action.CREATE):
            waits.add(step.key)
        told.append(
            replace(step, needs=tuple(needs[step.key]), waits=step.key in waits and step.action is not Action.UNCHANGED)
        )
    return told, faults


def _of_parts(parts: Iterable[Part], live: Live) -> Iterator[Step]:
    """Yield a step for each module and language (P6)."""
    for part in dict.fromkeys(parts):
        state = live.parts[part.model, part.name]
        change = FieldChange("state", state, INSTALLED, place=(part.path, part.steps))
        there = state == INSTALLED
        action = Action.UNCHANGED if there else Action.CREATE
        yield Step(action, part.name, part.model, changes=() if there else (change,), path=part.path, level=_FIRST)


def _gone(by_key: Collection[str], live: Live) -> Iterator[Step]:
    """Yield what was made by a template and is declared no more (P3)."""
    for key, target in sorted(live.managed.items()):
        held = live.records.get((HERE, target))
        if key not in by_key and held is not None and held.get("active"):
            change = FieldChange("active", old=True, new=False)
            yield Step(Action.ARCHIVE, key, target.model, target.id, (change,))


def _plain(changes: Iterable[FieldChange]) -> list[list[Any]]:
    views = ((change, f"{change.view.company} {change.view.language}") for change in changes)
    return [[change.field, view, _text(change.old), _text(change.new)] for change, view in views]


def _text(value: Any) -> str:
    if isinstance(value, list) and all(isinstance(one, int | str) for one in value):
        return repr(sorted(value, key=repr))
    return repr(value)
