"""What does deciding need to know? Handed in by whoever asks: from the ledger, from memory, from a test.

F1  None says that nobody could look: such a register or dimension is not declared. It is never read as nothing found.
F2  Everything is as of one place in the ledger and one commit of the workspace.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from lockgate.gates.facts.history import History
from lockgate.kernel.evidence import Evidence
from lockgate.kernel.scope import Level, Scope

Values = Mapping[str, Any]


class Numbered(Protocol):
    """Evidence with its number in the ledger."""

    @property
    def number(self) -> int:
        """Its place in the ledger."""

    @property
    def evidence(self) -> Evidence:
        """What was measured."""


@dataclass(frozen=True, slots=True)
class Series:
    """All that was measured of one subject, newest last."""

    subject: Mapping[str, str]
    records: Sequence[Numbered]


@dataclass(frozen=True, slots=True)
class Declared:
    """Something that the workspace declares, with what is said of it there."""

    key: str
    values: Values = field(default_factory=dict)


class Facts(Protocol):
    """All that is known where and when a gate is asked."""

    def series(self, kind: str, scope: Scope) -> Sequence[Series]:
        """Return the evidence of exactly this scope, by subject."""

    def rows(self, register: str, scope: Scope) -> Sequence[Values] | None:
        """Return the records that touch the scope, each with `id` and `state` (F1)."""

    def keys(self, dimension: str, scope: Scope) -> Sequence[Declared] | None:
        """Return what is declared of a dimension in the scope (F1)."""

    def around(self, scope: Scope, level: Level) -> Sequence[Scope]:
        """Return the scopes of that level that hold this one."""

    def digest(self, name: str, scope: Scope) -> str | None:
        """Return the digest that an input has now; None when it is not there any more."""

    def history(self, gate: str, scope: Scope) -> History:
        """Return what people decided here."""


class People(Protocol):
    """Who may do what, as the workspace declares it and the tower gave it."""

    def holders(self, role: str, scope: Scope) -> Iterable[str]:
        """Return the people who have the role for the scope."""

    def known(self, person: str) -> bool:
        """Return whether somebody of that id is declared."""

    def bound(self, role: str, scope: Scope) -> Iterable[str]:
        """Return the people who have the role for the scope, and those who were lent it."""

    def given(self, role: str, scope: Scope) -> Mapping[str, int]:
        """Return who has the role only because the tower gave it, with the record that says so."""
