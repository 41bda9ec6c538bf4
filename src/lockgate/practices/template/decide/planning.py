"""What has to be done so that an Odoo is as the template says? Made, changed, archived; or why that can't be told.

P1  A resource whose record is there is changed field by field, and only what the template says of it counts.
P2  A resource without a record takes over the one that its `find` names, and never one of two: both are told.
P3  What the template made and does not declare any more is archived where Odoo can do that; nothing is ever deleted.
    What it declares for another site stays as it is.
P4  A value, field, model or reference that can't be is a fault where it stands, and then nothing of the plan is done.
"""

import difflib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from lockgate.kernel.canonical import digest
from lockgate.practices.template.decide.facts import Declared, FieldFact, Live, Target
from lockgate.practices.template.decide.ordering import circle, levels
from lockgate.practices.template.decide.values import RELATIONS, TO_MANY, names_in, oddity, same


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


@dataclass(frozen=True)
class Step:
    """What is to be done with one resource."""

    action: Action
    key: str
    model: str
    record: int | None = None
    """The id of its record, None before it is made."""
    changes: tuple[FieldChange, ...] = ()
    takes_over: bool = False
    """True when the record was there before the template."""
    declared: Declared | None = None
    """None where it is declared no more."""
    level: int = 0
    """Steps of one level don't rest on each other; they rest on those of lower ones."""


@dataclass(frozen=True, order=True)
class Fault:
    """Why something can't be done, and the place that says it."""

    path: str
    steps: tuple[str | int, ...]
    code: str
    what: str
    hint: str = ""


@dataclass(frozen=True)
class Plan:
    """All that is to be done, in an order in which it can be."""

    steps: tuple[Step, ...]
    """Of every resource, those that stay as they are too."""
    faults: tuple[Fault, ...] = ()

    def of(self, action: Action) -> tuple[Step, ...]:
        """Return the steps of one kind."""
        return tuple(step for step in self.steps if step.action is action)

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


def plan(declared: Sequence[Declared], live: Live, *, elsewhere: Collection[str] = ()) -> Plan:
    """Return what has to be done (P1 to P4); `elsewhere` are the keys of what is declared for others alone."""
    by_key = {one.resource.key: one for one in declared}
    faults = sorted([fault for one in declared for fault in _faults(one, by_key, live)] + [*_shared(declared, live)])
    needs = {key: _needs(one, live) for key, one in by_key.items()}
    closed = circle(needs)
    if closed:
        first = by_key[closed[0]]
        what = f"refers to itself: {' → '.join(closed)}"
        faults.append(Fault(first.path, first.steps("key"), "circle", what, "Leave out one of the references."))
    if faults:
        return Plan((), tuple(faults))
    steps = [replace(_step(by_key[key], live), level=n) for n, level in enumerate(levels(needs)) for key in level]
    return Plan((*steps, *_gone({*by_key, *elsewhere}, live)))


def ahead(declared: Sequence[Declared], live: Live) -> tuple[str, ...]:
    """Return the keys of resources that are there although something that they refer to is not."""
    keys = {one.resource.key for one in declared}
    return tuple(
        one.resource.key
        for one in declared
        if record_of(one.resource.key, live) is not None
        and any(need in keys and record_of(need, live) is None for need in _needs(one, live))
    )


def record_of(key: str, live: Live) -> int | None:
    """Return the id of a resource's record: the one it manages or will take over."""
    target = live.managed.get(key)
    if target is not None:
        return target.id
    found = live.found.get(key, ())
    return found[0] if len(found) == 1 else None


def _faults(one: Declared, by_key: Mapping[str, Declared], live: Live) -> Iterator[Fault]:
    resource = one.resource
    fields = live.models.get(resource.model)
    if fields is None:
        what = f"this Odoo has no model `{resource.model}`{_near(resource.model, live.models)}"
        yield Fault(one.path, one.steps("model"), "unknown-model", what, "Install the module that brings it.")
        return
    for name, value in resource.values.items():
        yield from _faults_of(one, name, value, (fields.get(name), by_key, live))
    for name in resource.find:
        if name not in resource.values:
            what = f"`{name}` is to be found by, and the values don't say it"
            yield Fault(one.path, one.steps("find"), "unknown-field", what, "Give it a value.")
        elif name in fields and fields[name].type == TO_MANY:
            what = f"`{name}` holds several, and a record can't be found by that"
            yield Fault(one.path, one.steps("find"), "wrong-value", what, "Find it by other fields.")
    managed = live.managed.get(resource.key)
    if managed is not None and managed.model != resource.model:
        what = f"`{resource.key}` is a record of {managed.model} in this Odoo"
        yield Fault(one.path, one.steps("model"), "other-model", what, "Give the resource another key.")
    found = live.found.get(resource.key, ())
    if managed is None and len(found) > 1:
        ids = " and ".join(str(each) for each in found)
        what = f"more than one {resource.model} has these values: {ids}"
        yield Fault(one.path, one.steps("find"), "ambiguous", what, "Merge them in Odoo, or find by more fields.")  # P2


