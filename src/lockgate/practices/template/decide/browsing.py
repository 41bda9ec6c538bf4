"""What refers to what in a template, and in which order is it built? Told from the files alone; no Odoo is asked.

W1  A resource refers to another one by its key in a field whose name ends in `_id` or `_ids`, as those of Odoo's
    relations do, by `{KEY}` in an external id, by its companies, and by `after`. Lines are looked through as well.
W2  A resource is built after all that it refers to; where some refer to each other in a circle there is no order.
W3  A model belongs to the capability whose module has the same name as its first word, or else begins with it. What
    belongs to none is shared.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from lockgate.kernel.capability import capabilities
from lockgate.practices.template.decide.facts import Declared
from lockgate.practices.template.decide.names import keys_in
from lockgate.practices.template.decide.ordering import circle, levels

_RELATION: Final = ("_id", "_ids")


@dataclass(frozen=True)
class Book:
    """A template, as it can be read."""

    by_key: Mapping[str, Declared]
    needs: Mapping[str, tuple[str, ...]]
    """By key, what a resource refers to."""
    used_by: Mapping[str, tuple[str, ...]]
    levels: tuple[tuple[str, ...], ...]
    """The keys by when they can be built; none while there is a circle (W2)."""
    circle: tuple[str, ...] = ()

    def level(self, key: str) -> int | None:
        """Return in which turn a resource is built, from 1."""
        return next((number for number, keys in enumerate(self.levels, start=1) if key in keys), None)


def book(declared: Sequence[Declared]) -> Book:
    """Return a template with all that refers to what (W1, W2)."""
    by_key = {one.resource.key: one for one in declared}
    needs = {
        key: tuple(dict.fromkeys(name for name in _named(one, by_key) if name != key)) for key, one in by_key.items()
    }
    used_by: dict[str, list[str]] = {key: [] for key in by_key}
    for key, names in needs.items():
        for name in names:
            used_by[name].append(key)
    closed = circle(needs)
    turns = () if closed else tuple(levels(needs))
    return Book(by_key, needs, {key: tuple(found) for key, found in used_by.items()}, turns, closed)


@cache
def capability_of(model: str) -> str:
    """Return the capability that a model belongs to, empty where it is shared (W3)."""
    word = model.partition(".")[0]
    named = {module: one.name for one in reversed(capabilities()) for module in one.required}
    begun = {module.split("_")[0]: name for module, name in named.items()}
    return named.get(word, begun.get(word, ""))


def _named(one: Declared, by_key: Mapping[str, Declared]) -> Iterator[str]:
    resource = one.resource
    for said in one.said():
        if said.view.company:
            yield from (key for key in keys_in(said.view.company) if key in by_key)
        yield from _in_values(said.values, by_key)
    yield from (key for key in resource.after if key in by_key)


def _in_values(values: Mapping[str, Any], by_key: Mapping[str, Declared]) -> Iterator[str]:
    for field, value in values.items():
        yield from _in_value(value, by_key, relation=field.endswith(_RELATION))


def _in_value(value: Any, by_key: Mapping[str, Declared], *, relation: bool) -> Iterator[str]:
    match value:
        case str():
            names = keys_in(value) if relation else ()
            yield from (name for name in names if name in by_key)
        case Mapping():
            inner = {"has", "lacks"} >= value.keys()
            for field, each in value.items():
                yield from _in_value(each, by_key, relation=relation if inner else field.endswith(_RELATION))
        case list() | tuple():
            for each in value:
                yield from _in_value(each, by_key, relation=relation)
