"""What happened to a record, one thing after another, and what did each change? Read from its events.

H1  An event is told as it stands in the ledger: its number, moment, who, and what it says.
H2  What it changed is told field by field, what was there before and what after; a value that stayed is not told.
H3  A link from another record is told too: the event is the other's, and so are its words.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from lockgate.ledger.registers.entry import Entries, Entry
from lockgate.ledger.registers.projection import Told, project


@dataclass(frozen=True)
class Diff:
    """What one field held before and after, None for nothing."""

    field: str
    old: Any
    new: Any


@dataclass(frozen=True)
class Happening:
    """One thing that happened to a record."""

    number: int
    """Of the event in the ledger."""
    at: datetime
    by: str
    id: str
    """Of the record that the event is about: another one for a link from there."""
    happened: str
    """Raised, edited, commented, linked, voted and so on, or the event of a step."""
    version: int
    """Of this record afterwards."""
    diffs: tuple[Diff, ...] = ()
    said: Mapping[str, Any] = field(default_factory=dict)
    """Whatever else the event says: step, states, reason, text, answer, link or tags."""


def history(record: str, told: Iterable[Told]) -> tuple[Happening, ...]:
    """Return what the events of a record did to it, the first one first (H1 to H3)."""
    entries = Entries()
    found = []
    for one in told:
        before = entries.by_id.get(record)
        entries = project([one], entries)
        now = entries.by_id.get(record)
        if now is not None and (now is not before or one.payload.get("to") == record):
            found.append(_happening(one, before, now))
    return tuple(found)


def _happening(told: Told, before: Entry | None, now: Entry) -> Happening:
    old, new = before.values if before else {}, now.values
    keys = sorted(key for key in {*old, *new} if old.get(key) != new.get(key))
    said = {key: value for key, value in told.payload.items() if key not in {"register", "id", "values"}}
    return Happening(
        told.number,
        told.at,
        told.by,
        str(told.payload["id"]),
        told.kind.partition(".")[2],
        now.version,
        tuple(Diff(key, old.get(key), new.get(key)) for key in keys),
        said,
    )
