"""Which record carries which external id? Looked up in batches, both ways, in Odoo's own table of external ids."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from lockgate.odoo.calls.caller import Caller
from lockgate.odoo.errors import AccessDenied
from lockgate.odoo.grouping import columns_of, tells_columns

OWN_MODULE = "lockgate"
"""The module of an external id that names none: what Lockgate manages."""

_TABLE = "ir.model.data"
_T = TypeVar("_T")
_AT_ONCE = 5000
"""Names per request: one index scan of Odoo's, about 200 kB of body."""


@dataclass(frozen=True, slots=True)
class Target:
    """The record that an external id stands for."""

    model: str
    id: int


def qualified(external_id: str, *, module: str = OWN_MODULE) -> str:
    """Return the external id with its module in front."""
    return external_id if "." in external_id else f"{module}.{external_id}"


def targets_of(client: Caller, external_ids: Iterable[str], *, module: str = OWN_MODULE) -> dict[str, Target]:
    """Return what each external id stands for; those that Odoo does not have are left out.

    The keys are as they were given, with or without a module.
    """
    asked: dict[str, list[str]] = defaultdict(list)
    for external_id in dict.fromkeys(external_ids):
        asked[qualified(external_id, module=module)].append(external_id)
    found: dict[str, Target] = {}
    for part in _parts(sorted(asked), _AT_ONCE):
        for module_of, name, model, record in _rows(
            client, _domain_of_names(part), "module", "name", "model", "res_id"
        ):
            if record:
                found.update(dict.fromkeys(asked[f"{module_of}.{name}"], Target(model, record)))
    return found


def external_ids_of(client: Caller, model: str, ids: Iterable[int]) -> dict[int, str]:
    """Return the external id of each record; those without one are left out, of several the oldest is taken."""
    found: dict[int, str] = {}
    for part in _parts(sorted(set(ids)), _AT_ONCE):
        domain = [["model", "=", model], ["res_id", "in", list(part)]]
        try:
            for module, name, record in _rows(client, domain, "module", "name", "res_id"):
                found.setdefault(record, f"{module}.{name}")
        except AccessDenied:  # the table is for those who give rights; the records themselves tell everybody
            told = client.call(model, "get_external_id", list(part))
            found |= {int(record): name for record, name in told.items() if name}
    return found


def _rows(client: Any, domain: list[Any], *fields: str) -> Iterator[tuple[Any, ...]]:
    """Yield these fields of the external ids, the oldest first."""
    if tells_columns(client):
        yield from zip(*columns_of(client, _TABLE, fields, domain).values(), strict=True)
    else:
        for row in client.call(_TABLE, "search_read", domain=domain, fields=list(fields), order="id", load=""):
            yield tuple(row[name] for name in fields)


def _domain_of_names(external_ids: Sequence[str]) -> list[Any]:
    names: dict[str, list[str]] = defaultdict(list)
    for external_id in external_ids:
        module, _, name = external_id.partition(".")
        names[module].append(name)
    terms: list[Any] = []
    for module, some in names.items():
        terms += ["&", ["module", "=", module], ["name", "in", some]]
    return ["|"] * (len(names) - 1) + terms


def _parts(items: Sequence[_T], size: int) -> Iterator[Sequence[_T]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
