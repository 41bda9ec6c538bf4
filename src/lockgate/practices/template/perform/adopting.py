"""How is a hand-made Odoo lifted into files? Records are read, made into resources and known from then on."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import yaml

from lockgate.kernel.errors import UsageError
from lockgate.odoo.client import Client
from lockgate.odoo.external_ids import external_ids_of
from lockgate.practices.template.decide.adopting import OWN_LINES, LeftOut, Seen, adoptable, adopted, keys_for
from lockgate.practices.template.decide.facts import LANGUAGE, FieldFact, Models, Target
from lockgate.practices.template.decide.known import PREFIX
from lockgate.practices.template.decide.names import LINES, RELATIONS, TO_MANY, names_in
from lockgate.practices.template.decide.ordering import circle, levels
from lockgate.practices.template.perform.finding import parts_of
from lockgate.practices.template.perform.looking import external_id, managed_in
from lockgate.practices.template.perform.modelling import models_of, with_models
from lockgate.practices.template.perform.naming import called
from lockgate.practices.template.perform.viewing import ENGLISH, everywhere

_AT_ONCE = 500
_OURS = external_id("")


@dataclass(frozen=True)
class Lifted:
    """What an Odoo holds, as a template."""

    text: str
    """The file."""
    resources: int
    left: tuple[LeftOut, ...]
    new: Mapping[Target, str]
    """The records that the template does not know yet, and their keys."""


def lift(client: Client, names: Sequence[str], declared: Iterable[str]) -> Lifted:
    """Return the records of these models as a template; without names, all that a template made and none declares."""
    there = everywhere(client)
    managed = managed_in(there)
    known = set(declared)
    loose = {key: target for key, target in managed.items() if key not in known}
    models = with_models(there, models_of(there, [], {*names, *(target.model for target in loose.values())}), ())
    unknown = [name for name in names if name not in models]
    if unknown:
        raise UsageError(f"This Odoo has no model {unknown[0]!r}.", do="Name models of Odoo, like product.category.")
    models = with_models(
        there, models, [models[one][name].relation for one in models for name in OWN_LINES.get(one, ())]
    )
    wanted = {name: _ids(there, name) for name in names}
    for target in loose.values():
        wanted.setdefault(target.model, set()).add(target.id)
    skipped = {target for key, target in managed.items() if key in known}
    records = [
        one for model in wanted for one in _read(there, model, wanted[model], models) if one.target not in skipped
    ]
    return _lifted(there, records, models, managed)


def mark(client: Client, new: Mapping[Target, str]) -> None:
    """Make these records known to the template by their keys."""
    rows = [
        {"module": "lockgate", "name": f"{PREFIX}{key}", "model": target.model, "res_id": target.id, "noupdate": True}
        for target, key in new.items()
    ]
    if rows:
        client.create("ir.model.data", rows)


def _ids(client: Client, model: str) -> set[int]:
    """Return the records of a model that were made by hand: all that no module has brought."""
    ids = set(client.within(active_test=True).search(model))
    brought = {each for each, name in external_ids_of(client, model, ids).items() if not name.startswith("__export__.")}
    return ids - brought


def _read(client: Client, model: str, ids: Iterable[int], models: Models) -> Iterator[Seen]:
    names = sorted(adoptable(model, models))
    texts = [name for name in names if models[model][name].translated]
    languages = client.call(LANGUAGE, "get_installed")
    for part in parts_of(sorted(ids), _AT_ONCE):
        rows = client.call(model, "read", list(part), fields=[*names, "display_name"], load="")
        for name in names:
            if models[model][name].type == LINES:
                _put_lines(client, rows, models[model][name], models)
        others = {
            code: {
                row["id"]: row
                for row in client.within(lang=code).call(model, "read", list(part), fields=texts, load="")
            }
            for code, _ in languages
            if code != ENGLISH and texts
        }
        for row in rows:
            translations = {code: {name: some[row["id"]][name] for name in texts} for code, some in others.items()}
            yield Seen(Target(model, row["id"]), row["display_name"] or "", row, translations)


def _put_lines(client: Client, rows: Sequence[dict[str, Any]], field: FieldFact, models: Models) -> None:
    names = sorted(name for name in adoptable(field.relation, models) if models[field.relation][name].type != LINES)
    ids = [each for row in rows for each in row[field.name]]
    lines = {line["id"]: line for line in client.call(field.relation, "read", ids, fields=names, load="")}
    for row in rows:
        row[field.name] = [lines[each] for each in row[field.name] if each in lines]


def _lifted(client: Client, records: Sequence[Seen], models: Models, managed: Mapping[str, Target]) -> Lifted:
    ours = {target: key for key, target in managed.items()}
    fresh = keys_for([one for one in records if one.target not in ours], managed)
    names = _names(client, records, models, {**managed, **{key: target for target, key in fresh.items()}})
    names |= {one.target: ours.get(one.target) or fresh[one.target] for one in records}
    resources, left = {}, []
    for one in records:
        resource, lost = adopted(one, models, names, _defaults(client, one.target.model, models))
        left += lost
        if resource["values"]:
            resources[resource["key"]] = resource
    ordered = _in_order(resources, models, left)
    new = {target: key for target, key in fresh.items() if key in resources}
    return Lifted(_text(ordered), len(ordered), tuple(left), new)


def _names(client: Client, records: Iterable[Seen], models: Models, managed: Mapping[str, Target]) -> dict[Target, str]:
    wanted: dict[str, set[int]] = defaultdict(set)
    for one in records:
        _note(one.values, models[one.target.model], models, wanted)
    return called(client, wanted, managed)


def _note(
    values: Mapping[str, Any], fields: Mapping[str, FieldFact], models: Models, wanted: dict[str, set[int]]
) -> None:
    for name in values.keys() & fields.keys():
        field, value = fields[name], values[name]
        if field.type == LINES and value and isinstance(value[0], Mapping):
            for line in value:
                _note(line, models[field.relation], models, wanted)
        elif field.type in RELATIONS and value:
            wanted[field.relation].update(value if isinstance(value, list) else [value])


def _defaults(client: Client, model: str, models: Models) -> dict[str, Any]:
    """Return what Odoo fills in by itself."""
    if client.read_only:
        return {}
    found: dict[str, Any] = client.call(model, "default_get", fields=sorted(adoptable(model, models)))
    lines = {name for name, field in models[model].items() if field.type in {LINES, "many2many"}}
    return {name: value for name, value in found.items() if name not in lines}


def _needs(resource: Mapping[str, Any], models: Models) -> dict[str, list[str]]:
    """Return by field the resources that it refers to."""
    fields = models[resource["model"]]
    return {
        field: [name for name, _, _ in names_in(value, fields[field], models) if "." not in name]
        for field, value in resource["values"].items()
    }


def _in_order(resources: Mapping[str, dict[str, Any]], models: Models, left: list[LeftOut]) -> list[dict[str, Any]]:
    """Return the resources, each after those that it refers to; what closes a circle is left out."""
    while True:
        needs = {
            key: [name for names in _needs(one, models).values() for name in names if name != key]
            for key, one in resources.items()
        }
        closed = circle(needs)
        if not closed:
            return [
                resources[key]
                for level in levels(needs)
                for key in sorted(level, key=lambda one: _place(resources[one]))
            ]
        key, field, other = min(_links(closed, resources, models))[1:]
        del resources[key]["values"][field]
        left.append(LeftOut(key, field, f"it and {other} refer to each other"))


def _links(
    closed: Sequence[str], resources: Mapping[str, dict[str, Any]], models: Models
) -> Iterator[tuple[tuple[bool, int], str, str, str]]:
    """Yield the links of a circle, each with how much it matters: sets matter least, of things that say little."""
    for key, other in pairwise(closed):
        model = resources[key]["model"]
        for field, names in _needs(resources[key], models).items():
            if other in names:
                yield (models[model][field].type != TO_MANY, len(models[model])), key, field, other


def _place(resource: Mapping[str, Any]) -> tuple[str, str]:
    return resource["model"], resource["key"]


def _text(resources: Sequence[Mapping[str, Any]]) -> str:
    head = {"why": "Lifted from an Odoo as it was. Say why, and leave out what does not matter."}
    text: str = yaml.safe_dump({**head, "resources": list(resources)}, sort_keys=False, allow_unicode=True, width=110)
    return text
