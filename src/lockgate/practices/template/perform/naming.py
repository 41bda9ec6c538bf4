"""What is a record called? By the key of its resource, else by its external id, else by the name that Odoo shows."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from lockgate.odoo.client import Client
from lockgate.odoo.external_ids import external_ids_of
from lockgate.practices.template.decide.facts import Live, Target
from lockgate.practices.template.decide.planning import Step
from lockgate.practices.template.decide.values import RELATIONS


def names_of(client: Client, steps: Iterable[Step], live: Live) -> dict[Target, str]:
    """Return what the records are called that changed relations held: a few calls for each model."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for step in steps:
        for change in step.changes:
            field = live.models[step.model].get(change.field)
            if field is not None and field.type in RELATIONS:
                wanted[field.relation].update(_ids(change.old))
    keys = {target: key for key, target in live.managed.items()}
    names: dict[Target, str] = {}
    for model, ids in wanted.items():
        external = external_ids_of(client, model, ids)
        unnamed = sorted(ids - external.keys())
        shown = {row["id"]: row["display_name"] for row in client.read(model, unnamed, ["display_name"])}
        for each in ids:
            target = Target(model, each)
            names[target] = keys.get(target) or external.get(each) or f"{shown.get(each, 'gone')} ({each})"
    return names


def told(step: Step, name: str, value: Any, known: tuple[Live, Mapping[Target, str]]) -> Any:
    """Return what a field holds, with names in place of ids."""
    live, names = known
    field = live.models[step.model].get(name)
    if field is None or field.type not in RELATIONS:
        return None if value is False and (field is None or field.type != "boolean") else value
    found = [names.get(Target(field.relation, each), str(each)) for each in _ids(value)]
    return found if field.type == "many2many" else next(iter(found), None)


def _ids(value: Any) -> list[int]:
    if isinstance(value, list):
        return value
    return [value] if isinstance(value, int) and value else []
