"""What has to be known of every record, to list, filter and relate them? Kept in memory, and growing with the ledger.

B1  A brief never changes; a longer ledger only adds. One that is another, as after an old backup, is read anew.
B2  What was measured of an input last is what that input is now, unless the workspace says so itself.
B3  Nobody waits long while another reads a long ledger for the first time: they are told how far that is.
"""

import threading
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from typing import Any, Final

from django.utils.translation import gettext as _

from lockgate.gates.facts.remembered import SEEN
from lockgate.kernel.errors import UsageError
from lockgate.kernel.scope import Scope
from lockgate.ledger import Head, Ledger, Record
from lockgate.ledger.artifacts import EXPUNGED, digests_in
from lockgate.ledger.evidence import RECORDED
from lockgate.ledger.registers import tables
from lockgate.ledger.registers.entry import Entries
from lockgate.tower.limits import StillReading

_PATIENCE_SECONDS: Final = 2
_RARE: Final = 20
"""Of how many records one must be of the series that are looked for, so that going over all of them is quicker."""
Identity = tuple[str, str, frozenset[tuple[str, str]]]
"""What a series has in common: kind, scope and subject."""


@dataclass(frozen=True, slots=True)
class Brief:
    """One record, as far as lists need it."""

    number: int
    at: str
    by: str
    kind: str
    """Of the evidence where it is evidence, else of the event."""
    scope: Scope | None = None
    subject: str = ""
    """What it is about, in words."""
    verdict: str = ""
    """Empty for what is no evidence."""
    entry: str = ""
    """The id of the record of a register that it is about."""
    inputs: Mapping[str, str] = field(default_factory=dict)
    identity: Identity | None = None
    """None for what is no evidence."""
    files: tuple[str, ...] = ()
    """The digests of the files that it names."""


@dataclass
class _Known:
    """All that was read of one ledger."""

    head: Head = field(default_factory=Head)
    rows: list[Brief] = field(default_factory=list)
    series: dict[Identity, list[int]] = field(default_factory=dict)
    last: dict[Identity, Brief] = field(default_factory=dict)
    """The newest evidence of each series."""
    named: dict[str, list[Identity]] = field(default_factory=dict)
    """By kind, by scope and by the key of a scope, the series that have it."""
    inputs: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    """By input, its digest each time that it was another than before."""
    databases: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    """By instance, the record that saw it, and the uuid of its database then."""
    files: dict[str, list[int]] = field(default_factory=dict)
    kinds: dict[str, dict[object, Brief]] = field(default_factory=dict)
    """By kind, the first record of each scope, and of each record of a register: whoever sees it sees the others."""
    said: dict[object, Any] = field(default_factory=dict)
    """What many records have in common, kept once for all of them: a million would not fit into memory else."""
    entries: Entries = field(default_factory=Entries)


