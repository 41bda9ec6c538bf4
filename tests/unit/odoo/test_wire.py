import math
from collections import OrderedDict
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import IntEnum, StrEnum
from types import MappingProxyType

import pytest

from lockgate.kernel.secret import Secret
from lockgate.odoo.errors import BadCall, NotJson
from lockgate.odoo.ways.wire import Body, from_json, to_json, to_plain

State = StrEnum("State", ["DRAFT"])
Level = IntEnum("Level", ["LOW"])


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        ((1, 2), [1, 2]),
        (range(3), [0, 1, 2]),
        ({4}, [4]),
        (date(2026, 3, 1), "2026-03-01"),
        (datetime(2026, 3, 1, 12, 30, 15, 999), "2026-03-01 12:30:15"),  # noqa: DTZ001 - naive is taken as UTC
        (datetime(2026, 3, 1, 1, 0, tzinfo=timezone(timedelta(hours=2))), "2026-02-28 23:00:00"),
        (datetime(2026, 3, 1, tzinfo=UTC), "2026-03-01 00:00:00"),
        (Decimal("12.50"), 12.5),
        (b"\x00\xff", "AP8="),
        (Secret("open"), "open"),
        (MappingProxyType({"a": (1,)}), {"a": [1]}),
        (OrderedDict(a=1), {"a": 1}),
        (State.DRAFT, "draft"),
        (Level.LOW, 1),
        ("Ünï漢🚪\x01\n", "Ünï漢🚪\x01\n"),
        ([None, True, 1.5, 2**63], [None, True, 1.5, 2**63]),
    ],
)
def test_values_travel_the_way_odoo_reads_them(value, plain):
    assert to_plain(value) == plain


@pytest.mark.parametrize(
    ("value", "why"),
    [
        (object(), "Type is not JSON serializable: object."),
        ("\ud800", "str is not valid UTF-8: surrogates not allowed."),
        (2**64, "Integer exceeds 64-bit range."),
        ({1: 2}, "Dict key must be str."),
    ],
)
def test_what_can_not_travel_is_named(value, why):
    with pytest.raises(BadCall) as error:
        to_json([value])
    assert error.value.why == why


def test_a_body_does_not_show_what_is_in_it():
    body = to_json({"password": Secret("open-sesame")})
    assert (repr(body), str(body), f"{body}") == ("Body(26 bytes)",) * 3
    assert bytes(body) == b'{"password":"open-sesame"}'


@pytest.mark.parametrize(("body", "value"), [(b"null", None), (b'["\xc3\xbc"]', ["ü"]), (b'"\\ud800"', "\ud800")])
def test_answers_are_read(body, value):
    assert from_json(body) == value


def test_an_answer_with_what_json_does_not_know_is_read_as_odoo_wrote_it():
    assert math.isnan(from_json(b"[NaN]")[0])


@pytest.mark.parametrize("body", [b"", b"<html>", b'{"half": '])
def test_a_broken_answer_is_not_json(body):
    with pytest.raises(NotJson):
        from_json(Body(body)[:])
