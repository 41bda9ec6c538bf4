"""What would be known once events have happened? Drafts of records, each at the cost of what its events touch."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from lockgate.ledger.record import Event
from lockgate.ledger.registers.action import Actor
from lockgate.ledger.registers.entry import Entry
from lockgate.ledger.registers.known import Known
from lockgate.ledger.registers.projection import changes


@dataclass(frozen=True)
class Drafted:
    """An event that is not in the ledger yet, as the projection reads it."""

    number: int
    at: datetime
    by: str
    kind: str
    payload: Mapping[str, Any]


class Draft:
    """What is known while actions are decided that rest on each other; those since `keep` can be taken back."""

    def __init__(self, known: Known, *, actor: Actor, moment: datetime) -> None:
        self._by_id = dict(known.entries.by_id)
        self.known = replace(known, entries=replace(known.entries, by_id=self._by_id))
        self._actor = actor
        self._moment = moment
        self._before = self.known
        self._replaced = dict[str, Entry | None]()

    def put(self, events: Iterable[Event]) -> None:
        """Let events happen."""
        entries = self.known.entries
        drafts = [
            Drafted(entries.number + place, self._moment, self._actor.person, one.kind, one.payload)
            for place, one in enumerate(events, start=1)
        ]
        changed = changes(drafts, entries)
        for key in changed.by_id:
            self._replaced.setdefault(key, self._by_id.get(key))
        self._by_id.update(changed.by_id)
        self.known = replace(self.known, entries=replace(changed, by_id=self._by_id))

    def keep(self) -> None:
        """Let what happened stand."""
        self._before = self.known
        self._replaced = {}

    def back(self) -> None:
        """Take back what happened since it was last kept."""
        for key, entry in self._replaced.items():
            if entry is None:
                del self._by_id[key]
            else:
                self._by_id[key] = entry
        self.known = self._before
        self._replaced = {}
