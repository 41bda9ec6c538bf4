"""What does Odoo answer when it is asked for a figure? Amounts by group, counted and summed by Odoo itself.

A1  Asked is company by company, each as the company itself: what a product is worth depends on who looks.
A2  A group is told as people call it: the value of the field that the path leads to, like the code of an account.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from lockgate.kernel.errors import UsageError
from lockgate.odoo.catalogue import Catalogue
from lockgate.odoo.client import Client
from lockgate.odoo.grouping import COUNT, grouped
from lockgate.practices.migration.decide.tying import Place
from lockgate.practices.migration.definition.tied import Question
from lockgate.practices.migration.perform.sending.targets import ids_of

_AT_ONCE = 2_000


def companies_of(client: Client, keys: Sequence[str]) -> dict[str, int]:
    """Return the ids of companies, by the keys of their resources."""
    found = ids_of(client, keys)
    for key in keys:
        if key not in found:
            raise UsageError(f"Odoo has no company {key!r}.", why="It has no such resource.", do="Apply the template.")
    return {key: found[key] for key in keys}


def answered(client: Client, asked: Question, by: Sequence[str], companies: Mapping[str, int]) -> dict[Place, Decimal]:
    """Return the amounts that Odoo has, by company and group (A1)."""
    found: dict[Place, Decimal] = defaultdict(Decimal)
    for company, identity in companies.items():
        viewed = client.within(company=identity)
        paths = [asked.by[name].split(".") for name in by]
        rows = _rows(viewed, asked, [path[0] for path in paths])
        told = [_told(viewed, asked.model, path, [row[path[0]] for row in rows]) for path in paths]
        for number, row in enumerate(rows):
            place = (company, *(names[number] for names in told))
            found[place] += Decimal(str(row[asked.measure] or 0))
    return dict(found)


def _rows(client: Client, asked: Question, fields: Sequence[str]) -> list[dict[str, Any]]:
    if asked.measure == COUNT or ":" in asked.measure:
        return grouped(client, asked.model, fields, [asked.measure], asked.where)
    names = list(dict.fromkeys([*fields, asked.measure]))
    return client.search_read(asked.model, asked.where, names, order="id", load="")


def _told(client: Client, model: str, path: Sequence[str], values: Sequence[Any]) -> list[str]:
    """Return what each value is called (A2)."""
    field = Catalogue(client).fields(model).get(path[0])
    if field is None:
        raise UsageError(f"{model} has no field {path[0]!r}.", do="Mend the tie that asks by it.")
    if field.relation is None or field.type != "many2one":
        return ["" if value is None or value is False else str(value) for value in values]
    inner = path[1:] or ["display_name"]
    ids = sorted({value for value in values if value})
    read = {row["id"]: row[inner[0]] for row in _read(client, str(field.relation), ids, inner[0])}
    known = [read.get(value) or None for value in values]
    return _told(client, str(field.relation), inner, known)


def _read(client: Client, model: str, ids: Sequence[int], field: str) -> Iterable[dict[str, Any]]:
    for start in range(0, len(ids), _AT_ONCE):
        chosen = list(ids[start : start + _AT_ONCE])
        yield from client.search_read(
            model, [["id", "in", chosen]], [field], load="", order="id", context={"active_test": False}
        )
