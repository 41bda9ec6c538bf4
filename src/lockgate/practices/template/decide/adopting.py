"""How does a record of Odoo become a resource? With a readable key, the values that matter, and names in place of ids.

D1  A value is left out where Odoo would fill in the same by itself.
D2  A relation is named by the key of a resource or by an external id; what has neither is left out, and told.
D3  Keys are made of names; where two would be alike they are numbered.
D4  What is there in other languages and companies is said apart where it is another thing.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from lockgate.practices.template.decide.facts import FieldFact, Models, Target
from lockgate.practices.template.decide.names import LINES, RELATIONS, TO_MANY
from lockgate.practices.template.decide.rewriting import plain
from lockgate.practices.template.decide.values import oddities, same

OWN_LINES: Final[Mapping[str, frozenset[str]]] = {
    "account.payment.term": frozenset({"line_ids"}),
    "mrp.bom": frozenset({"bom_line_ids"}),
    "product.pricelist": frozenset({"item_ids"}),
    "qc.test": frozenset({"test_lines"}),
    "sale.order.template": frozenset({"sale_order_template_line_ids"}),
}
"""Fields with lines that have no life of their own beside their record."""
_NEVER: Final = frozenset(
    {"id", "display_name", "create_uid", "create_date", "write_uid", "write_date", "__last_update"}
)
_LONGEST: Final = 40


@dataclass(frozen=True)
class Seen:
    """A record as it was read."""

    target: Target
    name: str
    values: Mapping[str, Any]
    translations: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class LeftOut:
    """A value that can't be said."""

    key: str
    field: str
    what: str


def keys_for(records: Iterable[Seen], taken: Collection[str]) -> dict[Target, str]:
    """Return a key for each record (D3)."""
    found: dict[Target, str] = {}
    used = set(taken)
    for one in records:
        base = _slug(one.name) or _slug(one.target.model)
        key, number = base, 1
        while key in used:
            number += 1
            key = f"{base}-{number}"
        used.add(key)
        found[one.target] = key
    return found


def adopted(
    one: Seen, models: Models, names: Mapping[Target, str], defaults: Mapping[str, Any]
) -> tuple[dict[str, Any], list[LeftOut]]:
    """Return a resource as it stands in a file, and what can't be said of it (D1, D2, D4)."""
    key, fields = names[one.target], models[one.target.model]
    values, left = {}, []
    for name in one.values.keys() & adoptable(one.target.model, models):
        held = one.values[name]
        if not same(held, defaults.get(name), fields[name], models) and not _nothing(held, fields[name]):
            said, lost = _said(held, fields[name], models, names)
            left += [LeftOut(key, name, what) for what in lost]
            if not lost and not any(oddities(said, fields[name], models)):
                values[name] = plain(said)
    ordered = {name: values[name] for name in sorted(values, key=lambda name: (name != "name", name))}
    resource: dict[str, Any] = {"key": key, "model": one.target.model, "values": ordered}
    translations = {
        language: differing
        for language, texts in one.translations.items()
        if (
            differing := {
                name: text for name, text in texts.items() if text and text != one.values.get(name) and name in ordered
            }
        )
    }
    return resource | ({"translations": translations} if translations else {}), left


def adoptable(model: str, models: Models) -> frozenset[str]:
    """Return the fields of a model that a template can say."""
    return frozenset(
        name
        for name, field in models[model].items()
        if field.written
        and field.stored
        and name not in _NEVER
        and not (field.type == LINES and name not in OWN_LINES.get(model, ()))
        and not any(odd.code == "wrong-value" for odd in oddities(None, _free(field), models))
    )


def _free(field: FieldFact) -> FieldFact:
    return FieldFact(field.name, field.type, field.relation)


def _nothing(held: Any, field: FieldFact) -> bool:
    return field.type != "boolean" and not held


def _said(held: Any, field: FieldFact, models: Models, names: Mapping[Target, str]) -> tuple[Any, list[str]]:
    """Return a value with names, and the records that have none."""
    if field.type == LINES:
        return _lines_said(held, field, models, names)
    if field.type not in RELATIONS:
        return held, []
    targets = [Target(field.relation, each) for each in (held if field.type == TO_MANY else [held])]
    lost = [f"{field.relation} {one.id} has no external id" for one in targets if one not in names]
    found = [names[one] for one in targets if one in names]
    return (found if field.type == TO_MANY else next(iter(found), None)), lost


def _lines_said(held: Any, field: FieldFact, models: Models, names: Mapping[Target, str]) -> tuple[Any, list[str]]:
    fields, lines, lost = models[field.relation], [], []
    for line in held:
        said = {}
        for name in sorted(line.keys() & adoptable(field.relation, models)):
            if line[name] not in (False, None, "", [], 0):
                said[name], missing = _said(line[name], fields[name], models, names)
                lost += missing
        lines.append(said)
    return lines, lost


def _slug(text: str) -> str:
    plain_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words: Iterator[str] = (word for word in re.split(r"[^a-z0-9]+", plain_text) if word)
    return "-".join(words)[:_LONGEST].strip("-")
