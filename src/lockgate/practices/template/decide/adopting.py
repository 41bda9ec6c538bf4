"""How does a record of Odoo become a resource? With a readable key, the values that matter, and names in place of ids.

D1  A value is left out where Odoo would fill in the same by itself.
D2  A relation is named by the key of a resource or by an external id; what has neither is left out, and told.
D3  Keys are made of names; where two would be alike they are numbered.
D4  What is there in other languages and companies is said apart where it is another thing.
D5  A setting that is the same in all companies is said once, and only when it is on or holds something; what differs
    is said for each. That a module is installed is no setting, and secrets are not adopted.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
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
NUMBERS: Final = frozenset({"integer", "float", "monetary"})


@dataclass(frozen=True)
class Seen:
    """A record as it was read."""

    target: Target
    name: str
    values: Mapping[str, Any]
    translations: Mapping[str, Mapping[str, str]]
    companies: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """By the name of each other company, what fields hold there that hold something else in each."""


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
    one: Seen, models: Models, names: Mapping[Target, str], defaults: Mapping[str, Mapping[str, Any]]
) -> tuple[dict[str, Any], list[LeftOut]]:
    """Return a resource as it stands in a file, and what can't be said of it (D1, D2, D4).

    `defaults` are what Odoo fills in by itself, by the name of each company; those at home have no name.
    """
    key, fields = names[one.target], models[one.target.model]
    meant = {
        name: one.values[name]
        for name in one.values.keys() & adoptable(one.target.model, models)
        if not same(one.values[name], defaults[""].get(name), fields[name], models)
        and not _nothing(one.values[name], fields[name])
    }
    values, left = values_said(key, meant, fields, (models, names))
    by_company: dict[str, dict[str, Any]] = {}
    for company, there in one.companies.items():
        other = {
            name: held
            for name, held in there.items()
            if not same(held, one.values[name], fields[name], models)
            and not same(held, defaults.get(company, {}).get(name), fields[name], models)
        }
        said, lost = values_said(key, other, fields, (models, names))
        left += lost
        by_company |= {company: dict(sorted(said.items()))} if said else {}
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
    more = {"by_company": by_company, "translations": translations}
    return resource | {name: said for name, said in more.items() if said}, left


def values_said(
    key: str, held: Mapping[str, Any], fields: Mapping[str, FieldFact], known: tuple[Models, Mapping[Target, str]]
) -> tuple[dict[str, Any], list[LeftOut]]:
    """Return values as a file can say them, and those that it can't (D2)."""
    models, names = known
    values: dict[str, Any] = {}
    left: list[LeftOut] = []
    for name, value in held.items():
        said, lost = _said(value, fields[name], models, names) if value else (value or None, [])
        said = value if fields[name].type in {"boolean", *NUMBERS} else said
        left += [LeftOut(key, name, what) for what in lost]
        if not lost and not any(oddities(said, fields[name], models)):
            values[name] = plain(said)
    return values, left


def settings_said(
    held: Mapping[str, Mapping[str, Any]], fields: Mapping[str, FieldFact], models: Models
) -> dict[str, dict[str, Any]]:
    """Return by company the settings that matter; those that are the same in all of them have no company (D5)."""
    companies = list(held)
    said: dict[str, dict[str, Any]] = {company: {} for company in ("", *companies)}
    for name in sorted(set.intersection(*(set(values) for values in held.values()))):
        values = [held[company][name] for company in companies]
        if all(same(values[0], each, fields[name], models) for each in values):
            if values[0]:
                said[""][name] = values[0]
        else:
            for company, value in zip(companies, values, strict=True):
                said[company][name] = value
    return {company: values for company, values in said.items() if values}


def adoptable(model: str, models: Models, *, stored: bool = True) -> frozenset[str]:
    """Return the fields of a model that a template can say; those of settings are not stored."""
    return frozenset(
        name
        for name, field in models[model].items()
        if field.written
        and (field.stored or not stored)
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
