"""How do Python values travel to Odoo and back? As JSON, with dates the way Odoo's fields read them."""

import base64
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import orjson

from lockgate.kernel.secret import Secret
from lockgate.odoo.errors import BadCall, NotJson

_OPTIONS = orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_PASSTHROUGH_SUBCLASS


class Body(bytes):
    """What goes over the wire; it does not show what is in it, for that may be a password."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"Body({len(self)} bytes)"

    __str__ = __repr__


def to_json(value: Any) -> Body:
    """Return the value as JSON for Odoo, or raise `BadCall` naming what can't travel."""
    try:
        return Body(orjson.dumps(value, default=_plain, option=_OPTIONS))
    except TypeError as error:
        raise BadCall(
            "An argument can't be sent to Odoo.",
            why=f"{error}.",
            do="Send texts, whole numbers up to 64 bits, decimals, dates, lists, dictionaries or bytes.",
        ) from None


def from_json(body: bytes) -> Any:
    """Return the value that Odoo's JSON means."""
    try:
        return orjson.loads(body)
    except ValueError:
        pass
    try:
        return json.loads(body)  # Python's own, which Odoo writes with, also knows NaN and half characters
    except ValueError:
        raise NotJson(
            "The answer is broken: it is not JSON.", do="Look for a proxy that changes it.", sent=True
        ) from None


def to_plain(value: Any) -> Any:
    """Return the value built of JSON's types alone."""
    return orjson.loads(memoryview(to_json(value)))


def _plain(value: object) -> Any:
    for kind, convert in _CONVERSIONS:
        if isinstance(value, kind):
            return convert(value)
    raise TypeError  # the library says of what type it is


def _moment(value: datetime) -> str:
    """Odoo keeps moments in UTC and without a zone; a naive one is taken to be UTC already."""
    if value.tzinfo is not None:
        value = value.astimezone(UTC)
    return value.strftime("%Y-%m-%d %H:%M:%S")


_CONVERSIONS: tuple[tuple[type | tuple[type, ...], Any], ...] = (
    (datetime, _moment),  # before date: a datetime is a date too
    (date, date.isoformat),
    (Decimal, float),
    ((bytes, bytearray), lambda value: base64.b64encode(value).decode()),
    (Secret, Secret.reveal),
    (Mapping, dict),
    ((set, frozenset, range, tuple, list), list),
    (str, str.__str__),
    (bool, bool),
    (int, int),
    (float, float),
)
