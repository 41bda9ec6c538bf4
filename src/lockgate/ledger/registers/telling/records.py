"""How is a record told? As lists tell it, in one row, and with all that is known of it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from lockgate.kernel.clock import stamp
from lockgate.ledger.registers.due import due_at, view
from lockgate.ledger.registers.entry import Entry
from lockgate.ledger.registers.known import Known
from lockgate.ledger.registers.plain import plain
from lockgate.ledger.registers.showing.around import attached_to


def row(entry: Entry, known: Known, moment: datetime) -> dict[str, Any]:
    """Return a record as lists tell it: id, state, title, then every declared field."""
    register = known.registers[entry.register]
    seen = view(entry, known, moment)
    due = due_at(entry, known)
    return {
        "id": entry.id,
        "state": entry.state,
        "title": entry.values.get("title"),
        **{field.key: entry.values.get(field.key) for field in register.fields},
        "version": entry.version,
        "tags": list(entry.tags),
        "overdue": seen["overdue"],
        "due_at": stamp(due) if due else None,
        "raised_by": entry.raised_by,
        "raised_at": stamp(entry.raised_at),
        "changed_by": entry.changed_by,
        "changed_at": stamp(entry.changed_at),
    }


def whole(entry: Entry, known: Known, moment: datetime, *, called: Callable[[str, str], str]) -> dict[str, Any]:
    """Return all that is known of a record, its history and what its files are called too."""
    said = plain(entry)
    register = known.registers[entry.register]
    parts = ("steps", "votes", "comments", "links", "linked_from", "changes")
    return {
        "register": entry.register,
        **row(entry, known, moment),
        **{part: said[part] for part in parts},
        "files": [
            {"field": one.field, "digest": one.digest, "name": called(one.digest, entry.id)}
            for one in attached_to(entry, register)
        ],
        "next": [step.key for step in register.transitions if entry.state in step.source],
    }
