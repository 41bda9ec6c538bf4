"""Is what a cell says what Odoo holds?

S1  Compared are values, not texts: 7 and 7.0, `base.us` and the id it stands for, 1 and true; numbers to the decimals
    that Odoo keeps, sets of relations without order.
S2  An empty cell says that Odoo's field is to be empty: it equals nothing, and for numbers 0.
"""

from collections.abc import Callable, Mapping
from typing import Any

from lockgate.odoo.catalogue import Field
from lockgate.odoo.external_ids import qualified

_NO_DECIMALS_TOLD = 9
_TRUE = {"1", "true", "yes"}
_FALSE = {"", "0", "false", "no"}

Same = Callable[[str, Any], bool]


def comparer(field: Field, ids: Mapping[str, int], module: str) -> Same:
    """Return what tells whether a cell says what Odoo holds in a field."""
    if field.type in {"many2one", "many2many"}:
        return _relation(field.type, ids, module)
    if field.type in {"float", "monetary"}:
        return _decimal(field.decimals)
    if field.type == "selection":
        labels = {label: key for key, label in field.selection}
        return lambda cell, value: labels.get(cell, cell) == (value or "")
    return COMPARED[field.type]


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


COMPARED: Mapping[str, Same] = {
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
"""The types that can be compared; those that need more than the value are refined in `comparer`."""
