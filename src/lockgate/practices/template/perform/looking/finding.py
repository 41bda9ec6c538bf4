"""Which records are there already for resources that have none? Sought by what `find` names, many at once.

What is found by a record that is to be found itself is sought after it.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Final, TypeVar

from lockgate.odoo.client import Client
from lockgate.practices.template.decide.facts import SETTINGS, Declared, Live
from lockgate.practices.template.decide.known import NEW, id_of
from lockgate.practices.template.decide.names import LINES, TO_MANY, TO_ONE
from lockgate.practices.template.decide.naturals import found_by
from lockgate.practices.template.decide.values import same
from lockgate.practices.template.perform.looking.viewing import within

_AT_ONCE: Final = 300
_Item = TypeVar("_Item")


def with_found(client: Client, declared: Sequence[Declared], live: Live) -> Live:
    """Return what is known with the records that resources could take over."""
    sought = [one for one in declared if _sought(one, live)]
    while sought:
        ready = {one.resource.key: wish for one in sought if (wish := _wish(one, live)) is not None}
        now = [one for one in sought if one.resource.key in ready]
        sought = [one for one in sought if one.resource.key not in ready]
        if not now:
            break
        live = replace(live, found={**live.found, **_find(client, now, ready, live)})
    return live


def _sought(one: Declared, live: Live) -> bool:
    resource, fields = one.resource, live.models.get(one.resource.model, {})
    fit = all(
        name in resource.values and name in fields and fields[name].type not in {TO_MANY, LINES}
        for name in found_by(resource)
    )
    return bool(found_by(resource)) and fit and resource.key not in live.managed and resource.model != SETTINGS


def _wish(one: Declared, live: Live) -> dict[str, Any] | None:
    """Return the values to be found by; None where one refers to what is not there, or not yet."""
    fields = live.models[one.resource.model]
    wish = {name: one.resource.values[name] for name in found_by(one.resource)}
    for name, value in wish.items():
        if fields[name].type == TO_ONE and value:
            wish[name] = id_of(value, live) if isinstance(value, str) else NEW
            if wish[name] == NEW:
                return None
    return wish


def _find(
    client: Client, some: Sequence[Declared], wishes: dict[str, dict[str, Any]], live: Live
) -> dict[str, tuple[int, ...]]:
    alike: dict[tuple[str, Any], list[str]] = defaultdict(list)
    for one in some:
        alike[one.resource.model, one.home].append(one.resource.key)
    found: dict[str, tuple[int, ...]] = {}
    for (model, home), keys in alike.items():
        there = within(client, home, live)
        for part in parts_of(keys, _AT_ONCE) if there else ():
            found |= _found_of(there, model, {key: wishes[key] for key in part}, live)
    return found


def _found_of(client: Any, model: str, wishes: dict[str, dict[str, Any]], live: Live) -> dict[str, tuple[int, ...]]:
    fields = live.models[model]
    domain: list[Any] = []
    for wish in wishes.values():
        terms = [[name, "=", value if value is not None else False] for name, value in wish.items()]
        domain = [*(["|"] if domain else []), *domain, *["&"] * (len(terms) - 1), *terms]
    names = sorted({name for wish in wishes.values() for name in wish})
    rows = client.search_read(model, domain, names, load="")
    return {
        key: tuple(
            row["id"] for row in rows if all(same(wish[name], row[name], fields[name], live.models) for name in wish)
        )
        for key, wish in wishes.items()
    }


def parts_of(items: Sequence[_Item], size: int) -> Iterator[Sequence[_Item]]:
    """Yield the items, so many at a time."""
    for start in range(0, len(items), size):
        yield items[start : start + size]