def _faults_of(
    one: Declared, name: str, value: Any, known: tuple[FieldFact | None, Mapping[str, Declared], Live]
) -> Iterator[Fault]:
    field, by_key, live = known
    place = one.steps("values", name)
    if field is None:
        names = live.models[one.resource.model]
        what = f"{one.resource.model} has no field `{name}`{_near(name, names)}"
        yield Fault(one.path, place, "unknown-field", what)
        return
    odd = oddity(value, field)
    if odd is not None:
        yield Fault(one.path, place, "wrong-value", f"`{name}` of {one.resource.model} {odd.what}", odd.hint)
        return
    for each in names_in(value, field):
        yield from _faults_of_name(each, field, Fault(one.path, place, "unknown-reference", ""), (by_key, live))


def _faults_of_name(
    name: str, field: FieldFact, at: Fault, known: tuple[Mapping[str, Declared], Live]
) -> Iterator[Fault]:
    by_key, live = known
    if "." in name:
        target = live.references.get(name)
        model = target.model if target else None
        lacking = f"this Odoo has no record `{name}`"
    else:
        model = by_key[name].resource.model if name in by_key else None
        lacking = f"no resource `{name}` is declared{_near(name, by_key)}"
    if model is None:
        yield Fault(at.path, at.steps, at.code, lacking)
    elif model != field.relation:
        what = f"`{field.name}` takes a {field.relation}, and `{name}` is a {model}"
        yield Fault(at.path, at.steps, "wrong-value", what)


def _near(name: str, there: Iterable[str]) -> str:
    close = difflib.get_close_matches(name, list(there), n=1)
    return f"; is it `{close[0]}`?" if close else ""


def _needs(one: Declared, live: Live) -> tuple[str, ...]:
    """Return the keys of the resources that a resource refers to."""
    fields = live.models.get(one.resource.model, {})
    named = (name for key, value in one.resource.values.items() if key in fields for name in _safe(value, fields[key]))
    return tuple(dict.fromkeys(name for name in named if "." not in name))


def _safe(value: Any, field: FieldFact) -> tuple[str, ...]:
    return () if oddity(value, field) else names_in(value, field)


def _step(one: Declared, live: Live) -> Step:
    resource = one.resource
    record = record_of(resource.key, live)
    if record is None:
        values = tuple(FieldChange(name, None, value) for name, value in resource.values.items())
        return Step(Action.CREATE, resource.key, resource.model, None, values, declared=one)
    takes_over = resource.key not in live.managed
    held = live.records[Target(resource.model, record)]
    changes = tuple(_changes(one, held, live))
    action = Action.CHANGE if changes or takes_over else Action.UNCHANGED
    return Step(action, resource.key, resource.model, record, changes, takes_over, one)


def _changes(one: Declared, held: Mapping[str, Any], live: Live) -> Iterator[FieldChange]:
    fields = live.models[one.resource.model]
    for name, value in one.resource.values.items():
        if not same(_resolved(value, fields[name], live), held[name], fields[name]):
            yield FieldChange(name, held[name], value)


def _resolved(value: Any, field: FieldFact, live: Live) -> Any:
    """Return the value with ids in place of names; what is yet to be made is 0, which no record has."""
    if field.type not in RELATIONS or not value:
        return value
    ids = [live.references[name].id if "." in name else record_of(name, live) or 0 for name in names_in(value, field)]
    return ids if field.type == TO_MANY else ids[0]


def _shared(declared: Sequence[Declared], live: Live) -> Iterator[Fault]:
    """Yield a fault for each resource whose record another one has or would take over, too (P2)."""
    owners = {target: key for key, target in live.managed.items()}
    for one in declared:
        key, record = one.resource.key, record_of(one.resource.key, live)
        if record is None:
            continue
        other = owners.setdefault(Target(one.resource.model, record), key)
        if other != key:
            what = f"the {one.resource.model} {record} that it finds belongs to `{other}`"
            yield Fault(one.path, one.steps("find"), "ambiguous", what, "Declare it once, or find by more fields.")


def _gone(by_key: Collection[str], live: Live) -> Iterator[Step]:
    """Yield what was made by a template and is declared no more (P3)."""
    for key, target in sorted(live.managed.items()):
        held = live.records.get(target)
        if key not in by_key and held is not None and held.get("active"):
            change = FieldChange("active", old=True, new=False)
            yield Step(Action.ARCHIVE, key, target.model, target.id, (change,))


def _plain(changes: Iterable[FieldChange]) -> list[list[Any]]:
    return [[change.field, _text(change.old), _text(change.new)] for change in changes]


def _text(value: Any) -> str:
    return repr(sorted(value) if isinstance(value, list) else value)
