"""What is known of one record of a register, and of all of them together? Plain frozen data, made from events."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from lockgate.kernel.canonical import digest

ID = re.compile(r"([A-Z][A-Z0-9]{0,7})-([1-9][0-9]{0,8})")
"""The id of a record, like GAP-12."""


@dataclass(frozen=True, order=True)
class Link:
    """That one record has to do with another, or with something that the workspace declares (`scenario:otc-01`)."""

    relation: str
    to: str


@dataclass(frozen=True)
class Comment:
    """What somebody said about it."""

    by: str
    at: datetime
    text: str


@dataclass(frozen=True)
class Vote:
    """One person's yes or no to a transition that needs several."""

    transition: str
    by: str
    at: datetime
    yes: bool
    reason: str = ""


@dataclass(frozen=True)
class Change:
    """Who brought a record to a version, and which fields that touched."""

    version: int
    by: str
    at: datetime
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Step:
    """One transition that was taken."""

    transition: str
    source: str
    target: str
    by: str
    at: datetime
    reason: str = ""
    votes: tuple[Vote, ...] = ()
    """All that were cast, dissent too."""

    @property
    def takers(self) -> tuple[str, ...]:
        """Everybody who wanted it."""
        return tuple(dict.fromkeys([*(vote.by for vote in self.votes if vote.yes), self.by]))


@dataclass(frozen=True)
class Entry:
    """One record of a register, as the events up to a number made it."""

    register: str
    id: str
    state: str
    values: Mapping[str, Any]
    version: int
    """Counts what changed fields or state; who writes says which version was read."""
    raised_by: str
    raised_at: datetime
    since: datetime
    """When it came into its state."""
    number: int
    """Of the last event in the ledger that touched it."""
    changes: tuple[Change, ...]
    heard: Mapping[str, datetime]
    """When each person last did something with it."""
    owners: tuple[str, ...] = ()
    """Everybody who ever owned it."""
    steps: tuple[Step, ...] = ()
    votes: tuple[Vote, ...] = ()
    """Those that stand: a change of fields or state drops them."""
    comments: tuple[Comment, ...] = ()
    links: tuple[Link, ...] = ()
    linked_from: tuple[Link, ...] = ()
    """Who links here, with the relation as seen from there."""
    tags: tuple[str, ...] = ()
    numbers: tuple[int, ...] = ()
    """Of all events in the ledger that touched it, links from others too: its history is read there."""

    @property
    def owner(self) -> str:
        """The id of the person who owns it, empty for nobody."""
        return str(self.values.get("owner") or "")

    @property
    def changed_by(self) -> str:
        """Who last changed fields or state."""
        return self.changes[-1].by

    @property
    def changed_at(self) -> datetime:
        """When fields or state last changed."""
        return self.changes[-1].at

    @property
    def counted(self) -> int:
        """The number in its id."""
        return int(self.id.rpartition("-")[2])


@dataclass(frozen=True)
class Summary:
    """What the records of one register have, all of them together."""

    states: Mapping[str, int]
    """How many are in each state."""
    owners: frozenset[str]
    tags: frozenset[str]


@dataclass(frozen=True)
class Entries:
    """All records of all registers up to a number of the ledger."""

    by_id: Mapping[str, Entry] = field(default_factory=dict)
    number: int = 0
    """Of the last record of the ledger that was looked at."""
    strays: tuple[int, ...] = ()
    """Events that fit no record, by number: nothing is dropped without a trace."""
    highest: Mapping[str, int] = field(default_factory=dict)
    """By prefix, the highest number that an id has."""

    def of(self, register: str) -> Iterator[Entry]:
        """Yield the records of one register in the order of their ids."""
        return iter(self._by_register.get(register, ()))

    def next_id(self, prefix: str) -> str:
        """Return the id of the next record; ids are never used twice."""
        return f"{prefix}-{self.highest.get(prefix, 0) + 1}"

    def summary(self, register: str) -> Summary:
        """Return what the records of a register have, counted once for all who ask."""
        if register not in self._summaries:
            found = self._by_register.get(register, ())
            self._summaries[register] = Summary(
                Counter(one.state for one in found),
                frozenset(one.owner for one in found if one.owner),
                frozenset(tag for one in found for tag in one.tags),
            )
        return self._summaries[register]

    def digest_of(self, register: str) -> str:
        """Return the digest of what the records of a register say: fields, state and links, and no comments."""
        if register not in self._digests:
            self._digests[register] = digest({one.id: _said(one) for one in self.of(register)})
        return self._digests[register]

    def later(self, number: int, strays: tuple[int, ...], highest: Mapping[str, int]) -> "Entries":
        """Return the same records as of a later number, with what was worked out of them already."""
        after = replace(self, number=number, strays=strays, highest=highest)
        vars(after).update({name: value for name, value in vars(self).items() if name in _WORKED_OUT})
        return after

    @cached_property
    def _summaries(self) -> dict[str, Summary]:
        return {}

    @cached_property
    def _digests(self) -> dict[str, str]:
        return {}

    @cached_property
    def _by_register(self) -> Mapping[str, list[Entry]]:
        """Every register's records, sorted once for all who ask."""
        found: dict[str, list[Entry]] = {}
        for one in sorted(self.by_id.values(), key=lambda one: one.counted):
            found.setdefault(one.register, []).append(one)
        return found


_WORKED_OUT = {"_by_register", "_digests", "_summaries"}
"""What follows from the records alone."""


def _said(one: Entry) -> dict[str, Any]:
    return {
        "state": one.state,
        "values": one.values,
        "links": sorted(f"{link.relation} {link.to}" for link in one.links),
    }
