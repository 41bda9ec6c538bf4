"""What does a plain scalar mean? What the core schema of YAML 1.2 says: `NO`, `on` and 08:00 are texts.

C1  A number that has no finite value, or more digits than 64 bits hold, is refused: it has no canonical encoding.
"""

import math
import re
from collections.abc import Mapping

_FIRST = frozenset("0123456789+-.~nNtTfF")
_WORDS: Mapping[str, bool | None] = {
    "": None,
    "~": None,
    **dict.fromkeys(("null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_WHOLE = re.compile(r"[-+]?[0-9]+")
_OTHER_BASE = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_FRACTION = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_ENDLESS = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_LONGEST = 400
"""No number that can be kept is written with more characters."""

Scalar = None | bool | int | float | str


def resolve(text: str) -> Scalar:
    """Return what a plain scalar means, or raise `ValueError` for a number that can't be kept (C1)."""
    if text and text[0] not in _FIRST:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _WHOLE.fullmatch(text):
        return _kept(text, int(text) if len(text) <= _LONGEST else None)
    if _FRACTION.fullmatch(text):
        return _finite(text, float(text) if len(text) <= _LONGEST else math.inf)
    if _OTHER_BASE.fullmatch(text):
        return _kept(text, int(text[2:], 8 if text[1] == "o" else 16) if len(text) <= _LONGEST else None)
    if _ENDLESS.fullmatch(text):
        raise ValueError(f"{text} is no number to work with")
    return text


def _kept(text: str, number: int | None) -> int:
    if number is None or not -(2**63) <= number < 2**63:
        raise ValueError(f"{text[:30]} is too large a number")
    return number


def _finite(text: str, number: float) -> float:
    if not math.isfinite(number):
        raise ValueError(f"{text[:30]} is too large a number")
    return number
