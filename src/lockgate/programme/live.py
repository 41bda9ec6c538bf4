"""What is on the table of a server that stays up? Workspace and facts, in memory, and anew when they change.

V1  A change of a file shows within a second, one of the ledger at once. What acts looks at the files anew.
V2  A workspace that has findings is shown with them; what asks gates says so instead of answering from an older one.
V3  What follows from the clock shows at its moment: that evidence is too old, that a waiver ended, that a condition or
    a record is overdue. `present` knows of each answer until when it holds, so nothing else is asked for it.
V4  As of the past nothing changes any more: what was asked is kept, as long as it is asked for now and then.
"""

import threading
from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from lockgate.gates.asking.evaluating import GateState
from lockgate.kernel.clock import Clock, system_clock
from lockgate.ledger import AsOf, Head
from lockgate.programme import opening
from lockgate.programme.desk import Desk, desk_of
from lockgate.programme.ledger_place import LedgerPlace, ledger_place
from lockgate.programme.present import Present
from lockgate.programme.remembered import RememberedEntries
from lockgate.programme.room import Room, room_of
from lockgate.workspace import Workspace
from lockgate.workspace.files import definitions

_LOOK_SECONDS: Final = 1
_ROOMS: Final = 12

_State = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True)
class _Kept:
    workspace: Workspace
    state: _State
    looked_at: datetime


@dataclass
class _Asked:
    """A room of the past, and how the gates stood in it once that was asked."""

    room: Room
    states: tuple[GateState, ...] | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)


class Live:
    """One programme; may be shared between threads."""

    def __init__(self, root: Path, clock: Clock = system_clock) -> None:
        self.root = root
        self._clock = clock
        self._lock = threading.RLock()
        self._kept: _Kept | None = None
        self._place: LedgerPlace | None = None
        self._desk: Desk | None = None
        self._entries: RememberedEntries | None = None
        self._present: Present | None = None
        self._rooms: OrderedDict[tuple[_State, Head, AsOf], _Asked] = OrderedDict()

    @property
    def place(self) -> LedgerPlace:
        """The ledger, opened once."""
        with self._lock:
            if self._place is None:
                self._place = ledger_place(self.root, begin=True)
            return self._place

    @property
    def name(self) -> str:
        """What the programme is called."""
        workspace = self.workspace()
        return workspace.programme.name if "programme" in workspace.models else self.root.name

    def workspace(self, *, anew: bool = False) -> Workspace:
        """Return the workspace as it is now, with its findings (V1, V2); `anew`: to this moment."""
        return self._look(anew=anew).workspace

    def room(self, as_of: AsOf | None = None) -> Room:
        """Return what gates are asked with, now or as of a moment or number (V1, V2)."""
        if as_of is not None:
            return self._then(as_of).room
        return self._now().room(self._sound(), self._clock())

    def anew(self) -> Room:
        """Return what is decided with: nothing of it remembered, so that the commit is that of this moment."""
        workspace = self.workspace(anew=True)
        opening.stop_at(workspace.findings)
        return room_of(self.place, workspace, None, self._clock())

    def states(self, as_of: AsOf | None = None) -> tuple[tuple[GateState, ...], Room]:
        """Return how all gates stand, with what they were asked with (V3)."""
        if as_of is None:
            return self._now().states(self._sound(), self._clock())
        found = self._then(as_of)
        with found.lock:
            if found.states is None:
                found.states = tuple(found.room.states())
        return found.states, found.room

    @property
    def reading(self) -> bool:
        """True while another thread reads and asks all gates for the first time: who need not know them goes on."""
        return self._now().reading

    def desk(self, as_of: AsOf | None = None) -> Desk:
        """Return what records are seen and changed with, now or as of a moment or number (V2)."""
        if as_of is not None:
            room = self.room(as_of)
            return desk_of(self.place, room.workspace, room.moment, as_of, self._remembered())
        kept = self._look()
        opening.stop_at(kept.workspace.findings)
        with self._lock:
            if self._desk is None or self._desk.workspace is not kept.workspace:
                self._desk = desk_of(self.place, kept.workspace, self._clock(), entries=self._remembered())
            return replace(self._desk, moment=self._clock())

    def close(self) -> None:
        """Close the ledger; the next question opens it again."""
        with self._lock:
            if self._place is not None:
                self._place.ledger.close()

    def _remembered(self) -> RememberedEntries:
        with self._lock:
            if self._entries is None:
                self._entries = RememberedEntries(self.place.ledger)
            return self._entries

    def _now(self) -> Present:
        with self._lock:
            if self._present is None:
                self._present = Present(self.place, self._remembered())
            return self._present

    def _sound(self) -> Workspace:
        """Return the workspace, or stop where it has findings (V2)."""
        workspace = self._look().workspace
        opening.stop_at(workspace.findings)
        return workspace

    def _then(self, as_of: AsOf) -> _Asked:
        """Return what was asked as of then, or will be (V4)."""
        workspace = self._sound()
        key = (self._look().state, self.place.ledger.head(as_of), as_of)
        with self._lock:
            found = self._rooms.get(key)
            if found is None:
                found = self._rooms[key] = _Asked(room_of(self.place, workspace, as_of, self._clock()))
            self._rooms.move_to_end(key)
            while len(self._rooms) > _ROOMS:
                self._rooms.popitem(last=False)
        return found

    def _look(self, *, anew: bool = False) -> _Kept:
        with self._lock:
            now = self._clock()
            kept = self._kept
            if kept is not None and not anew and 0 <= (now - kept.looked_at).total_seconds() < _LOOK_SECONDS:
                return kept
            state = _state(self.root)
            if kept is None or kept.state != state:
                kept = _Kept(opening.loaded(self.root), state, now)
            self._kept = replace(kept, looked_at=now)
            return self._kept


def _state(root: Path) -> _State:
    """Return what tells a changed workspace from an unchanged one, without reading its files."""
    found = []
    for path in sorted(definitions(root)):
        with suppress(FileNotFoundError):  # it went away this very moment
            about = (root / path).stat()
            found.append((path, about.st_mtime_ns, about.st_size))
    return tuple(found)
