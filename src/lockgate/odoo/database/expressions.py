"""Where does Odoo keep a field, and in which form does its API tell it? As SQL, or not at all.

E1  A field is read here only where the database holds what the API tells: a column, a relation's table, or a column one
    stored relation away (of a product, that of its template). Others are computed by Odoo, or differ by company.
E2  Nothing is told as the API tells it: numbers as 0, answers as no, everything else as empty.
E3  What is translated is told in English, as the API does who is not asked for another language.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from psycopg.sql import SQL, Composable, Identifier, Literal

ENGLISH = "en_US"
_AS_IT_IS = SQL("{}")
_NUMBER = SQL("coalesce({}, 0)")
_FORMS: Mapping[str, SQL] = {
    **dict.fromkeys(("integer", "float", "monetary", "many2one_reference"), _NUMBER),
    **dict.fromkeys(("char", "text", "html", "date", "selection", "reference"), _AS_IT_IS),
    "many2one": _AS_IT_IS,
    "boolean": SQL("coalesce({}, false)"),
    "datetime": SQL("date_trunc('second', {})"),  # the API tells no parts of seconds
}
"""How a column is told, by the type of its field (E2)."""


@dataclass(frozen=True)
class Kept:
    """What the database says of a field."""

    name: str
    type: str
    store: bool = True
    related: str | None = None
    """The path to the field that it only shows: `product_tmpl_id.name`."""
    relation: str | None = None
    relation_table: str | None = None
    column1: str | None = None
    column2: str | None = None
    translate: str | None = None
    company_dependent: bool | None = False


Models = Mapping[str, Mapping[str, Kept]]
"""The fields by model and name."""


@dataclass(frozen=True)
class Plan:
    """What to select of a model, and which tables to join."""

    columns: tuple[Composable, ...]
    joined: Mapping[str, str]
    """Relation → the model that it leads to."""
    relations: tuple[str, ...]
    """The tables of many2many fields."""


def plan_of(model: str, names: tuple[str, ...], models: Models) -> Plan | None:
    """Return what to select for these fields, None when one of them can't be read here (E1)."""
    columns: list[Composable] = []
    joined: dict[str, str] = {}
    relations: list[str] = []
    for name in names:
        field = models[model].get(name)
        if name == "id":
            columns.append(Identifier("r", "id"))
            continue
        over, _, last = ((field.related if field and not field.store else None) or "").partition(".")
        if field is not None and over:
            relation = models[model].get(over)
            to = relation.relation if relation and relation.store else None
            if to is None or to not in models:
                return None
            joined[over] = to
            field = models[to].get(last)
        expression = expression_of(field, over or "r") if field is not None else None
        if expression is None:
            return None
        columns.append(SQL("{} as {}").format(expression, Identifier(name)))
        relations += [field.relation_table] if field and field.relation_table else []
    return Plan(tuple(columns), joined, tuple(relations))


def expression_of(field: Kept, table: str) -> Composable | None:
    """Return what Odoo's API would tell of a field of a record in this table, None where it can't be had here."""
    if not field.store or field.company_dependent:
        return None
    if field.type == "many2many" and field.relation_table and field.column1 and field.column2:
        return SQL("(select string_agg(m.{}::text, ',' order by m.{}) from {} m where m.{} = {})").format(
            Identifier(field.column2),
            Identifier(field.column2),
            Identifier(field.relation_table),
            Identifier(field.column1),
            Identifier(table, "id"),
        )
    column = Identifier(table, field.name)
    if field.translate:
        return SQL("{} ->> {}").format(column, Literal(ENGLISH))  # E3
    form = _FORMS.get(field.type)
    return form.format(column) if form else None
