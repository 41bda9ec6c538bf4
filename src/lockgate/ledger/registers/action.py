"""What can somebody want with a record, and what comes of it? Actions go in, events or refusals come out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from lockgate.kernel.scope import Scope
from lockgate.ledger.record import Event


@dataclass(frozen=True)
class Grant:
    """A role that a person has, and for whom it holds."""

    role: str
    scope: Scope

    def __str__(self) -> str:
        return f"{self.role} ({self.scope})"


@dataclass(frozen=True)
class Actor:
    """Who acts: the id of a person, or of a verb that acts by itself, and what they are."""

    person: str
    grants: tuple[Grant, ...] = ()


@dataclass(frozen=True)
class Raise:
    """Put a new record into a register."""

    register: str
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Edit:
    """Change fields of the version that was read; None empties a field."""

    id: str
    version: int
    values: Mapping[str, Any]
    files: tuple[str, ...] = ()
    """The digests of files that were kept for it: the ledger is to know that it has them."""


@dataclass(frozen=True)
class Move:
    """Take a transition, or vote on one that needs several people."""

    id: str
    transition: str
    reason: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    """For the fields that the transition needs."""
    yes: bool = True
    """False to vote against."""
    version: int | None = None
    """The version that was read; None to act on whatever there is."""


@dataclass(frozen=True)
class Remark:
    """Say something about a record."""

    id: str
    text: str


@dataclass(frozen=True)
class Tie:
    """Link a record to another, or undo that."""

    id: str
    relation: str
    to: str
    undo: bool = False


@dataclass(frozen=True)
class Tag:
    """Put tags on a record, or take them off."""

    id: str
    tags: tuple[str, ...]
    undo: bool = False


Action = Raise | Edit | Move | Remark | Tie | Tag


@dataclass(frozen=True)
class Refusal:
    """One reason why not, and what to do about it."""

    code: str
    """A stable name, like `stale-version`."""
    what: str
    do: str
    field: str = ""
    """The field that it is about, if it is about one."""

    def __str__(self) -> str:
        return f"{self.what} {self.do}".rstrip()


@dataclass(frozen=True)
class Outcome:
    """What comes of an action: events, or every reason why there are none."""

    events: tuple[Event, ...] = ()
    refusals: tuple[Refusal, ...] = ()

    @property
    def done(self) -> bool:
        """True when it may happen."""
        return not self.refusals
