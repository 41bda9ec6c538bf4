"""Whom does a relation name, and with which id?

N1  A name without a dot is the key of a resource.
N2  A name with a dot is an external id. `{KEY}` in it stands for the id of a resource's record: what Odoo makes for a
    new company has the id of the company in its external id.
N3  Among several, `{has: [...], lacks: [...]}` says what must and what must not be there, and nothing of the rest.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from lockgate.practices.template.decide.facts import FieldFact, Models

TO_ONE: Final = "many2one"
TO_MANY: Final = "many2many"
LINES: Final = "one2many"
RELATIONS: Final = frozenset({TO_ONE, TO_MANY})
HAS, LACKS = "has", "lacks"
_HOLE: Final = re.compile(r"\{([^{}]*)\}")

Way = tuple[str | int, ...]


def keys_in(name: str) -> tuple[str, ...]:
    """Return the keys of the resources that have to be there before the name means something (N1, N2)."""
    return tuple(_HOLE.findall(name)) if "." in name else (name,)


def filled(name: str, id_of: Callable[[str], int | None]) -> str | None:
    """Return an external id with ids in place of keys, None when one is not known yet (N2)."""
    ids = {key: id_of(key) for key in keys_in(name)}
    if None in ids.values():
        return None
    return _HOLE.sub(lambda hole: str(ids[hole[1]]), name)


def names_in(value: Any, field: FieldFact, models: Models) -> Iterator[tuple[str, FieldFact, Way]]:
    """Yield each name in a value, with the field that it stands in and the way to it."""
    if not value:
        return
    match field.type:
        case "many2one":
            yield value, field, ()
        case "many2many" if isinstance(value, Mapping):
            yield from ((name, field, (part, at)) for part in value for at, name in enumerate(value[part]))
        case "many2many":
            yield from ((name, field, (at,)) for at, name in enumerate(value))
        case "one2many":
            fields = models.get(field.relation, {})
            for at, line in enumerate(value):
                for each in line.keys() & fields.keys():
                    for name, inner, way in names_in(line[each], fields[each], models):
                        yield name, inner, (at, each, *way)


def with_ids(value: Any, field: FieldFact, models: Models, id_of: Callable[[str], int]) -> Any:
    """Return the value with ids in place of names."""
    if not value:
        return value
    match field.type:
        case "many2one":
            return id_of(value)
        case "many2many" if isinstance(value, Mapping):
            return {part: [id_of(name) for name in names] for part, names in value.items()}
        case "many2many":
            return [id_of(name) for name in value]
        case "one2many":
            fields = models[field.relation]
            return [{name: with_ids(line[name], fields[name], models, id_of) for name in line} for line in value]
    return value
