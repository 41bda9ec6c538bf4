"""Where are the facts while gates are asked? In memory, found by kind, scope and subject, as of any number.

Asking as of a number takes a search in each series.
"""

from bisect import bisect_right
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from lockgate.gates.facts.history import Histories, History
from lockgate.gates.facts.placed import Placed
from lockgate.gates.facts.wanted import Declared, Numbered, Series, Values
from lockgate.kernel.scope import PROGRAMME, Level, Scope

SEEN = "instance.seen"
DATABASE = "database:"
"""How the input is called that stands for the database behind an instance: `database:prod`, and its uuid."""
RECORDS = "records:"
"""How the input is called that stands for what the records of a register say: `records:requirement`."""

_Subject = frozenset[tuple[str, str]]


class Declarations(Protocol):
    """What the workspace says, as far as gates ask."""

    def keys(self, dimension: str, scope: Scope) -> Sequence[Declared] | None:
        """Return what is declared of a dimension in the scope, None when nothing declares it."""

    def around(self, scope: Scope, level: Level) -> Sequence[Scope]:
        """Return the scopes of that level that hold this one."""

    def digest(self, name: str, scope: Scope) -> str | None:
        """Return the digest that an input has now."""

    def declares(self, name: str) -> bool:
        """Return whether an input of that name is the workspace's, so that it is gone when it has no digest there."""


class Records(Protocol):
    """The records of all registers."""

    def digest_of(self, register: str) -> str:
        """Return the digest of what the records of a register say."""


@dataclass
class Index:
    """All evidence, by kind, scope and subject."""

    found: dict[tuple[str, Scope], dict[_Subject, Series]] = field(default_factory=dict)
    databases: dict[str, tuple[tuple[int, str], ...]] = field(default_factory=dict)
    """By instance, the uuid of its database each time that it was another than before."""
    inputs: dict[str, tuple[tuple[int, str], ...]] = field(default_factory=dict)
    """By what was measured, its digest each time that it was another than before."""

    @classmethod
    def of(cls, records: Iterable[Numbered]) -> "Index":
        """Return the index of records in any order."""
        index = cls()
        for record in sorted(records, key=_number):
            index.add(record)
        return index

    def add(self, record: Numbered) -> None:
        """Take in a record that is newer than all others."""
        self.note(record)
        evidence = record.evidence
        subjects = self.found.setdefault((evidence.kind, evidence.scope), {})
        subject = frozenset(evidence.subject.items())
        series = subjects.get(subject)
        records = (*series.records, record) if series else (record,)
        subjects[subject] = Series(series.subject if series else evidence.subject, records)

    def note(self, record: Numbered) -> None:
        """Take in only what a record that is newer than all others was measured from."""
        evidence = record.evidence
        if evidence.kind == SEEN and evidence.instance is not None:
            _note(self.databases, evidence.instance.name, record.number, evidence.instance.uuid)
        for name, digest in evidence.inputs.items():
            _note(self.inputs, name, record.number, digest)

    def and_then(self, records: Iterable[Numbered], kinds: Container[str]) -> "Index":
        """Return an index with newer records too; of other kinds, only what they were measured from.

        This one stays as it is, so that it can be asked meanwhile; what no record touches is shared.
        """
        newer = Index(dict(self.found), dict(self.databases), dict(self.inputs))
        for record in records:
            about = (record.evidence.kind, record.evidence.scope)
            if record.evidence.kind not in kinds:
                newer.note(record)
                continue
            if newer.found.get(about) is self.found.get(about):
                newer.found[about] = dict(self.found.get(about, {}))
            newer.add(record)
        return newer

    def series(self, kind: str, scope: Scope, upto: int | None = None) -> list[Series]:
        """Return what is on record of a kind and a scope, as of a number or of now, in the order of the newest records.

        That order is the same however much is known of what was before.
        """
        series = list(self.found.get((kind, scope), {}).values())
        if upto is not None:
            then = (Series(one.subject, one.records[: bisect_right(one.records, upto, key=_number)]) for one in series)
            series = [one for one in then if one.records]
        return sorted(series, key=_newest) if len(series) > 1 else series

    def database(self, instance: str, upto: int | None = None) -> str | None:
        """Return the uuid of the database behind an instance when it was last seen."""
        return _last(self.databases.get(instance, ()), upto)

    def input(self, name: str, upto: int | None = None) -> str | None:
        """Return the digest that something had when it was last measured."""
        return _last(self.inputs.get(name, ()), upto)


@dataclass
class Remembered:
    """Facts in memory."""

    index: Index
    declarations: Declarations
    registers: Mapping[str, Sequence[Values]] = field(default_factory=dict)
    histories: Histories = field(default_factory=Histories)
    upto: int | None = None
    records: Records | None = None
    """The records of registers, for what was measured from them."""

    def series(self, kind: str, scope: Scope) -> Sequence[Series]:
        """Return the evidence of exactly this scope, by subject."""
        return self.index.series(kind, scope, self.upto)

    def rows(self, register: str, scope: Scope) -> Sequence[Values] | None:
        """Return the records that touch the scope; one that names no site touches every scope."""
        rows = self.registers.get(register)
        if rows is None or scope == PROGRAMME:
            return rows
        placed = rows if isinstance(rows, Placed) else Placed(rows)
        return placed.touching(frozenset(one.key for one in self.keys("site", scope) or ()))

    def keys(self, dimension: str, scope: Scope) -> Sequence[Declared] | None:
        """Return what is declared of a dimension in the scope."""
        return self.declarations.keys(dimension, scope)

    def around(self, scope: Scope, level: Level) -> Sequence[Scope]:
        """Return the scopes of that level that hold this one."""
        return (scope,) if scope.level is level else self.declarations.around(scope, level)

    def digest(self, name: str, scope: Scope) -> str | None:
        """Return the digest that an input has now, or the uuid of the database that an instance is.

        Records of a register have that of what they say. What the workspace does not declare, like a file of an old
        system, is what it was when it was last measured.
        """
        if name.startswith(RECORDS) and self.records is not None:
            return self.records.digest_of(name.removeprefix(RECORDS))
        found = self.declarations.digest(name, scope)
        if found is None and name.startswith(DATABASE):
            return self.index.database(name.removeprefix(DATABASE), self.upto)
        if found is None and not self.declarations.declares(name):
            return self.index.input(name, self.upto)
        return found

    def history(self, gate: str, scope: Scope) -> History:
        """Return what people decided here."""
        return self.histories.of(gate, scope)


def _number(record: Numbered) -> int:
    return record.number


def _newest(series: Series) -> int:
    return series.records[-1].number


def _note(changes: dict[str, tuple[tuple[int, str], ...]], name: str, number: int, said: str) -> None:
    before = changes.get(name, ())
    if not before or before[-1][1] != said:
        changes[name] = (*before, (number, said))


def _last(met: Sequence[tuple[int, str]], upto: int | None) -> str | None:
    return next((said for number, said in reversed(met) if upto is None or number <= upto), None)
