"""What do records hold in the fields that count? Read in bulk in every view, with the lines that belong to them.

L1  A line that came as a record of its own, loaded or declared by itself, is none of the lines that a resource says:
    a price list has the prices of a migration beside the rules of the template.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from lockgate.kernel.external_id import MODULE
from lockgate.odoo.client import Client
from lockgate.odoo.external_ids import external_ids_of
from lockgate.practices.template.decide.facts import HERE, SETTINGS, Declared, Live, Models, Target, View
from lockgate.practices.template.decide.known import record_of
from lockgate.practices.template.decide.names import LINES
from lockgate.practices.template.perform.looking.finding import parts_of
from lockgate.practices.template.perform.looking.modelling import together
from lockgate.practices.template.perform.looking.viewing import within

Records = dict[tuple[View, Target], dict[str, Any]]
Asked = Mapping[str, Any]
"""Field names; of a field with lines, those that are asked of its lines."""
THE_SETTINGS: Final = 1
"""The id by which the settings of a company are known here; Odoo has none for them."""
_AT_ONCE: Final = 500


def records_of(client: Client, declared: Sequence[Declared], live: Live) -> Records:
    """Return what the records hold."""
    fields: dict[tuple[View, str], dict[str, Any]] = defaultdict(dict)
    ids: dict[tuple[View, str], set[int]] = defaultdict(set)
    for one in declared:
        record = THE_SETTINGS if one.resource.model == SETTINGS else record_of(one.resource.key, live)
        for said in one.said() if one.resource.model in live.models else ():
            where = said.view, one.resource.model
            _ask(fields[where], one.resource.model, said.values, live.models)
            ids[where] |= {record} if record else set()
    for target in live.managed.values():  # also of what is declared no more
        if target.model in live.models and target.model != SETTINGS:
            ids[HERE, target.model].add(target.id)
    asked = [
        (view, model, part) for (view, model), some in sorted(ids.items()) for part in parts_of(sorted(some), _AT_ONCE)
    ]

    def ask(one: tuple[View, str, Sequence[int]]) -> list[dict[str, Any]]:
        view, model, part = one
        there = within(client, view, live)
        return _read(there, model, part, (fields[view, model], live.models)) if there else []

    answers = together(ask, asked)
    return {
        (view, Target(model, row["id"])): row
        for (view, model, _), rows in zip(asked, answers, strict=True)
        for row in rows
    }


def _ask(asked: dict[str, Any], model: str, values: Mapping[str, Any], models: Models) -> None:
    """Add the fields of these values to what is asked of the model."""
    for name, value in values.items():
        field = models[model].get(name)
        if field is None:
            continue
        inner = asked.setdefault(name, {})
        if field.type == LINES and isinstance(value, list) and field.relation in models:
            for line in value:
                if isinstance(line, Mapping):
                    _ask(inner, field.relation, line, models)


def _read(client: Client, model: str, ids: Sequence[int], about: tuple[Asked, Models]) -> list[dict[str, Any]]:
    asked, models = about
    if model == SETTINGS:
        return [settings_of(client, asked) | {"id": THE_SETTINGS}]
    names = sorted({*asked, *({"active"} & models[model].keys())})
    rows: list[dict[str, Any]] = client.call(model, "read", list(ids), fields=names, load="")
    for name in names:
        field = models[model][name]
        if field.type == LINES:
            wanted = _of_resources(client, field.relation, [each for row in rows for each in row[name]])
            lines = {line["id"]: line for line in _lines(client, field.relation, wanted, (asked.get(name, {}), models))}
            for row in rows:
                row[name] = [lines[each] for each in row[name] if each in lines]
    return rows


def _of_resources(client: Client, model: str, ids: Sequence[int]) -> list[int]:
    """Return those lines that did not come as records of their own (L1)."""
    named = external_ids_of(client, model, ids)
    return [each for each in ids if not named.get(each, "").startswith(f"{MODULE}.")]


def _lines(client: Client, model: str, ids: Sequence[int], about: tuple[Asked, Models]) -> list[dict[str, Any]]:
    return [line for part in parts_of(ids, _AT_ONCE) for line in _read(client, model, part, about)]


def lines_of(client: Client, model: str, ids: Sequence[int], about: tuple[Iterable[Mapping[str, Any]], Models]) -> Any:
    """Return by id what records hold in the fields of these values."""
    values, models = about
    asked: dict[str, Any] = {}
    for each in values:
        _ask(asked, model, each, models)
    return {row["id"]: row for row in _read(client, model, ids, (asked, models))}


def settings_of(client: Client, names: Iterable[str]) -> dict[str, Any]:
    """Return what the settings of a company are now. Odoo works them out for a form that is never saved."""
    spec: dict[str, Any] = {name: {} for name in names}
    shown: dict[str, Any] = client.call(SETTINGS, "onchange", values={}, field_names=[], fields_spec=spec)["value"]
    return {name: value["id"] if isinstance(value, dict) else value for name, value in shown.items()}
