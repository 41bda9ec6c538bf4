"""What did Odoo's `load` say? Saved, or which rows it names, or that two transactions met.

A1  `load` saves the whole call or nothing: ids when it saved, messages of type `error` when it did not.
A2  Conflicts between transactions come as messages on rows too. They say nothing about the row.
A3  A message put in front that names the first row, while others name other rows, repeats what made the call as a
    whole fail: it accuses the first row wrongly and is not counted.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lockgate.odoo.loading.records import Record, Reject

_CONFLICT = re.compile(
    r"could not serialize access|deadlock detected|could not obtain lock|lock timeout",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Saved:
    """Odoo saved every record of the call."""

    ids: tuple[int, ...]


@dataclass(frozen=True)
class Refused:
    """Odoo saved nothing."""

    named: Mapping[int, Reject] = field(default_factory=dict)
    """What it says about records, by their position in the call."""
    reason: str = ""
    """What it says about the call as a whole."""


@dataclass(frozen=True)
class Conflict:
    """Another transaction was in the way; nothing was saved and the rows are not to blame (A2)."""

    reason: str


Answer = Saved | Refused | Conflict


def answer_from(told: Mapping[str, Any], records: Sequence[Record]) -> Answer:
    """Return what the result of `load` for these records means."""
    errors = [message for message in told.get("messages") or () if message.get("type") == "error"]
    if told.get("ids") and not errors:
        return Saved(tuple(told["ids"]))
    texts = [_text(message) for message in errors]
    if conflict := next((text for text in texts if _CONFLICT.search(text)), None):
        return Conflict(conflict)
    named = _named(errors, records)
    reason = next(iter(texts), "Odoo saved nothing and gave no reason.")
    return Refused(named, reason)


def _named(errors: Sequence[Mapping[str, Any]], records: Sequence[Record]) -> dict[int, Reject]:
    starts = _starts(records)
    found: dict[int, list[Mapping[str, Any]]] = {}
    for message in errors:
        position = _position(message, starts)
        if position is not None:
            found.setdefault(position, []).append(message)
    if _repeats_the_whole(errors, found):
        found[0] = found[0][1:]
    return {position: _reject(records[position], some) for position, some in sorted(found.items()) if some}


def _repeats_the_whole(errors: Sequence[Mapping[str, Any]], found: Mapping[int, Sequence[Any]]) -> bool:
    """Return True when the first message is only the echo of the failed call (A3)."""
    return len(found) > 1 and 0 in found and found[0][0] is errors[0] and not errors[0].get("field")


def _starts(records: Sequence[Record]) -> list[int]:
    """Return where each record begins among the rows of the call."""
    starts, row = [], 0
    for record in records:
        starts.append(row)
        row += len(record.rows)
    return [*starts, row]


def _position(message: Mapping[str, Any], starts: Sequence[int]) -> int | None:
    row = (message.get("rows") or {}).get("from")
    if not isinstance(row, int) or not 0 <= row < starts[-1]:
        return None
    return next(at for at in range(len(starts) - 1) if row < starts[at + 1])


def _reject(record: Record, messages: Sequence[Mapping[str, Any]]) -> Reject:
    reason = "; ".join(dict.fromkeys(map(_text, messages)))
    fields = (str(message["field"]) for message in messages if message.get("field"))
    return Reject(record.number, record.external_id, reason, next(fields, ""))


def _text(message: Mapping[str, Any]) -> str:
    return str(message.get("message") or "").strip()
