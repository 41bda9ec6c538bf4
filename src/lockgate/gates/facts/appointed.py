"""Who has a role that the tower gave? Read from the ledger's events, so that it can be asked as of any moment.

O1  A role that was given counts from its beginning until it ends or is taken, for what its site holds, and not while
    the account of whoever has it is shut.
O2  A role that somebody gave themselves decides nothing.
O3  Who was lent a role is the deputy of whoever lent it, for that role and as far as it reaches, as long as that one
    has it. They do not hold it: one right is one vote, and a deputy can't pass it on.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from lockgate.gates.facts.history import Entry
from lockgate.kernel.clock import moment_of
from lockgate.kernel.scope import Level, Scope
from lockgate.workspace import Workspace

GIVEN: Final = "role.given"
TAKEN: Final = "role.taken"
SHUT: Final = "account.disabled"
OPENED: Final = "account.enabled"
KINDS: Final = (GIVEN, TAKEN, SHUT, OPENED)


class Acted(Entry, Protocol):
    """A record of the ledger, with who made it."""

    @property
    def by(self) -> str:
        """Who did it."""


@dataclass(frozen=True)
class Appointment:
    """A role that somebody was given or lent."""

    number: int
    """The record that says so."""
    person: str
    role: str
    scope: Scope
    begins: str
    ends: str
    """Empty when it has no end."""
    by: str
    lent_by: str

    def counts_at(self, moment: datetime) -> bool:
        """Return whether it has begun and has not ended (O1)."""
        return moment_of(self.begins) <= moment and (not self.ends or moment < moment_of(self.ends))


def appointments(records: Iterable[Acted], moment: datetime) -> tuple[Appointment, ...]:
    """Return the roles that count at a moment (O1, O2)."""
    there: dict[int, Appointment] = {}
    shut: set[str] = set()
    for record in records:
        said = record.payload
        if record.kind == GIVEN:
            there[record.number] = _appointment(record)
        elif record.kind == TAKEN:
            gone = _appointment(record)
            for number in [key for key, one in there.items() if _about(one) == _about(gone)]:
                del there[number]
        elif record.kind == SHUT:
            shut.add(said["person"])
        elif record.kind == OPENED:
            shut.discard(said["person"])
    return tuple(
        one
        for one in there.values()
        if one.counts_at(moment) and not {one.person, one.lent_by} & shut and (one.lent_by or one.by != one.person)
    )


def _appointment(record: Acted) -> Appointment:
    said = record.payload
    return Appointment(
        record.number,
        said["person"],
        said["role"],
        Scope.parse(said["scope"]),
        said["begins"],
        said.get("ends", ""),
        record.by,
        said.get("lent_by", ""),
    )


def _about(one: Appointment) -> tuple[str, str, Scope, str, str]:
    return (one.person, one.role, one.scope, one.begins, one.lent_by)


class _Declares(Protocol):
    """What the workspace says of people."""

    @property
    def workspace(self) -> Workspace:
        """All of it."""

    def holders(self, role: str, scope: Scope) -> tuple[str, ...]:
        """Return the people who are declared to have the role for the scope."""

    def known(self, person: str) -> bool:
        """Return whether somebody of that id is declared."""


@dataclass(frozen=True)
class Appointed:
    """Who may do what: as the workspace declares it, and as the tower gave it."""

    declared: _Declares
    there: tuple[Appointment, ...]

    def holders(self, role: str, scope: Scope) -> tuple[str, ...]:
        """Return the people who have the role for the scope."""
        return tuple(dict.fromkeys([*self.declared.holders(role, scope), *self.given(role, scope)]))

    def known(self, person: str) -> bool:
        """Return whether somebody of that id is declared."""
        return self.declared.known(person)

    def bound(self, role: str, scope: Scope) -> tuple[str, ...]:
        """Return the people who have the role for the scope, and those who were lent it: it binds them alike."""
        return tuple(dict.fromkeys([*self.holders(role, scope), *(person for _, person in self.lent(role, scope))]))

    def given(self, role: str, scope: Scope) -> Mapping[str, int]:
        """Return who has the role for the scope only because it was given, with the record that says so."""
        own = set(self.declared.holders(role, scope))
        reaching = (one for one in self.there if not one.lent_by and self._reaches(one, role, scope))
        return {one.person: one.number for one in reaching if one.person not in own}

    def lent(self, role: str, scope: Scope) -> Mapping[tuple[str, str], int]:
        """Return who may vote for whom since they were lent the role, with the record that says so (O3)."""
        reaching = (one for one in self.there if one.lent_by and self._reaches(one, role, scope))
        return {(one.lent_by, one.person): one.number for one in reaching}

    def _reaches(self, one: Appointment, role: str, scope: Scope) -> bool:
        """Return whether the role reaches all of a scope, as a declared one would (O1)."""
        if one.role != role:
            return False
        if one.scope.level is Level.PROGRAMME:
            return True
        workspace = self.declared.workspace
        if scope.level is Level.PROGRAMME or one.scope.key not in workspace.sites:
            return False
        return set(workspace.sites.within(one.scope.key)).issuperset(workspace.keys("site", scope))
