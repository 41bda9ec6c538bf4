"""Which values can stand in a field of Odoo, and does the field hold one? Told by the field's type.

V1  A value is of the kind that the field takes: a text is no number, and a selection takes its own keys alone.
V2  Nothing said and nothing there are the same: null, false and an empty text of a field that is not a yes-or-no.
V3  Numbers are compared with the decimals that the field keeps, sets without an order, markup without what Odoo wraps
    around it.
V4  Lines are all that a record has of them, but for those that came as records of their own: each is compared with the
    one that is most like it (`lines`).
"""

import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from lockgate.practices.template.decide.facts import FieldFact, Models
from lockgate.practices.template.decide.names import HAS, LACKS, LINES, TO_MANY, TO_ONE, Way

_PRECISION: Final = 1e-9
_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d")
_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")


@dataclass(frozen=True)
class Odd:
    """Why a value can't stand in a field."""

    what: str
    hint: str = ""
    code: str = "wrong-value"
    way: Way = ()
    """The way to it, inside of the value."""


def oddities(value: Any, field: FieldFact, models: Models, *, way: Way = ()) -> Iterator[Odd]:
    """Yield why the value can't stand in the field, nothing when it can (V1)."""
    unset = value is None or value is False
    if field.type not in _KINDS or not field.written:
        yield _unsettable(field, way)
    elif unset:
        if field.required and field.type != "boolean":
            yield Odd("needs a value", "Give one.", way=way)
    elif not _KINDS[field.type][0](value):
        takes = _KINDS[field.type][1]
        yield Odd(f"takes {takes}, and this is `{value}`", f"Write {takes}.", way=way)
    elif field.selection and value not in field.selection:
        yield Odd(f"has no choice `{value}`", f"One of: {', '.join(field.selection)}.", way=way)
    elif field.type == LINES:
        fields = models.get(field.relation, {})
        for at, line in enumerate(value):
            for name, each in line.items():
                if name in fields:
                    yield from oddities(each, fields[name], models, way=(*way, at, name))
                else:
                    yield Odd(f"{field.relation} has no field `{name}`", "", "unknown-field", (*way, at, name))


def _unsettable(field: FieldFact, way: Way) -> Odd:
    if field.type not in _KINDS:
        return Odd(f"is of the type {field.type}, which a template can't set", "Leave it out.", way=way)
    return Odd("is computed by Odoo and can't be set", "Leave it out.", way=way)


def same(wished: Any, held: Any, field: FieldFact, models: Models) -> bool:
    """Return whether the field holds what is wished; relations are ids by now (V2 to V4)."""
    match field.type:
        case "boolean":
            return bool(wished) == bool(held)
        case "integer" | "float" | "monetary":
            return _same_number(wished or 0, held or 0, field.decimals)
        case "many2many":
            return _same_set(wished or (), set(held or ()))
        case "one2many":
            return all(same_line(wish, there, field, models) for wish, there in pairs(wished, held, field, models))
        case "html":
            return _bare(wished) == _bare(held)
    return (wished or None) == (held or None)


Line = Mapping[str, Any]


def pairs(
    wished: list[Line] | None, held: list[Line] | None, field: FieldFact, models: Models
) -> list[tuple[Line | None, Line | None]]:
    """Pair each wished line with the one that is there: first those that are as wished, then the rest in order (V4)."""
    left = list(held or ())
    found: list[tuple[Line | None, Line | None]] = []
    for wish in wished or ():
        there = next((line for line in left if same_line(wish, line, field, models)), None)
        if there is not None:
            left.remove(there)
        found.append((wish, there))
    rest = iter(left)
    found = [(wish, there if there is not None else next(rest, None)) for wish, there in found]
    return [*found, *((None, line) for line in rest)]


def same_line(wish: Line | None, there: Line | None, field: FieldFact, models: Models) -> bool:
    """Return whether a line holds what is wished of it."""
    fields = models[field.relation]
    return (
        wish is not None
        and there is not None
        and all(same(wish[name], there.get(name), fields[name], models) for name in wish)
    )


def _same_set(wished: Any, there: set[int]) -> bool:
    if isinstance(wished, Mapping):
        return there >= set(wished.get(HAS, ())) and not there & set(wished.get(LACKS, ()))
    return set(wished) == there


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
    if isinstance(value, Mapping):
        return bool(value) and value.keys() <= {HAS, LACKS} and all(_names(names) for names in value.values())
    return isinstance(value, list) and all(isinstance(one, str) and one for one in value)


def _lines(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(line, Mapping) and line for line in value)


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
    TO_MANY: (_names, "a list of keys of resources or of external ids, or what it `has` and `lacks`"),
    LINES: (_lines, "a list of lines, each with its fields"),
}
