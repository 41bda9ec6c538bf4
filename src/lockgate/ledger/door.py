"""What keeps a password out of the ledger? At its door every secret in use is masked, before a record is hashed.

D1  In a text of several words, or one with an address in it, every secret is masked.
D2  A text of one word is a key, a person or a digest, as often as not: of the secrets, those that could be a word
    themselves are left in it. A site called `demo` does not lose its name because a password is `demo` too.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from lockgate.kernel.secret import scrub
from lockgate.ledger.record import Event, Head, Record, chained


def admitted(head: Head, events: Iterable[Event], *, at: datetime, by: str) -> list[Record]:
    """Return the records that events become after a head, without secrets."""
    wanted = list(events)
    records = list(chained(head, wanted, at=at, by=by))
    bodies = b"\n".join(record.body for record in records).decode()
    if scrub(bodies) == bodies:  # as always, but for a mistake
        return records
    clean = [Event(event.kind, masked(event.payload)) for event in wanted]
    return list(chained(head, clean, at=at, by=masked(by)))


def masked(value: Any) -> Any:
    """Return plain data with the secrets in its texts masked (D1, D2)."""
    if isinstance(value, str):
        return scrub(value, words=len(value.split()) > 1 or "://" in value)
    if isinstance(value, Mapping):
        return {masked(key): masked(inner) for key, inner in value.items()}
    return [masked(inner) for inner in value] if isinstance(value, list | tuple) else value
