"""Does a set of named values satisfy `failed = 0`? A language of one comparison: small, total and without code.

    failed = 0        severity in (critical, high)      minutes <= window_minutes
    state != closed   owner is empty                    due < today

C1  With `<`, `<=`, `>` and `>=` a bare word on the right names another value. Elsewhere it is a text.
C2  A value that is not there, or that can't be compared with the other, gives no answer: None is neither yes nor no.
C3  Numbers compare as numbers, texts as texts: dates written year first compare as dates.
"""

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Value = str | int | float | bool

_NUMBERS = frozenset({int, float})
"""What can be ordered as numbers; `True` is none."""
_ORDER: Mapping[str, Callable[[Any, Any], bool]] = {
    "<=": operator.le,
    ">=": operator.ge,
    "<": operator.lt,
    ">": operator.gt,
}
_SPLIT = re.compile(r"\s*([A-Za-z_][\w.-]*)\s*(<=|>=|!=|=|<|>|\bnot in\b|\bin\b|\bis not empty\b|\bis empty\b)\s*(.*)")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_WORD = re.compile(r"[^\s,()'\"=<>!][^,()'\"]*")
_HOW = "Write it like `failed = 0`, `severity in (critical, high)` or `owner is not empty`."


@dataclass(frozen=True)
class Name:
    """Another value, by its name (C1)."""

    name: str


@dataclass(frozen=True)
class Comparison:
    """One comparison; `right` has no value for `is empty`, one for the others, any number for `in`."""

    left: str
    how: str
    right: tuple[Value | Name, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the values that it looks at."""
        return (self.left, *(item.name for item in self.right if isinstance(item, Name)))

    def __str__(self) -> str:
        shown = [item.name if isinstance(item, Name) else _shown(item) for item in self.right]
        if self.how.endswith("in"):
            return f"{self.left} {self.how} ({', '.join(shown)})"
        return " ".join([self.left, self.how, *shown])


def parse_comparison(text: str) -> Comparison:
    """Return the comparison that the text says, or raise `ValueError` with what would be right."""
    found = _SPLIT.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"{text!r} is not a comparison. {_HOW}")
    left, how, rest = found.groups()
    if how.endswith("empty"):
        if rest:
            raise ValueError(f"{text!r} says more than it should after `{how}`. {_HOW}")
        return Comparison(left, how)
    if how.endswith("in"):
        return Comparison(left, how, tuple(_value(item, text) for item in _listed(rest, text)))
    right = _value(rest, text)
    named = how in _ORDER and isinstance(right, str) and rest[:1] not in {"'", '"'} and not rest[:1].isdigit()
    return Comparison(left, how, (Name(str(right)) if named else right,))


def holds(comparison: Comparison, values: Mapping[str, Any]) -> bool | None:
    """Return whether the values satisfy the comparison, None when that can't be told (C2)."""
    left = values.get(comparison.left)
    compare = _ORDER.get(comparison.how)
    if compare is not None:
        right = comparison.right[0]
        other = values.get(right.name) if isinstance(right, Name) else right
        return _ordered(compare, left, other)
    if comparison.how.endswith("empty"):
        return (left is None or left in ("", [], ())) == (comparison.how == "is empty")
    if left is None:
        return None
    if isinstance(left, list | tuple) or len(comparison.right) > 1:
        ones = left if isinstance(left, list | tuple) else [left]
        same = any(_same(one, other) for one in ones for other in comparison.right)
    else:
        same = _same(left, comparison.right[0])  # the same, at half the price
    return same == (comparison.how in {"=", "in"})


def _same(left: Any, right: Any) -> bool:
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    return bool(left == right)


def _ordered(compare: Callable[[Any, Any], bool], left: Any, right: Any) -> bool | None:
    numbers = type(left) in _NUMBERS and type(right) in _NUMBERS
    return compare(left, right) if numbers or (isinstance(left, str) and isinstance(right, str)) else None


def _listed(rest: str, text: str) -> list[str]:
    if not (rest.startswith("(") and rest.endswith(")")) or not rest[1:-1].strip():
        raise ValueError(f"{text!r} needs a list in round brackets. {_HOW}")
    return [item.strip() for item in rest[1:-1].split(",")]


def _value(written: str, text: str) -> Value:
    if _NUMBER.fullmatch(written):
        return float(written) if "." in written else int(written)
    if written in {"true", "false"}:
        return written == "true"
    quoted = len(written) > 1 and written[0] in "'\"" and written[-1] == written[0]
    if quoted and written[0] not in written[1:-1]:
        return written[1:-1]
    if _WORD.fullmatch(written):
        return written.strip()
    raise ValueError(f"{text!r}: {written!r} is no value to compare with. {_HOW}")


def _shown(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and (
        _NUMBER.fullmatch(value) or value in {"true", "false"} or not _WORD.fullmatch(value)
    ):
        return f'"{value}"'
    return str(value)
