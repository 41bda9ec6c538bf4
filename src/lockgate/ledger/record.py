"""What is a record, and what ties it to the one before? Its hash, over the hash before it and its own canonical body.

R1  The body is the canonical encoding of `at`, `by`, `kind`, `number` and `payload`, kept byte for byte as hashed.
R2  hash = SHA-256("lockgate-ledger-1" LF, previous hash LF, body). The first line is the version of this rule.
R3  Record 1 is `ledger.opened`. It holds a random id, so that no record of one ledger fits into another.
R4  Order is by number. A record whose clock ran back by more than thirty seconds is kept, and says by how much.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Self

from lockgate.kernel import canonical
from lockgate.kernel.clock import moment_of, stamp

FORMAT: Final = 1
TAG: Final = b"lockgate-ledger-1\n"
NOTHING: Final = "0" * 64
"""What stands for the hash before the first record."""
OPENED: Final = "ledger.opened"
ARMED: Final = "ledger.armed"
OWN: Final = "ledger."
"""How the kinds begin that only the ledger itself records."""
TOLERATED_SECONDS: Final = 30
_KIND: Final = re.compile(r"[a-z][a-z0-9_-]*(\.[a-z0-9][a-z0-9_-]*)+")


@dataclass(frozen=True)
class Event:
    """Something that happened and is to be recorded."""

    kind: str
    """A noun and what happened to it, like `gap.raised`."""
    payload: Mapping[str, Any]

    def __post_init__(self) -> None:
        if not _KIND.fullmatch(self.kind):
            raise ValueError(f"{self.kind!r} is no kind of event: those are like 'gap.raised'")


@dataclass(frozen=True)
class Head:
    """How far a ledger goes: its last record, number 0 when there is none."""

    number: int = 0
    hash: str = NOTHING
    at: datetime | None = None


@dataclass(frozen=True)
class Record:
    """One entry of the ledger."""

    number: int
    at: datetime
    by: str
    kind: str
    payload: Mapping[str, Any]
    previous: str
    hash: str
    body: bytes = field(default=b"", repr=False)
    """What was hashed (R1)."""
    behind_seconds: int = 0
    """By how much its clock was behind that of the record before, when that is more than tolerated (R4)."""

    @classmethod
    def read(cls, body: bytes, previous: str, own_hash: str, *, behind_seconds: int = 0) -> Self:
        """Return the record that a body holds."""
        said = json.loads(body.decode())
        return cls(
            number=said["number"],
            at=moment_of(said["at"]),
            by=said["by"],
            kind=said["kind"],
            payload=said["payload"],
            previous=previous,
            hash=own_hash,
            body=body,
            behind_seconds=behind_seconds,
        )

    @property
    def head(self) -> Head:
        """The head of a ledger that ends with this record."""
        return Head(self.number, self.hash, self.at)


def body_of(number: int, at: datetime, by: str, event: Event) -> bytes:
    """Return the canonical body of a record (R1)."""
    return canonical.encode(
        {"at": stamp(at), "by": by, "kind": event.kind, "number": number, "payload": event.payload},
    )


def hash_of(previous: str, body: bytes) -> str:
    """Return the hash that ties a body to the record before it (R2)."""
    return hashlib.sha256(TAG + previous.encode("ascii", "replace") + b"\n" + body).hexdigest()


def behind(before: datetime | None, at: datetime) -> int:
    """Return by how many seconds a clock ran back, 0 when that is tolerated (R4)."""
    seconds = (before - at).total_seconds() if before is not None else 0.0
    return int(seconds) if seconds > TOLERATED_SECONDS else 0


def chained(head: Head, events: Iterable[Event], *, at: datetime, by: str) -> Iterator[Record]:
    """Yield the records that events become after a head."""
    for event in events:
        body = body_of(head.number + 1, at, by, event)
        own_hash = hash_of(head.hash, body)
        record = Record.read(body, head.hash, own_hash, behind_seconds=behind(head.at, at))
        yield record
        head = record.head
