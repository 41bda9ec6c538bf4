"""Does Odoo hold what was sent? Every record and every field of it, compared with what it holds now.

C1  Compared is what was sent, not what was meant: what was kept back, left out or merged is told beside it, so that the
    rows of the source add up.
C2  Text with markup, which Odoo rewrites, and fields that are declared loose are not compared.
C3  A number is the same to the decimals that Odoo keeps, or within the tolerance that is declared.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from lockgate.engines.comparing import Compared, Explained, Field, Reason, explain
from lockgate.engines.comparing.fields import Kind
from lockgate.odoo.catalogue import Catalogue
from lockgate.odoo.catalogue import Field as OdooField
from lockgate.practices.migration.decide import sql
from lockgate.practices.migration.perform.comparing.engine import Engine
from lockgate.practices.migration.perform.comparing.live import Live, Rows, read_back
from lockgate.practices.migration.perform.rounds import Round
from lockgate.practices.migration.perform.sending.identifying import identify
from lockgate.practices.migration.perform.sending.targets import Target, line_table

_KINDS: Final[Mapping[str, Kind]] = {
    "integer": "number",
    "float": "number",
    "monetary": "number",
    "boolean": "boolean",
    "date": "date",
    "datetime": "datetime",
    "many2many": "set",
}
_NOT_COMPARED: Final = frozenset({"html", "binary", "image", "properties", "json", "one2many"})
_DECIMALS: Final = 2
_REFUSED: Final = "select id from refused where mapping = ?"


@dataclass(frozen=True)
class Reconciled:
    """How the records of a mapping, or its lines, compare."""

    name: str
    mapping: str
    records: int
    """How many records Odoo has of it; those of which it only says more count elsewhere."""
    compared: Compared
    explained: Explained
    left_out: tuple[str, ...]
    """Fields that were not compared (C2)."""


def reconcile(live: Live, store: Round, target: Target, engine: Engine) -> Iterator[Reconciled]:
    """Compare what was sent of a mapping with what Odoo holds; the differences are kept in the store."""
    identify(live.client, store, target, take_over=False)
    for rows in rows_of_target(target, live.catalogue):
        fields = live.catalogue.fields(rows.model)
        loose = frozenset(target.mapping.loose) if rows.name == target.mapping.key else frozenset[str]()
        chosen = tuple(
            column
            for column in rows.columns
            if column.field not in loose and fields[column.field].type not in _NOT_COMPARED
        )
        asked = replace(rows, columns=chosen)
        expected, there = read_back(live, store, asked)
        kinds = [_field(column.header, fields[column.field], target.mapping.tolerance) for column in chosen]
        found = engine.compare(store.connection, expected, there, ["id"], kinds, into="differences", domain=rows.name)
        refused = [row[0] for row in store.connection.execute(_REFUSED, [target.mapping.key]).fetchall()]
        reason = Reason("Odoo refused it", keys=refused, classes=("missing",)) if refused else None
        told = explain(store.connection, "differences", [reason] if reason else [], domain=rows.name)
        skipped = tuple(column.field for column in rows.columns if column not in chosen)
        records = found.right_rows if rows.name == target.mapping.key and rows.all_of_them else 0
        yield Reconciled(rows.name, target.mapping.key, records, found, told, skipped)


def rows_of_target(target: Target, catalogue: Catalogue) -> Iterator[Rows]:
    """Yield the rows of a mapping, and those of its lines."""
    mapping = target.mapping
    owner = mapping.same_as or mapping.key
    table = sql.table("target", mapping.key)
    whole = mapping.same_as is None
    columns = (*target.shape.columns, *target.shape.held)
    yield Rows(mapping.key, mapping.model, f"{owner}_", table, "id", columns, whole, mapping.also_found)
    for field, lines in target.lines.items():
        model = str(catalogue.fields(mapping.model)[field].relation)
        prefix, of_lines = f"{owner}--{field}_", line_table(mapping.key, field)
        columns = (*lines.columns, *lines.held)
        yield Rows(f"{mapping.key}.{field}", model, prefix, of_lines, f"{field}/id", columns)


def _field(header: str, field: OdooField, tolerance: Mapping[str, float]) -> Field:
    kind = _KINDS.get(field.type, "text")
    if kind != "number":
        return Field(header, kind)
    agreed = tolerance.get(field.name)
    if agreed is not None:
        return Field(header, kind, Decimal(str(agreed)))
    if field.type == "integer":
        return Field(header, kind)
    return Field(header, kind, Decimal(5).scaleb(-(field.decimals if field.decimals is not None else _DECIMALS) - 1))
