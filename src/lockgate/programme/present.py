"""How does everything stand now, in a process that stays alive? Kept in memory, and brought up to date by what is new.

P1  What is kept says what asking everything anew would say, at the very moment: what a record, a day or the end of a
    waiver changes is asked again, and nothing else.
P2  Who asks for one gate waits for no other: until all has been read once, that one alone is read.
P3  Another workspace, a ledger that does not go on from the one that was read, and a clock that was put back: all is
    asked anew.
P4  The commit that pages name may be a minute old. What is decided names that of its own moment.
"""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from lockgate.gates.asking.board import Board, News
from lockgate.gates.asking.evaluating import GateState
from lockgate.gates.criteria.definition import Gate
from lockgate.gates.criteria.reading import scopes_of
from lockgate.gates.facts.declared import Known
from lockgate.gates.facts.history import touched
from lockgate.gates.facts.memory import Memory
from lockgate.gates.facts.rows import RowsKept
from lockgate.ledger import Head, Record
from lockgate.ledger.evidence import RECORDED, evidence_of
from lockgate.ledger.registers.entry import Entries
from lockgate.programme.ledger_place import LedgerPlace
from lockgate.programme.remembered import RememberedEntries
from lockgate.programme.room import Room, declared, taken
from lockgate.programme.then import revision
from lockgate.workspace import Workspace

_PUT_BACK: Final = timedelta(seconds=-1)
"""Threads that ask at once may overtake each other by less than that."""
_COMMIT_SECONDS: Final = 60
_MOST_NEW: Final = 2_000
"""With more new records than that, asking all gates anew is sooner done."""

States = tuple[GateState, ...]


@dataclass(frozen=True)
class _Table:
    """What a workspace declares for gates, with what is kept to answer them."""

    workspace: Workspace
    taken: frozenset[str]
    gates: tuple[Gate, ...]
    known: Known
    memory: Memory
    rows: RowsKept


@dataclass
class _Asked:
    """All gates, as they were last asked."""

    table: _Table
    board: Board
    head: Head
    moment: datetime
    states: States


class Present:
    """One programme as it is now; may be shared between threads."""

    def __init__(self, place: LedgerPlace, entries: RememberedEntries) -> None:
        self._place = place
        self._entries = entries
        self._table_lock, self._board_lock = threading.Lock(), threading.Lock()
        self._table: _Table | None = None
        self._commit: tuple[Workspace, datetime, str] | None = None
        self._asked: _Asked | None = None

    @property
    def reading(self) -> bool:
        """True while all gates are being read and asked for the first time."""
        return self._asked is None and self._board_lock.locked()

    def room(self, workspace: Workspace, moment: datetime) -> Room:
        """Return what one gate is asked with; nothing is read for others (P2)."""
        table = self._laid(workspace)
        if table.memory.ready:
            return self._room(table, moment)
        head = self._place.ledger.head()
        entries = self._entries(head.number)
        commit = self._revision(workspace, moment)
        return Room(self._place, workspace, head, table.gates, table.known, entries, moment, commit)

    def states(self, workspace: Workspace, moment: datetime) -> tuple[States, Room]:
        """Return how all gates stand, the very same while none stands anew, and what they were asked with (P1)."""
        table = self._laid(workspace)
        with self._board_lock:
            room = self._room(table, moment)
            asked = self._asked
            new = None if asked is None or not _goes_on(asked, table, moment) else self._since(asked.head, room.head)
            if asked is None or new is None:
                asked = self._asked = _anew(table, room)
            else:
                _brought_up(asked, new, room)
            return asked.states, room

    def _room(self, table: _Table, moment: datetime) -> Room:
        kept = table.memory.now()
        facts = kept.with_rows(table.known, table.rows.at(kept.entries, moment))
        commit = self._revision(table.workspace, moment)
        about = (self._place, table.workspace, kept.head, table.gates, table.known, kept.entries)
        return Room(*about, moment, commit, facts)

    def _laid(self, workspace: Workspace) -> _Table:
        """Return what the workspace declares, with what is kept of the ledger as long as the same is asked (P3)."""
        with self._table_lock:
            entries = self._entries()
            now, before = taken(entries), self._table
            if before is None or before.workspace is not workspace or before.taken != now:
                gates, known = declared(workspace, entries)
                same = before is not None and before.gates == gates
                memory = before.memory if before and same else Memory(self._place.ledger, gates, self._entries_at)
                self._table = _Table(workspace, now, gates, known, memory, RowsKept(known.records))
            assert self._table is not None  # noqa: S101 - for the reader of types
            return self._table

    def _entries_at(self, number: int) -> Entries:
        return self._entries(number)

    def _revision(self, workspace: Workspace, moment: datetime) -> str:
        """Return the commit of the files, asked of git at most once a minute (P4)."""
        kept = self._commit
        if kept is None or kept[0] is not workspace or not 0 <= (moment - kept[1]).total_seconds() < _COMMIT_SECONDS:
            kept = self._commit = (workspace, moment, revision(workspace.root))
        return kept[2]

    def _since(self, before: Head, now: Head) -> Sequence[Record] | None:
        """Return the records after a head, None where they don't go on from it, or are too many (P3)."""
        if before == now:
            return ()
        if not 0 < now.number - before.number <= _MOST_NEW:
            return None
        new = list(self._place.ledger.records(before.number, now.number))
        return new if new and new[0].previous == before.hash else None


def _anew(table: _Table, room: Room) -> _Asked:
    pairs = [(gate, scope) for gate in table.gates for scope in scopes_of(gate, table.workspace)]
    board = Board(pairs, room.facts, room.moment)
    return _Asked(table, board, room.head, room.moment, tuple(board.states.values()))


def _goes_on(asked: _Asked, table: _Table, moment: datetime) -> bool:
    """Return whether it is the same workspace, at a later moment (P3)."""
    return asked.table is table and moment - asked.moment > _PUT_BACK


def _brought_up(asked: _Asked, new: Sequence[Record], room: Room) -> None:
    evidence = [evidence_of(one.payload) for one in new if one.kind == RECORDED]
    if asked.board.after(News(evidence, touched(new)), room.facts, room.moment):
        asked.states = tuple(asked.board.states.values())
    asked.head, asked.moment = room.head, max(room.moment, asked.moment)
