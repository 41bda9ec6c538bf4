"""What is a record called? By the key of its resource, else by its external id, else by the name that Odoo shows."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from lockgate.odoo.client import Client
from lockgate.odoo.external_ids import external_ids_of
from lockgate.practices.template.decide.facts import COMPANY, FieldFact, Live, Models, Target
from lockgate.practices.template.decide.names import LINES, RELATIONS, TO_MANY
from lockgate.practices.template.decide.planning import FieldChange, Step


def names_of(client: Client, steps: Iterable[Step], live: Live) -> dict[Target, str]:
    """Return what the records are called that changed relations held: a few calls for each model."""
    wanted = _wanted(steps, live.models)
    names = called(client, wanted, live.managed)
    return names | _shown(client, wanted, names)


def nameless(client: Client, steps: Iterable[Step], live: Live) -> dict[Target, str]:
    """Return the records that changed relations held and a template can't name, as Odoo shows them."""
    wanted = _wanted(steps, live.models)
    return _shown(client, wanted, called(client, wanted, live.managed))


def _wanted(steps: Iterable[Step], models: Models) -> dict[str, set[int]]:
    wanted: dict[str, set[int]] = defaultdict(set)
    for step in steps:
        for change in step.changes:
            for target in targets_of_change(step, change, models):
                wanted[target.model].add(target.id)
    return wanted


def _shown(client: Client, wanted: Mapping[str, Iterable[int]], names: Mapping[Target, str]) -> dict[Target, str]:
    found: dict[Target, str] = {}
    for model, ids in wanted.items():
        unnamed = sorted(each for each in ids if Target(model, each) not in names)
        shown = {row["id"]: row["display_name"] for row in client.read(model, unnamed, ["display_name"])}
        found |= {Target(model, each): f"{shown.get(each, 'gone')} ({each})" for each in unnamed}
    return found


def called(client: Client, wanted: Mapping[str, Iterable[int]], managed: Mapping[str, Target]) -> dict[Target, str]:
    """Return by which names a template refers to these records; those that have none are left out.

    What came with a company has the id of it in its external id, and is named by the key of the company.
    """
    keys = {target: key for key, target in managed.items()}
    companies = {str(target.id): key for key, target in managed.items() if target.model == COMPANY}
    names: dict[Target, str] = {}
    for model, ids in wanted.items():
        external = external_ids_of(client, model, ids)
        for each in ids:
            target = Target(model, each)
            name = keys.get(target) or external.get(each)
            if name is not None:
                names[target] = _of_company(name, companies)
    return names


def _of_company(name: str, companies: Mapping[str, str]) -> str:
    module, dot, rest = name.partition(".")
    number, dash, what = rest.partition("_")
    return f"{module}.{{{companies[number]}}}_{what}" if dot and dash and number in companies else name


def note(
    values: Mapping[str, Any], fields: Mapping[str, FieldFact], models: Models, wanted: dict[str, set[int]]
) -> None:
    """Add the records that these values name to those that are wanted, by model."""
    for name in values.keys() & fields.keys():
        field, value = fields[name], values[name]
        if field.type == LINES and value and isinstance(value[0], Mapping):
            for line in value:
                note(line, models[field.relation], models, wanted)
        elif field.type in RELATIONS and value:
            wanted[field.relation].update(value if isinstance(value, list) else [value])


def told(step: Step, change: FieldChange, known: tuple[Live, Mapping[Target, str]]) -> Any:
    """Return what a field holds, with names in place of ids."""
    live, names = known
    field = live.models.get(step.model, {}).get(change.field)
    return _told(change.old, field, live.models, names)


def _told(value: Any, field: FieldFact | None, models: Models, names: Mapping[Target, str]) -> Any:
    if field is not None and field.type == LINES:
        fields = models[field.relation]
        return [
            {
                name: _told(each, fields[name], models, names)
                for name, each in line.items()
                if name in fields and name != "id"
            }
            for line in value or ()
        ]
    if field is None or field.type not in RELATIONS:
        return None if value is False and (field is None or field.type != "boolean") else value
    found = [names.get(Target(field.relation, each), str(each)) for each in _ids(value)]
    return found if field.type == TO_MANY else next(iter(found), None)


def targets_of_change(step: Step, change: FieldChange, models: Models) -> Iterator[Target]:
    """Yield the records that a field held, those in its lines too."""
    field = models.get(step.model, {}).get(change.field)
    if field is not None:
        yield from _targets(change.old, field, models)


def _targets(value: Any, field: FieldFact, models: Models) -> Iterator[Target]:
    if field.type == LINES:
        fields = models[field.relation]
        for line in value or ():
            for name in line.keys() & fields.keys():
                yield from _targets(line[name], fields[name], models)
    elif field.type in RELATIONS:
        yield from (Target(field.relation, each) for each in _ids(value))


def _ids(value: Any) -> list[int]:
    if isinstance(value, list):
        return value
    return [value] if isinstance(value, int) and value else []
