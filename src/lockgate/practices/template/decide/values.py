"""What does a value mean in a field of Odoo, and does the field hold it? Told by the field's type.

V1  A value is of the kind that the field takes: a text is no number, and a selection takes its own keys alone.
V2  Nothing said and nothing there are the same: null, false and an empty text of a field that is not a yes-or-no.
V3  Numbers are compared with the decimals that the field keeps, sets without an order, markup without what Odoo wraps
    around it.
V4  A relation names a resource by its key or a record by its external id, which has a dot.
"""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from lockgate.practices.template.decide.facts import FieldFact

TO_ONE: Final = "many2one"
TO_MANY: Final = "many2many"
RELATIONS: Final = frozenset({TO_ONE, TO_MANY})
_PRECISION: Final = 1e-9
_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d")
_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")


@dataclass(frozen=True)
class Odd:
    """Why a value can't stand in a field."""

    what: str
    hint: str = ""


def oddity(value: Any, field: FieldFact) -> Odd | None:
    """Return why the value can't stand in the field, None when it can (V1)."""
    unset = value is None or value is False
    if field.type not in _KINDS or not field.written:
        return _unsettable(field)
    if unset and field.required and field.type != "boolean":
        return Odd("needs a value", "Give one.")
    fits, takes = _KINDS[field.type]
    if not unset and not fits(value):
        return Odd(f"takes {takes}, and this is `{value}`", f"Write {takes}.")
    if not unset and field.selection and value not in field.selection:
        return Odd(f"has no choice `{value}`", f"One of: {', '.join(field.selection)}.")
    return None


def _unsettable(field: FieldFact) -> Odd:
    if field.type == "one2many":
        return Odd("holds lines", "Declare each line as a resource that refers to this one.")
    if field.type not in _KINDS:
        return Odd(f"is of the type {field.type}, which a template can't set", "Leave it out.")
    return Odd("is computed by Odoo and can't be set", "Leave it out.")


def names_in(value: Any, field: FieldFact) -> tuple[str, ...]:
    """Return what a value of a relation names (V4)."""
    if field.type not in RELATIONS or not value:
        return ()
    return tuple(value) if isinstance(value, list) else (value,)


def same(wished: Any, held: Any, field: FieldFact) -> bool:
    """Return whether the field holds what is wished; relations are ids by now (V2, V3)."""
    if field.type == "boolean":
        return bool(wished) == bool(held)
    if field.type in {"integer", "float", "monetary"}:
        return _same_number(wished or 0, held or 0, field.decimals)
    if field.type == TO_MANY:
        return set(wished or ()) == set(held or ())
    if field.type == "html":
        return _bare(wished) == _bare(held)
    return (wished or None) == (held or None)


def _same_number(wished: float, held: float, decimals: int | None) -> bool:
    if decimals is not None:
        return round(wished, decimals) == round(held, decimals)
    return math.isclose(wished, held, rel_tol=_PRECISION, abs_tol=_PRECISION)


def _bare(markup: Any) -> str:
    text = re.sub(r"\s+", " ", markup or "").strip()
    wrapped = re.fullmatch(r"<p>(.*?)</p>", text)
    return wrapped.group(1) if wrapped and "<p>" not in wrapped.group(1) else text


def _text(value: Any) -> bool:
    return isinstance(value, str)


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _names(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) and one for one in value)


_KINDS: Final[Mapping[str, tuple[Callable[[Any], bool], str]]] = {
    "char": (_text, "a text"),
    "text": (_text, "a text"),
    "html": (_text, "a text"),
    "boolean": (lambda value: isinstance(value, bool), "true or false"),
    "integer": (_whole, "a whole number"),
    "float": (_number, "a number"),
    "monetary": (_number, "a number"),
    "selection": (_text, "one of its choices"),
    "date": (lambda value: isinstance(value, str) and bool(_DATE.fullmatch(value)), "a date like 2026-03-31"),
    "datetime": (
        lambda value: isinstance(value, str) and bool(_MOMENT.fullmatch(value)),
        "a moment like 2026-03-31 17:30:00, in UTC",
    ),
    TO_ONE: (_text, "the key of a resource or an external id"),
    TO_MANY: (_names, "a list of keys of resources or of external ids"),
}
