"""What does an Odoo show of the resources? Read in bulk: a few calls for each model, however many records there are.

K1  Looking calls no method that writes.
K2  Texts are read as they are in English, the language that Odoo's records are written in first.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any, Final, TypeVar

from lockgate.odoo.client import Client
from lockgate.odoo.external_ids import OWN_MODULE, targets_of
from lockgate.practices.template.decide.facts import Declared, FieldFact, Live, Target
from lockgate.practices.template.decide.values import RELATIONS, names_in, oddity, same

PREFIX: Final = "template__"
"""What the external ids of all that the template manages begin with, in the module `lockgate`."""
WORKERS: Final = 2
_AT_ONCE: Final = 500
_ATTRIBUTES: Final = ("type", "relation", "required", "readonly", "selection", "digits")
_Item = TypeVar("_Item")
_Found = TypeVar("_Found")


def external_id(key: str) -> str:
    """Return the external id of a resource's record."""
    return f"{OWN_MODULE}.{PREFIX}{key}"


def look(client: Client, declared: Sequence[Declared]) -> Live:
    """Return what this Odoo shows of the resources."""
    there = client.within(companies=companies_of(client), lang="en_US", active_test=False)
    managed = _managed(there)
    models = _models(there, {one.resource.model for one in declared} | {target.model for target in managed.values()})
    live = Live(models, managed, references=_references(there, declared, models))
    live = replace(live, found=_found(there, declared, live))
    records = _records(there, declared, live)
    standing = {key: target for key, target in managed.items() if target in records}  # others were deleted by hand
    return replace(live, managed=standing, records=records)


def companies_of(client: Client) -> list[int]:
    """Return the companies that the user may work in, the own one first."""
    [user] = client.call("res.users", "read", client.uid, fields=["company_id", "company_ids"], load="")
    return [user["company_id"], *(one for one in user["company_ids"] if one != user["company_id"])]


def _managed(client: Client) -> dict[str, Target]:
    domain = [["module", "=", OWN_MODULE], ["name", "=like", f"{PREFIX}%"]]
    rows = client.search_read("ir.model.data", domain, ["name", "model", "res_id"], order="id", load="")
    return {
        row["name"].removeprefix(PREFIX): Target(row["model"], row["res_id"])
        for row in rows
        if row["name"].startswith(PREFIX)
    }


def _models(client: Client, wanted: Iterable[str]) -> dict[str, dict[str, FieldFact]]:
    names = sorted(wanted)
    rows = client.search_read("ir.model", [["model", "in", names]], ["model"])
    there = sorted(row["model"] for row in rows)
    told = _together(lambda model: client.fields_get(model, _ATTRIBUTES), there)
    return {
        model: {name: _fact(name, about) for name, about in fields.items()}
        for model, fields in zip(there, told, strict=True)
    }


def _fact(name: str, about: Mapping[str, Any]) -> FieldFact:
    digits = about.get("digits")
    return FieldFact(
        name=name,
        type=str(about["type"]),
        relation=about.get("relation") or "",
        required=bool(about.get("required")),
        written=not about.get("readonly"),
        selection=tuple(str(key) for key, _ in about.get("selection") or ()),
        decimals=int(digits[1]) if digits else None,
    )


def _references(
    client: Client, declared: Iterable[Declared], models: Mapping[str, Mapping[str, FieldFact]]
) -> dict[str, Target]:
    names = {name for one in declared for name in _names(one, models) if "." in name}
    return {name: Target(found.model, found.id) for name, found in targets_of(client, sorted(names)).items()}


def _names(one: Declared, models: Mapping[str, Mapping[str, FieldFact]]) -> Iterator[str]:
    fields = models.get(one.resource.model, {})
    for name, value in one.resource.values.items():
        if name in fields and not oddity(value, fields[name]):
            yield from names_in(value, fields[name])


def _found(client: Client, declared: Iterable[Declared], live: Live) -> dict[str, tuple[int, ...]]:
    """Return which records are there already for resources that have none yet."""
    sought: dict[str, list[Declared]] = defaultdict(list)
    for one in declared:
        fields = live.models.get(one.resource.model, {})
        known = all(name in fields and name in one.resource.values for name in one.resource.find)
        if one.resource.find and known and one.resource.key not in live.managed:
            sought[one.resource.model].append(one)
    found: dict[str, tuple[int, ...]] = {}
    for model, some in sought.items():
        for part in _parts(some, _AT_ONCE):
            found |= _found_of(client, model, part, live)
    return found


def _found_of(client: Client, model: str, some: Sequence[Declared], live: Live) -> dict[str, tuple[int, ...]]:
    fields = live.models[model]
    wishes = {one.resource.key: _wish(one, live) for one in some}
    domain: list[Any] = []
    for wish in wishes.values():
        if wish is not None:
            terms = [[name, "=", value if value is not None else False] for name, value in wish.items()]
            domain = [*(["|"] if domain else []), *domain, *["&"] * (len(terms) - 1), *terms]
    if not domain:
        return {}
    names = sorted({name for wish in wishes.values() for name in wish or ()})
    rows = client.search_read(model, domain, names, load="")
    return {
        key: tuple(row["id"] for row in rows if all(same(wish[name], row[name], fields[name]) for name in wish))
        for key, wish in wishes.items()
        if wish is not None
    }


def _wish(one: Declared, live: Live) -> dict[str, Any] | None:
    """Return the values to be found by; None where one refers to what is not there yet."""
    fields, wish = live.models[one.resource.model], {}
    for name in one.resource.find:
        value = one.resource.values[name]
        if fields[name].type in RELATIONS and value:
            target = live.references.get(value) or live.managed.get(value) if isinstance(value, str) else None
            if target is None:
                return None
            value = target.id
        wish[name] = value
    return wish


def _records(client: Client, declared: Iterable[Declared], live: Live) -> dict[Target, dict[str, Any]]:
    """Return what the records hold in the fields that count."""
    fields: dict[str, set[str]] = defaultdict(set)
    for one in declared:
        fields[one.resource.model] |= one.resource.values.keys() & live.models.get(one.resource.model, {}).keys()
    ids: dict[str, set[int]] = defaultdict(set)
    for target in live.managed.values():
        ids[target.model].add(target.id)
    for one in declared:
        ids[one.resource.model].update(live.found.get(one.resource.key, ()))
    asked = []
    for model in sorted(ids.keys() & live.models.keys()):
        names = sorted(fields[model] | ({"active"} & live.models[model].keys()))
        asked += [(model, part, names) for part in _parts(sorted(ids[model]), _AT_ONCE)]
    answers = _together(lambda one: client.call(one[0], "read", one[1], fields=one[2], load=""), asked)
    return {Target(model, row["id"]): row for (model, _, _), rows in zip(asked, answers, strict=True) for row in rows}


def _together(work: Callable[[_Item], _Found], items: Sequence[_Item]) -> list[_Found]:
    with ThreadPoolExecutor(WORKERS, thread_name_prefix="lockgate-look") as pool:
        return list(pool.map(work, items))


def _parts(items: Sequence[_Item], size: int) -> Iterator[Sequence[_Item]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
