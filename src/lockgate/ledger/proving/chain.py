"""Does this record follow from the one before? Checked by the same rules for a database and for an export.

C1  Numbers begin with 1 and leave nothing out.
C2  What a record calls the hash before it is the hash before it.
C3  Its own hash is that of the hash before it and its body.
C4  Its body is canonical, and holds the five fields of a record and nothing else.
C5  The first record opens the ledger and no other does.
"""

import json
import re
from datetime import datetime
from typing import Any, Final

import orjson

from lockgate.kernel.canonical import LARGEST_WHOLE
from lockgate.kernel.clock import moment_of
from lockgate.ledger.record import OPENED, Head, Record, behind, hash_of

_FIELDS: Final = {"at": str, "by": str, "kind": str, "number": int, "payload": dict}
_STAMP: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", re.ASCII)
_SMALLEST_ALIKE: Final = 0.0001
"""Below, one encoder writes an exponent sooner than the other."""
_IDENTITY: Final = re.compile(r"[0-9a-f]{32}")


class Broken(Exception):
    """A record that does not follow."""

    def __init__(self, number: int, why: str) -> None:
        super().__init__(f"record {number}: {why}")
        self.number = number
        """The first record that was touched, or that is not there."""
        self.why = why


class Chain:
    """Records that were found to follow each other, from the first on."""

    def __init__(self) -> None:
        self.head = Head()
        self.identity = ""

    def follow(self, previous: str, own_hash: str, body: bytes, *, number: int | None = None) -> Record:
        """Return the record when it follows, else raise `Broken`; `number` is the one it is kept under."""
        due = self.head.number + 1
        if number is not None and number != due:  # C1
            what = f"after it comes {number}" if number > due else f"a record {number} stands in its place"
            raise Broken(due, f"it is missing; {what}")
        if previous != self.head.hash:  # C2
            raise Broken(due, "it does not follow the record before: their hashes differ")
        if own_hash != hash_of(previous, body):  # C3
            raise Broken(due, "it was altered: its hash is not that of its content")
        said = _read(due, body)
        if said["number"] != due:  # C1
            raise Broken(due, f"it says that it is record {said['number']}")
        self._check_opening(due, said)
        at = _moment(due, said["at"])
        record = Record(
            number=due,
            at=at,
            by=said["by"],
            kind=said["kind"],
            payload=said["payload"],
            previous=previous,
            hash=own_hash,
            body=body,
            behind_seconds=behind(self.head.at, at),
        )
        self.head = record.head
        return record

    def _check_opening(self, due: int, said: dict[str, Any]) -> None:
        if (said["kind"] == OPENED) != (due == 1):  # C5
            raise Broken(due, "it opens no ledger" if due == 1 else "it opens a ledger inside of another")
        if due == 1:
            self.identity = str(said["payload"].get("ledger"))
            if not _IDENTITY.fullmatch(self.identity):
                raise Broken(due, "it does not name the ledger")


def _read(due: int, body: bytes) -> dict[str, Any]:
    """Return what a canonical body says (C4)."""
    said = _read_quickly(body)
    if said is None:
        said = _read_exactly(due, body)
    if not isinstance(said, dict) or {name: type(value) for name, value in said.items()} != _FIELDS:
        raise Broken(due, f"it has not the fields of a record: {', '.join(_FIELDS)}")
    return said


def _read_quickly(body: bytes) -> Any:
    """Return what a body says when it is canonical for sure, None where that has to be looked at exactly."""
    try:
        said = orjson.loads(body)
        sure = orjson.dumps(said, option=orjson.OPT_SORT_KEYS) == body and _written_alike(said)
    except (orjson.JSONDecodeError, orjson.JSONEncodeError, RecursionError):
        return None
    return said if sure else None


def _written_alike(value: Any) -> bool:
    """Return whether orjson writes it as the canonical encoding does: all but some numbers that are no whole ones."""
    kind = type(value)
    if kind is dict:
        return all(map(_written_alike, value.values()))
    if kind is list:
        return all(map(_written_alike, value))
    return kind is not float or (_SMALLEST_ALIKE <= abs(value) < LARGEST_WHOLE and not value.is_integer())


def _read_exactly(due: int, body: bytes) -> Any:
    try:
        said = _DECODER.decode(body.decode())
        again = _ENCODER.encode(said).encode()
    except (ValueError, RecursionError) as error:
        raise Broken(due, f"its content is not canonical: {error}") from None
    if again != body:
        raise Broken(due, "its content is not canonical: other bytes stand for the same")
    return said


def _number(text: str) -> int | float:
    """Return a number as it would be written again: a whole one without a fraction."""
    value = float(text)
    return int(value) if value.is_integer() and abs(value) <= LARGEST_WHOLE else value


def _moment(due: int, text: str) -> datetime:
    try:
        if _STAMP.fullmatch(text):
            return moment_of(text)
    except ValueError:
        pass  # a thirteenth month
    raise Broken(due, f"its time is none: {text}")


_DECODER: Final = json.JSONDecoder(parse_float=_number)
_ENCODER: Final = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
