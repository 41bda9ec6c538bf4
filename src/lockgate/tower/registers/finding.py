"""Which records does a query mean? Those that satisfy all that it says, in the order that it wants.

F1  Words are looked for in all texts of a record, its id, tags and comments; all of them must be there.
F2  The order `due_at` is that of the moment by which a record must move on; what is never due comes last.
F3  What was found is kept as long as the same records are there and the same is declared, unless the clock was asked:
    what is late or how old something is. Who sees other records has other ones there.
"""

import threading
from bisect import bisect_left
from collections import Counter, OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Final, Generic, TypeVar

from lockgate.kernel.register import Kind, Register
from lockgate.ledger.registers.due import due_at, is_open
from lockgate.ledger.registers.entry import Entry
from lockgate.ledger.registers.known import Known
from lockgate.ledger.registers.listing import compared, listed
from lockgate.tower.registers.query import Query

DUE = "due_at"
Found = TypeVar("Found")
_NEVER = datetime.max.replace(tzinfo=UTC)
_TEXTS = {Kind.TEXT, Kind.LONG_TEXT}
_OF_THE_CLOCK: Final = frozenset({"age_days", "days_in_state", "overdue", "today"})
_MOST: Final = 64
"""How many lists are kept."""


def find(query: Query, register: Register, known: Known, moment: datetime) -> Sequence[Entry]:
    """Return the records that are asked for."""
    asked = replace(query, columns=(), group="", page=1)
    if asked == Query(when=query.when):
        return tuple(known.entries.of(register.key))
    if _asks_the_clock(asked):
        return _found(asked, register, known, moment)
    return _lists.found((asked, register.key), known, lambda: _found(asked, register, known, moment))


@dataclass(frozen=True)
class Left:
    """What is open in one register, what is due first first."""

    entries: tuple[Entry, ...]
    dues: tuple[datetime, ...]
    """By when the first of them must move on; the others are never due."""
    owners: Mapping[str, int]
    """How many each person owns."""

    def late(self, moment: datetime) -> int:
        """Return how many should have moved on by now."""
        return bisect_left(self.dues, moment)


def left(register: Register, known: Known) -> Left:
    """Return what is open, by when it is due."""
    return _left.found(register.key, known, lambda: _open_ones(register, known))


def _open_ones(register: Register, known: Known) -> Left:
    dated = [(due_at(one, known), one) for one in known.entries.of(register.key) if is_open(one, register)]
    due = sorted(((at, one) for at, one in dated if at is not None), key=lambda pair: pair[0])
    entries = (*(one for _, one in due), *(one for at, one in dated if at is None))
    return Left(entries, tuple(at for at, _ in due), Counter(one.owner for one in entries))


class _Kept(Generic[Found]):
    """What was found last, since who turns the pages of a list asks for the same again (F3)."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._found: OrderedDict[tuple[Hashable, int], tuple[Known, Found]] = OrderedDict()

    def found(self, asked: Hashable, known: Known, look: Callable[[], Found]) -> Found:
        """Return what was found, or look for it."""
        key = (asked, id(known.entries.by_id))
        with self._lock:
            before = self._found.get(key)
        if before is None or before[0].entries.by_id is not known.entries.by_id or before[0].due is not known.due:
            before = (known, look())
        with self._lock:
            self._found[key] = before
            self._found.move_to_end(key)
            while len(self._found) > _MOST:
                self._found.popitem(last=False)
        return before[1]


_lists = _Kept[tuple[Entry, ...]]()
_left = _Kept[Left]()
_texts = _Kept[dict[str, str]]()


def _asks_the_clock(query: Query) -> bool:
    names = {name for one in compared(query.where) for name in one.names}
    return query.late or not _OF_THE_CLOCK.isdisjoint(names | {key.removeprefix("-") for key in query.sort})


def _found(query: Query, register: Register, known: Known, moment: datetime) -> tuple[Entry, ...]:
    order = [key for key in query.sort if key.removeprefix("-") != DUE]
    kept = known.entries.of(register.key)
    if query.state or query.owner or query.tag or query.late:
        kept = (one for one in kept if _wanted(one, query, known, moment))
    words = query.text.casefold().split()
    found = _with(words, kept, register, known) if words else kept
    where = compared(query.where)
    found = listed(found, register, known, moment=moment, where=where, order=order)
    return tuple(_by_due(found, query, known))


def _with(words: Sequence[str], entries: Iterable[Entry], register: Register, known: Known) -> list[Entry]:
    """Return the records that have all words; most lack the first one already."""
    texts = _texts.found(register.key, known, lambda: _all_words(register, known))
    found = [(texts[one.id], one) for one in entries]
    for word in words:
        found = [pair for pair in found if word in pair[0]]
    return [one for _, one in found]


def _all_words(register: Register, known: Known) -> dict[str, str]:
    return {one.id: haystack(one, known) for one in known.entries.of(register.key)}


def haystack(entry: Entry, known: Known) -> str:
    """Return all words of a record (F1)."""
    kept = known.words.get(entry.id)
    if kept is None or kept[0] is not entry:
        kept = known.words[entry.id] = (entry, _words(entry, known.registers[entry.register]))
    return kept[1]


def _words(entry: Entry, register: Register) -> str:
    texts: list[Any] = [entry.id, *entry.tags, *(one.text for one in entry.comments)]
    for field in register.fields:
        value = entry.values.get(field.key)
        if value is not None and (field.kind in _TEXTS or field.kind is Kind.REFERENCE):
            texts += value if field.several else [value]
        elif value is not None and field.kind is Kind.CHOICE:
            texts += [field.choices.get(one, one) for one in (value if field.several else [value])]
    return "\n".join(map(str, texts)).casefold()


def _wanted(entry: Entry, query: Query, known: Known, moment: datetime) -> bool:
    if query.state and entry.state not in query.state:
        return False
    if query.owner and (entry.owner or "-") != query.owner:
        return False
    if query.tag and query.tag not in entry.tags:
        return False
    return not query.late or is_late(entry, known, moment)


def is_late(entry: Entry, known: Known, moment: datetime) -> bool:
    """Return whether a record should have moved on by now."""
    due = due_at(entry, known)
    return due is not None and due < moment


def _by_due(found: list[Entry], query: Query, known: Known) -> list[Entry]:
    for key in reversed(query.sort):
        if key.removeprefix("-") == DUE:
            dated = [(due_at(one, known), one) for one in found]
            there = [pair for pair in dated if pair[0] is not None]
            there.sort(key=lambda pair: pair[0] or _NEVER, reverse=key.startswith("-"))
            found = [one for _, one in there] + [one for due, one in dated if due is None]  # F2
    return found
