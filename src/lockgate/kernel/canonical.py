"""When are two contents the same? When their canonical encoding is: one text for one value, whoever writes it.

E1  UTF-8 JSON without spaces, keys in order of their code points, no character escaped that need not be.
E2  A number that is whole is written as a whole number: 1.0 and 1 are the same. One that is not finite has none.
E3  Only texts, numbers, truth values, nothing, lists and mappings with texts as keys have an encoding; a text with half
    a surrogate pair has none.
"""

import hashlib
import json
import math
from collections.abc import Mapping
from typing import Any

LARGEST_WHOLE = 2**53
"""Beyond it a floating-point number does not tell neighbouring whole numbers apart."""


def encode(value: Any) -> bytes:
    """Return the canonical encoding, or raise `ValueError` or `TypeError` for what has none."""
    text = json.dumps(_plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return text.encode("utf-8")


def digest(value: Any) -> str:
    """Return the SHA-256 of the canonical encoding, in 64 characters."""
    return hashlib.sha256(encode(value)).hexdigest()


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, Mapping):
        return {_key(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    raise TypeError(f"{type(value).__name__} has no canonical encoding")


def _number(value: float) -> int | float:
    if not math.isfinite(value):
        raise ValueError(f"{value} has no canonical encoding")
    return int(value) if value.is_integer() and abs(value) <= LARGEST_WHOLE else value


def _key(key: Any) -> str:
    if not isinstance(key, str):
        raise TypeError(f"a key is a text, not {type(key).__name__}")
    return key
