"""What do many records add up to? Counted and summed by Odoo itself, in one shape whatever its version.

G1  Each group is one dictionary: the groupings and aggregates by the names they were asked for.
G2  A relation is the id of its record, a period (`date:month`) the day or moment it starts, an empty value None.
G3  A field of many records comes as one list where Odoo can tell it so: it makes no records for that, and repeats no
    names of fields.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lockgate.odoo.calls.caller import Caller

COUNT = "__count"
"""The aggregate that every group has: its number of records."""

_FORMATTED_SINCE = (19, 0)
"""The version of Odoo that first answers `formatted`."""


@dataclass(frozen=True)
class Question:
    """What is counted and summed, and by what."""

    model: str
    by: Sequence[str]
    aggregates: Sequence[str] = (COUNT,)
    domain: Sequence[Any] = ()
    context: Mapping[str, Any] = field(default_factory=dict)


def grouped(
    client: Any,
    model: str,
    by: Sequence[str],
    aggregates: Sequence[str] = (COUNT,),
    domain: Sequence[Any] = (),
    *,
    archived: bool = False,
) -> list[dict[str, Any]]:
    """Return the groups of the domain's records, with aggregates such as `balance:sum`."""
    question = Question(model, by, aggregates, domain, {"active_test": False} if archived else {})
    return (formatted if client.server.version >= _FORMATTED_SINCE else unformatted)(client, question)


def tells_columns(client: Any) -> bool:
    """Return whether this Odoo answers `columns_of`; over XML-RPC nothing can be said to be nothing."""
    return bool(client.server.version >= _FORMATTED_SINCE and client.server.transport != "xmlrpc")


def columns_of(
    client: Caller, model: str, fields: Sequence[str], domain: Sequence[Any], context: Mapping[str, Any] | None = None
) -> dict[str, list[Any]]:
    """Return stored fields of the domain's records as lists by name, all in the order of the ids (G3)."""
    aggregates = {name: f"{name}:array_agg" for name in fields}
    (told,) = formatted(client, Question(model, (), list(aggregates.values()), domain, context or {}))
    return {name: told[aggregate] or [] for name, aggregate in aggregates.items()}


def formatted(client: Caller, asked: Question) -> list[dict[str, Any]]:
    """Ask an Odoo 19 or later."""
    rows = client.call(
        asked.model,
        "formatted_read_group",
        context=asked.context,
        domain=list(asked.domain),
        groupby=list(asked.by),
        aggregates=list(asked.aggregates),
    )
    return [
        {**{key: _start(row[key]) for key in asked.by}, **{name: row[name] for name in asked.aggregates}}
        for row in rows
    ]


def unformatted(client: Caller, asked: Question) -> list[dict[str, Any]]:
    """Ask an older Odoo, whose answers name aggregates freely and periods by a label."""
    sums = [name.partition(":") for name in asked.aggregates if name != COUNT]
    rows = client.call(
        asked.model,
        "read_group",
        context=asked.context,
        domain=list(asked.domain),
        fields=[f"{name}_{how}:{how}({name})" for name, _, how in sums],
        groupby=list(asked.by),
        lazy=False,
    )
    return [
        {
            **{key: _old_start(row, key) for key in asked.by},
            **{name: row[name.replace(":", "_")] for name in asked.aggregates},
        }
        for row in rows
    ]


def _start(value: Any) -> Any:
    if value is False:
        return None
    return value[0] if isinstance(value, list | tuple) else value  # [id, name] or [start, label]


def _old_start(row: Mapping[str, Any], key: str) -> Any:
    span = (row.get("__range") or {}).get(key)
    return span["from"] if span else _start(row[key])
