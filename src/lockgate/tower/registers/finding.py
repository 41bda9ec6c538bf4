"""Which records does a query mean? Those that satisfy all that it says, in the order that it wants.

F1  Words are looked for in all texts of a record, its id, tags and comments; all of them must be there.
F2  The order `due_at` is that of the moment by which a record must move on; what is never due comes last.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from lockgate.kernel.register import Kind, Register
from lockgate.ledger.registers.due import due_at
from lockgate.ledger.registers.entry import Entry
from lockgate.ledger.registers.known import Known
from lockgate.ledger.registers.listing import compared, listed
from lockgate.tower.registers.query import Query

DUE = "due_at"
_NEVER = datetime.max.replace(tzinfo=UTC)
_TEXTS = {Kind.TEXT, Kind.LONG_TEXT}


def find(query: Query, register: Register, known: Known, moment: datetime) -> list[Entry]:
    """Return the records that are asked for."""
    order = [key for key in query.sort if key.removeprefix("-") != DUE]
    found = listed(
        known.entries.of(register.key),
        register,
        known,
        moment=moment,
        where=compared(query.where),
        order=order,
    )
    kept = [one for one in found if _wanted(one, query, register, known, moment)]
    return _by_due(kept, query, known)


def haystack(entry: Entry, register: Register) -> str:
    """Return all words of a record (F1)."""
    texts: list[Any] = [entry.id, *entry.tags, *(one.text for one in entry.comments)]
    for field in register.fields:
        value = entry.values.get(field.key)
        if value is not None and (field.kind in _TEXTS or field.kind is Kind.REFERENCE):
            texts += value if field.several else [value]
        elif value is not None and field.kind is Kind.CHOICE:
            texts += [field.choices.get(one, one) for one in (value if field.several else [value])]
    return "\n".join(map(str, texts)).casefold()


def _wanted(entry: Entry, query: Query, register: Register, known: Known, moment: datetime) -> bool:
    if query.state and entry.state not in query.state:
        return False
    if query.owner and (entry.owner or "-") != query.owner:
        return False
    if query.tag and query.tag not in entry.tags:
        return False
    if query.late and not is_late(entry, known, moment):
        return False
    words = query.text.casefold().split()
    return not words or _has(words, haystack(entry, register))


def is_late(entry: Entry, known: Known, moment: datetime) -> bool:
    """Return whether a record should have moved on by now."""
    due = due_at(entry, known)
    return due is not None and due < moment


def _has(words: Iterable[str], text: str) -> bool:
    return all(word in text for word in words)


def _by_due(found: list[Entry], query: Query, known: Known) -> list[Entry]:
    for key in reversed(query.sort):
        if key.removeprefix("-") == DUE:
            never = [one for one in found if due_at(one, known) is None]
            there = [one for one in found if due_at(one, known) is not None]
            there.sort(key=lambda one: due_at(one, known) or _NEVER, reverse=key.startswith("-"))
            found = there + never  # F2
    return found
