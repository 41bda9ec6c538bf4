"""How is a hand-made Odoo lifted into files? Records are read, made into resources and known from then on."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from lockgate.kernel.errors import UsageError
from lockgate.odoo.client import Client
from lockgate.odoo.external_ids import external_ids_of
from lockgate.practices.template.decide.adopting import (
    OWN_LINES,
    LeftOut,
    Seen,
    adoptable,
    adopted,
    keys_for,
)
from lockgate.practices.template.decide.facts import LANGUAGE, SETTINGS, FieldFact, Models, Target
from lockgate.practices.template.decide.known import PREFIX
from lockgate.practices.template.decide.names import LINES, TO_MANY, names_in
from lockgate.practices.template.decide.ordering import circle, levels
from lockgate.practices.template.decide.rewriting import written
from lockgate.practices.template.perform.adopting.settings import others, settings_of_companies
from lockgate.practices.template.perform.looking.finding import parts_of
from lockgate.practices.template.perform.looking.looking import external_id, managed_in
from lockgate.practices.template.perform.looking.modelling import models_of, with_models
from lockgate.practices.template.perform.looking.naming import called, note
from lockgate.practices.template.perform.looking.viewing import ENGLISH, everywhere
from lockgate.practices.template.perform.telling.kept import PARAMETER, sounds_secret

_AT_ONCE = 500
_OURS = external_id("")
_OF_THE_DATABASE = re.compile(r"database\.|web\.base\.url|report\.url|lockgate\.")
"""System parameters that tell one database from another."""


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
    wanted = {name: _ids(there, name) for name in names if name != SETTINGS}
    for target in loose.values():
        wanted.setdefault(target.model, set()).add(target.id)
    skipped = {target for key, target in managed.items() if key in known}
    records = [
        one for model in wanted for one in _read(there, model, wanted[model], models) if one.target not in skipped
    ]
    return _lifted(there, records, models, managed, with_settings=SETTINGS in names)


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
    if model == PARAMETER:
        rows = client.read(model, sorted(ids), ["key"])
        brought |= {row["id"] for row in rows if _OF_THE_DATABASE.match(row["key"]) or sounds_secret(row["key"])}
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
        translated = {
            code: {
                row["id"]: row
                for row in client.within(lang=code).call(model, "read", list(part), fields=texts, load="")
            }
            for code, _ in languages
            if code != ENGLISH and texts
        }
        elsewhere = _elsewhere(client, model, list(part), models)
        for row in rows:
            translations = {code: {name: some[row["id"]][name] for name in texts} for code, some in translated.items()}
            companies = {company: some[row["id"]] for company, some in elsewhere.items()}
            yield Seen(Target(model, row["id"]), row["display_name"] or "", row, translations, companies)


def _elsewhere(client: Client, model: str, ids: list[int], models: Models) -> dict[str, dict[int, dict[str, Any]]]:
    """Return by the name of each other company what fields hold there that hold something else in each."""
    fields = sorted(name for name in adoptable(model, models) if models[model][name].by_company)
    return {
        name: {
            row["id"]: {field: row[field] for field in fields}
            for row in there.call(model, "read", ids, fields=fields, load="")
        }
        for name, there in (others(client).items() if fields else ())
    }


def _put_lines(client: Client, rows: Sequence[dict[str, Any]], field: FieldFact, models: Models) -> None:
    names = sorted(name for name in adoptable(field.relation, models) if models[field.relation][name].type != LINES)
    ids = [each for row in rows for each in row[field.name]]
    lines = {line["id"]: line for line in client.call(field.relation, "read", ids, fields=names, load="")}
    for row in rows:
        row[field.name] = [lines[each] for each in row[field.name] if each in lines]


def _lifted(
    client: Client, records: Sequence[Seen], models: Models, managed: Mapping[str, Target], *, with_settings: bool
) -> Lifted:
    ours = {target: key for key, target in managed.items()}
    fresh = keys_for([one for one in records if one.target not in ours], managed)
    names = _names(client, records, models, {**managed, **{key: target for target, key in fresh.items()}})
    names |= {one.target: ours.get(one.target) or fresh[one.target] for one in records}
    resources, left = {}, []
    defaults = {model: _defaults(client, model, models) for model in {one.target.model for one in records}}
    for one in records:
        resource, lost = adopted(one, models, names, defaults[one.target.model])
        left += lost
        if resource["values"]:
            resources[resource["key"]] = resource
    if with_settings:
        for resource in settings_of_companies(client, models, managed, left):
            resources[resource["key"]] = resource
    ordered = _in_order(resources, models, left)
    new = {target: key for target, key in fresh.items() if key in resources}
    return Lifted(_text(ordered), len(ordered), tuple(left), new)


def _names(client: Client, records: Iterable[Seen], models: Models, managed: Mapping[str, Target]) -> dict[Target, str]:
    wanted: dict[str, set[int]] = defaultdict(set)
    for one in records:
        for values in (one.values, *one.companies.values()):
            note(values, models[one.target.model], models, wanted)
    return called(client, wanted, managed)


def _defaults(client: Client, model: str, models: Models) -> dict[str, dict[str, Any]]:
    """Return what Odoo fills in by itself, by company."""
    home = _defaults_in(client, model, models)
    by_company = any(models[model][name].by_company for name in adoptable(model, models))
    there = others(client) if by_company else {}
    return {"": home, **{name: _defaults_in(each, model, models) for name, each in there.items()}}


def _defaults_in(client: Client, model: str, models: Models) -> dict[str, Any]:
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
    return written({**head, "resources": list(resources)}, width=110)
