"""Which record is meant, and what is there already? Told of the whole template, before a plan is made of it."""

from collections.abc import Sequence
from typing import Final

from lockgate.kernel.external_id import RESOURCE
from lockgate.practices.template.decide.facts import INSTALLED, LANGUAGE, Declared, Live, Target
from lockgate.practices.template.decide.names import LINES, RELATIONS, filled, keys_in, names_in
from lockgate.practices.template.decide.values import oddities

NEW = 0
"""The id of a record that is yet to be made: no record has it."""
PREFIX: Final = RESOURCE
"""What the external ids of all that the template manages begin with, in the module `lockgate`."""


def key_of(name: str) -> str | None:
    """Return the key of the resource that has this external id, None when it is nobody's.

    Odoo gives the template of a product an id of its own, `NAME_product_template`, beside the one of the product.
    """
    key = name.removeprefix(PREFIX)
    return None if key == name or "_" in key else key  # no key has this sign


def record_of(key: str, live: Live) -> int | None:
    """Return the id of a resource's record: the one it manages or will take over."""
    target = live.managed.get(key)
    if target is not None:
        return target.id
    found = live.found.get(key, ())
    return found[0] if len(found) == 1 else None


def target_of(name: str, live: Live) -> Target | None:
    """Return the record of an external id."""
    full = filled(name, lambda key: record_of(key, live))
    return live.references.get(full) if full else None


def id_of(name: str, live: Live) -> int:
    """Return the id of what a name stands for, `NEW` for what is not there."""
    if "." not in name:
        return record_of(name, live) or NEW
    target = target_of(name, live)
    return target.id if target else NEW


def names_of(one: Declared, live: Live) -> Sequence[str]:
    """Return everything that a resource refers to, the companies in which its values hold among it."""
    fields = live.models.get(one.resource.model, {})
    names: list[str] = []
    for said in one.said():
        names += [said.view.company] if said.view.company else []
        for name, value in said.values.items():
            field = fields.get(name)
            if field is not None and field.type in {*RELATIONS, LINES} and not any(oddities(value, field, live.models)):
                names += (each for each, _, _ in names_in(value, field, live.models))
    return tuple(dict.fromkeys(names))


def needs_of(one: Declared, live: Live) -> tuple[str, ...]:
    """Return the keys of the resources that have to be there before a resource."""
    named = (key for name in names_of(one, live) for key in keys_in(name))
    return tuple(key for key in dict.fromkeys((*one.resource.after, *named)) if key != one.resource.key)


def speaks(language: str, live: Live) -> bool:
    """Return whether texts can be read and written in a language; without one they are in English."""
    return not language or live.parts.get((LANGUAGE, language)) == INSTALLED