class Briefs:
    """The records of one ledger in brief; may be shared between threads."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._lock = threading.Lock()
        self._known = _Known()
        self.blind: frozenset[str] = frozenset()
        """The ids of the records of which nobody is to see what was said so far; whoever asks says which."""

    def now(self) -> "Briefs":
        """Return the same, with all that was recorded since (B1, B3)."""
        if not self._lock.acquire(timeout=_PATIENCE_SECONDS):
            raise StillReading(self._known.head.number, self._ledger.head().number)
        try:
            known, head = self._known, self._ledger.head()
            if head != known.head:
                if not _goes_on(self._ledger, known.head, head):
                    known = self._known = _Known()
                onto = known.entries if known.entries.number else tables.kept_of(self._ledger, head.number)
                known.entries = tables.projected(self._ledger, onto, head.number)
                for record in self._ledger.records(known.head.number, head.number):
                    _add(known, record)
                    known.head = record.head
        finally:
            self._lock.release()
        return self

    @property
    def entries(self) -> Entries:
        """The records of all registers as they are now."""
        return self._known.entries

    def entries_at(self, number: int) -> Entries:
        """Return the records of all registers as they were at a number of the ledger."""
        now = self._known.entries
        return now if number >= now.number else tables.entries_of(self._ledger, number)

    @property
    def head(self) -> Head:
        """The last record that was read."""
        return self._known.head

    def newest_first(self, before: int) -> Iterator[Brief]:
        """Yield what stands before a number."""
        rows = self._known.rows
        for place in range(bisect_right(rows, before - 1, key=_number) - 1, -1, -1):
            yield rows[place]

    def newest_of(self, words: Iterable[str], fits: Callable[[Brief], bool], before: int) -> Iterator[Brief]:
        """Yield at least the evidence of the series that have these words and whose newest fits, the newest first.

        Words are kinds, scopes and keys of sites.
        """
        known = self._known
        named = [known.named.get(word, ()) for word in words]
        among = min(named, key=len) if named else list(known.last)
        there = [known.series[identity] for identity in among if fits(known.last[identity])]
        if sum(map(len, there)) * _RARE > len(known.rows):
            yield from self.newest_first(before)  # they are soon met: the others are left to whoever asks
            return
        for number in sorted(chain.from_iterable(there), reverse=True):
            if number < before:
                yield self.of(number)

    def of(self, number: int) -> Brief:
        """Return one record."""
        rows = self._known.rows
        place = bisect_right(rows, number, key=_number) - 1
        if place < 0 or rows[place].number != number:
            raise UsageError(
                _("There is no record {number}.").format(number=number),
                why=_("The ledger ends with record {number}.").format(number=self.head.number),
            )
        return rows[place]

    def series(self, brief: Brief, upto: int) -> Sequence[int]:
        """Return the numbers of all evidence of the same kind, scope and subject, the oldest first."""
        found = self._known.series.get(brief.identity, []) if brief.identity else []
        return found[: bisect_right(found, upto)]

    def newest(self, upto: int) -> Iterator[Brief]:
        """Yield the newest evidence of each series."""
        if upto >= self.head.number:
            yield from list(self._known.last.values())
            return
        for numbers in list(self._known.series.values()):
            place = bisect_right(numbers, upto)
            if place:
                yield self.of(numbers[place - 1])

    def is_newest(self, brief: Brief, upto: int) -> bool:
        """Return whether it is the last of its series."""
        return bool(brief.identity) and self.series(brief, upto)[-1] == brief.number

    def met(self, name: str, upto: int) -> str | None:
        """Return the digest that something had when it was last measured (B2)."""
        return _last(self._known.inputs.get(name, ()), upto)

    def database(self, instance: str, upto: int) -> str | None:
        """Return the uuid of the database behind an instance when it was last seen."""
        return _last(self._known.databases.get(instance, ()), upto)

    def seen(self, instance: str, upto: int) -> int | None:
        """Return the number of the record that saw an instance last."""
        return next((number for number, _ in reversed(self._known.databases.get(instance, [])) if number <= upto), None)

    def firsts(self) -> Mapping[str, Sequence[Brief]]:
        """Return by kind the first record of everything that decides who sees such records."""
        return {kind: tuple(firsts.values()) for kind, firsts in list(self._known.kinds.items())}

    def naming(self, digest: str) -> Sequence[int]:
        """Return the numbers of the records that name a file."""
        return tuple(self._known.files.get(digest, ()))


@cache
def briefs_of(ledger: Ledger) -> Briefs:
    """Return what is kept of a ledger for as long as the process lives."""
    return Briefs(ledger)


def _goes_on(ledger: Ledger, before: Head, head: Head) -> bool:
    return before.number <= head.number and (not before.number or ledger.record(before.number).hash == before.hash)


def _add(known: _Known, record: Record) -> None:
    brief = _evidence(record, known.said) if record.kind == RECORDED else brief_of(record)
    known.rows.append(brief)
    known.kinds.setdefault(brief.kind, {}).setdefault(_place(brief), brief)
    for digest in brief.files:
        known.files.setdefault(digest, []).append(brief.number)
    if brief.identity is None:
        return
    if brief.identity not in known.series and brief.scope is not None:
        for word in {brief.kind, str(brief.scope), brief.scope.key}:
            known.named.setdefault(word, []).append(brief.identity)
    known.series.setdefault(brief.identity, []).append(brief.number)
    known.last[brief.identity] = brief
    for name, digest in brief.inputs.items():
        met = known.inputs.setdefault(name, [])
        if not met or met[-1][1] != digest:
            met.append((brief.number, digest))
    instance = record.payload.get("instance")
    if brief.kind == SEEN and instance:
        known.databases.setdefault(str(instance["name"]), []).append((brief.number, str(instance["uuid"])))


def _evidence(record: Record, said: dict[object, Any]) -> Brief:
    """Return evidence in brief, made of what earlier records have said already."""
    payload = record.payload
    key = (payload["kind"], payload["scope"], tuple(payload["subject"].items()))
    series = said.get(key)
    if series is None:
        series = said[key] = _series(*key)
    kind, scope, about, identity = series
    inputs = said.setdefault(("inputs", tuple(payload["inputs"].items())), payload["inputs"])
    files = tuple(digests_in(payload)) if b'"artifact' in record.body else ()
    by = said.setdefault(payload["producer"], payload["producer"])
    verdict = said.setdefault(payload["verdict"], payload["verdict"])
    return Brief(record.number, record.at.isoformat(), by, kind, scope, about, verdict, "", inputs, identity, files)


def _series(kind: str, scope: str, subject: tuple[tuple[str, str], ...]) -> tuple[str, Scope, str, Identity]:
    """Return what the records of a series have in common: kind, scope, what they are about, identity."""
    about = ", ".join(f"{name} {value}" for name, value in subject)
    return kind, Scope.parse(scope), about, (kind, scope, frozenset(subject))


def _place(brief: Brief) -> object:
    """Return what decides who sees a record: its scope, what it is about, or the files that it names."""
    return (brief.identity is None, brief.scope or brief.entry or brief.files)


def brief_of(record: Record) -> Brief:
    """Return what lists need of a record."""
    if record.kind == RECORDED:
        return _evidence(record, {})
    said = record.payload
    files = tuple(digests_in(said)) if b'"artifact' in record.body else ()
    files = (str(said.get("digest")),) if record.kind == EXPUNGED else files
    entry = str(said.get("id", "")) if "register" in said else ""
    about = entry or str(said.get("gate") or said.get("person") or "")
    return Brief(
        record.number, record.at.isoformat(), record.by, record.kind, _scope(said), about, entry=entry, files=files
    )


def _scope(said: Mapping[str, Any]) -> Scope | None:
    """Return for whom an event says that it holds."""
    try:
        return Scope.parse(said["scope"])
    except (KeyError, ValueError, AttributeError):
        return None


def _number(brief: Brief) -> int:
    return brief.number


def _last(met: Sequence[tuple[int, str]], upto: int) -> str | None:
    return next((said for number, said in reversed(met) if number <= upto), None)
