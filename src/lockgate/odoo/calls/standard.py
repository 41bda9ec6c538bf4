"""What are the arguments of the methods that every model has called? Odoo's overrides and versions don't always agree.

By position they are the same everywhere, so the transports that can send positions do.
"""

from collections.abc import Mapping
from typing import Any

_NAMES: Mapping[str, tuple[str, ...]] = {
    "copy": ("default",),
    "create": ("vals_list",),
    "default_get": ("fields",),
    "fields_get": ("allfields", "attributes"),
    "load": ("fields", "data"),
    "name_create": ("name",),
    "name_search": ("name", "domain", "operator", "limit"),
    "onchange": ("values", "field_names", "fields_spec"),
    "read": ("fields", "load"),
    "read_group": ("domain", "fields", "groupby", "offset", "limit", "orderby", "lazy"),
    "search": ("domain", "offset", "limit", "order"),
    "search_count": ("domain", "limit"),
    "search_read": ("domain", "fields", "offset", "limit", "order"),
    "write": ("vals",),
}


def by_position(method: str, args: Mapping[str, Any]) -> tuple[list[Any], dict[str, Any]]:
    """Return the arguments as a list of leading ones and the rest by name."""
    rest = dict(args)
    leading: list[Any] = []
    for name in _NAMES.get(method, ()):
        if name not in rest:
            break
        leading.append(rest.pop(name))
    return leading, rest


def under_another_name(method: str, args: Mapping[str, Any], missing: str) -> dict[str, str] | None:
    """Return `{standard name: the name this override asks for}`, None when no standard argument can be meant."""
    for name in _NAMES.get(method, ()):
        if name in args:
            return None if missing in args else {name: missing}
    return None
