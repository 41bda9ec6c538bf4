"""Which records are in Odoo already just as they are in the input? They need not be sent.

U1  A record is unchanged only when every cell of it can be compared and is equal; in doubt it is sent.
U2  Compared are values, not texts: 7 and 7.0, `base.us` and the id it stands for, 1 and true; numbers to the decimals
    that Odoo keeps, sets of relations without order.
U3  An empty cell says that Odoo's field is to be empty: it equals nothing, and for numbers 0.
U4  Not compared: lines of one2many fields, relations by name or database id, files, properties.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from lockgate.odoo.calls.caller import Caller
from lockgate.odoo.catalogue import Field
from lockgate.odoo.external_ids import Target, qualified
from lockgate.odoo.loading.calls import Calls
from lockgate.odoo.loading.header import Header
from lockgate.odoo.loading.records import Record

_NO_DECIMALS_TOLD = 9
_TRUE = {"1", "true", "yes"}
_FALSE = {"", "0", "false", "no"}

Same = Callable[[str, Any], bool]


class Comparison:
    """Compares records with what Odoo has."""

    def __init__(self, client: Caller, calls: Calls, model: str, header: Header, *, context: Mapping[str, Any]) -> None:
        self._client = client
        self._calls = calls
        self._model = model
        self._header = header
        self._context = {**context, "active_test": False}
        self._compared = compared_columns(header)
        self._ids: dict[str, int] = {}

    def unchanged(self, records: Sequence[Record], targets: Mapping[str, Target]) -> frozenset[str]:
        """Return the external ids of the records that Odoo has just like this; `targets` is what they stand for."""
        if self._compared is None:
            return frozenset()
        there = [record for record in records if self._model == _model_of(targets.get(record.external_id))]
        if not there:
            return frozenset()
        self._look_up(there)
        found = self._read([targets[record.external_id].id for record in there])
        checks = [
            (at, field.name, _comparer(field, self._ids, self._header.layout.module))
            for at, field in self._compared.items()
        ]
        return frozenset(
            record.external_id
            for record in there
            if len(record.rows) == 1
            and (row := found.get(targets[record.external_id].id)) is not None
            and all(same(record.rows[0][at], row[name]) for at, name, same in checks)
        )

    def _read(self, ids: Sequence[int]) -> dict[int, Mapping[str, Any]]:
        names = [field.name for field in (self._compared or {}).values()]
        rows = self._calls.ask(
            lambda: self._client.call(self._model, "read", list(ids), context=self._context, fields=names, load="")
        )
        return {row["id"]: row for row in rows}

    def _look_up(self, records: Iterable[Record]) -> None:
        columns = [at for at in self._compared or {} if self._header.columns[at].endswith("/id")]
        named = {
            qualified(name.strip(), module=self._header.layout.module)
            for record in records
            for at in columns
            for name in record.rows[0][at].split(",")
            if name.strip()
        }
        found = self._calls.targets(named - self._ids.keys())
        self._ids.update((external_id, target.id) for external_id, target in found.items())


def compared_columns(header: Header) -> dict[int, Field] | None:
    """Return the field that each column is compared with, None when a column can't be compared (U4)."""
    compared: dict[int, Field] = {}
    for at, column in enumerate(header.columns):
        if column == "id":
            continue
        field = header.relations[at] if column.endswith("/id") else header.fields[at]
        if field is None or column.count("/") > column.endswith("/id") or field.type not in _COMPARED:
            return None
        if (field.relation is not None) != column.endswith("/id"):
            return None
        compared[at] = field
    return compared


def _model_of(target: Target | None) -> str | None:
    return target.model if target else None


def _comparer(field: Field, ids: Mapping[str, int], module: str) -> Same:
    if field.type in {"many2one", "many2many"}:
        return _relation(field.type, ids, module)
    if field.type in {"float", "monetary"}:
        return _decimal(field.decimals)
    if field.type == "selection":
        labels = {label: key for key, label in field.selection}
        return lambda cell, value: labels.get(cell, cell) == (value or "")
    return _COMPARED[field.type]


def _relation(kind: str, ids: Mapping[str, int], module: str) -> Same:
    def same(cell: str, value: Any) -> bool:
        named = {ids.get(qualified(name.strip(), module=module)) for name in cell.split(",") if name.strip()}
        return named == (set(value) if kind == "many2many" else {value} - {False})

    return same


def _decimal(decimals: int | None) -> Same:
    tolerance = 0.5 * 10.0 ** -(_NO_DECIMALS_TOLD if decimals is None else decimals)

    def same(cell: str, value: Any) -> bool:
        try:
            return abs(float(cell or 0) - float(value)) < tolerance
        except ValueError:
            return False

    return same


def _text(cell: str, value: Any) -> bool:
    return cell == (value or "")


def _whole(cell: str, value: Any) -> bool:
    return (cell or "0") == str(value)


def _yes(cell: str, value: Any) -> bool:
    return cell.lower() in (_TRUE if value else _FALSE)


_COMPARED: Mapping[str, Same] = {
    "boolean": _yes,
    "char": _text,
    "date": _text,
    "datetime": _text,
    "float": _text,
    "integer": _whole,
    "many2many": _text,
    "many2one": _text,
    "monetary": _text,
    "selection": _text,
    "text": _text,
}
"""The types that can be compared; those that need more than the value are refined in `_comparer`."""
