"""How does something happen in the story? As it would in the product: the right person asks the engine, at the moment.

S1  Nothing is written around the engine. What it refuses stops the filling, unless the story says that it is refused.
S2  Time only goes forward, as far as the story has come.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from lockgate.kernel.errors import RefusedError
from lockgate.kernel.evidence import Evidence
from lockgate.kernel.register import Register
from lockgate.ledger import Ledger
from lockgate.ledger.registers.action import Action, Actor
from lockgate.ledger.registers.book import Done
from lockgate.programme import opening
from lockgate.programme.desk import Desk, desk_of
from lockgate.programme.ledger_place import LedgerPlace, ledger_place
from lockgate.programme.room import Room, room_of

from .days import Days


class StoryError(Exception):
    """The story asks for what the engine does not do: a mistake in the story."""


@dataclass(frozen=True)
class Happening:
    """Something that happens at a moment."""

    at: datetime
    act: Callable[[], None]


class Clock:
    """The time in the story (S2)."""

    def __init__(self, begin: datetime) -> None:
        self.moment = begin

    def __call__(self) -> datetime:
        """Return what time it is."""
        return self.moment

    def reach(self, moment: datetime) -> None:
        """Let time go on."""
        self.moment = max(moment, self.moment + timedelta(seconds=1))


class Scene:
    """The workspace, its ledger and the time, as far as the story has come."""

    def __init__(self, root: Path, days: Days) -> None:
        self.root = root
        self.days = days
        self.clock = Clock(days.now - timedelta(days=400))
        there = ledger_place(root, begin=True)
        self.place: LedgerPlace = replace(there, ledger=Ledger(there.ledger.store, self.clock, "Meridian"))
        self.ids: dict[str, str] = {}
        """The id that each record of the story got."""
        self.look()

    def look(self) -> None:
        """Read the workspace again, as it has changed."""
        self.workspace = opening.opened(self.root)
        self._desk = desk_of(self.place, self.workspace, self.clock())

    def tell(self, happenings: Iterable[Happening]) -> None:
        """Let everything happen in the order of time."""
        for one in sorted(happenings, key=lambda one: one.at):
            self.clock.reach(one.at)
            one.act()

    @property
    def desk(self) -> Desk:
        """What records are changed with."""
        return replace(self._desk, moment=self.clock())

    def register(self, key: str) -> Register:
        """Return a register."""
        return self._desk.registers.by_key[key]

    def perform(self, *actions: Action, by: str | Actor) -> Done:
        """Have somebody do something with records (S1)."""
        actor = self.desk.actor(by) if isinstance(by, str) else by
        done = self.desk.book.perform(actions, actor=actor, moment=self.clock())
        if done.refusals:
            raise StoryError(f"{actor.person}, {actions}: {'; '.join(map(str, done.refusals))}")
        return done

    def record(self, *evidence: Evidence) -> None:
        """Record what was measured."""
        self.place.ledger.record_evidence(*evidence)

    def digest(self, name: str) -> str:
        """Return the digest that a definition has at this time."""
        return self.workspace.digest_of(name)

    def room(self) -> Room:
        """Return what gates are asked with."""
        return room_of(self.place, self.workspace, None, self.clock())

    def refused(self, act: Callable[[], object]) -> None:
        """Have somebody try what the engine refuses, which it keeps on record."""
        try:
            act()
        except RefusedError:
            return
        raise StoryError("what should be refused was done")
