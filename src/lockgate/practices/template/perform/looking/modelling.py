"""Which fields do the models of a template have in this Odoo? Asked once for each model, those of lines included."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final, TypeVar

from lockgate.odoo.client import Client
from lockgate.practices.template.decide.facts import Declared, FieldFact, Models
from lockgate.practices.template.decide.names import LINES

WORKERS: Final = 2
_ATTRIBUTES: Final = (
    *("type", "relation", "required", "readonly", "selection", "digits"),
    *("store", "depends", "translate", "company_dependent"),
)
_Item = TypeVar("_Item")
_Found = TypeVar("_Found")


def models_of(client: Client, declared: Sequence[Declared], more: Iterable[str]) -> Models:
    """Return the models of the resources and of their lines, and more of them; those that there are."""
    wanted = {one.resource.model for one in declared} | {*more}
    models: dict[str, dict[str, FieldFact]] = {}
    asked: set[str] = set()
    while wanted - asked:
        models |= _fields_of(client, sorted(wanted - asked))
        asked |= wanted
        said = ((one.resource.model, each.values) for one in declared for each in one.said())
        wanted = {name for model, values in said for name in _lines_of(model, values, models)}
    return models


def with_models(client: Client, models: Models, names: Iterable[str]) -> Models:
    """Return the models, and those of these names that there are."""
    return {**models, **_fields_of(client, sorted(set(names) - models.keys()))}


def _lines_of(model: str, values: Mapping[str, Any], models: Models) -> Iterator[str]:
    """Yield the models of the lines that these values hold."""
    fields = models.get(model, {})
    for name, value in values.items():
        field = fields.get(name)
        if field is not None and field.type == LINES and isinstance(value, list):
            yield field.relation
            for line in value:
                if isinstance(line, Mapping):
                    yield from _lines_of(field.relation, line, models)


def _fields_of(client: Client, names: Sequence[str]) -> dict[str, dict[str, FieldFact]]:
    rows = client.search_read("ir.model", [["model", "in", list(names)]], ["model"])
    there = sorted(row["model"] for row in rows)
    told = together(lambda model: client.fields_get(model, _ATTRIBUTES), there)
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
        written=not about.get("readonly") or (bool(about.get("store")) and not about.get("depends")),
        selection=tuple(str(key) for key, _ in about.get("selection") or ()),
        decimals=int(digits[1]) if digits else None,
        stored=bool(about.get("store")),
        translated=bool(about.get("translate")),
        by_company=bool(about.get("company_dependent")),
    )


def together(work: Callable[[_Item], _Found], items: Sequence[_Item]) -> list[_Found]:
    """Return what the work finds for each item, in their order; some of it at the same time."""
    with ThreadPoolExecutor(WORKERS, thread_name_prefix="lockgate-look") as pool:
        return list(pool.map(work, items))
