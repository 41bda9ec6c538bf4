"""What have people said about a gate so far? Read from the ledger's events alone, in their order.

H1  The newest decision stands. A vote counts until a decision is taken, and a person's newest vote is theirs.
H2  A waiver counts until it expires; the newest one of a criterion is the one that counts.
H3  The conditions of the standing decision count, those of earlier ones no longer do.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol, Self

from lockgate.kernel.clock import moment_of, stamp
from lockgate.kernel.scope import Scope

VOTED = "gate.voted"
DECIDED = "gate.decided"
WAIVED = "gate.waived"
FULFILLED = "gate.condition-fulfilled"
EMERGENCY = "gate.emergency-signed"
REFUSED = "gate.refused"
KINDS = (VOTED, DECIDED, WAIVED, FULFILLED, EMERGENCY, REFUSED)


class Choice(StrEnum):
    """What a person may say of a gate."""

    GO = "go"
    CONDITIONAL = "conditional"
    NO_GO = "no-go"


class Entry(Protocol):
    """A record of the ledger."""

    @property
    def number(self) -> int:
        """Its place."""

    @property
    def kind(self) -> str:
        """What happened."""

    @property
    def payload(self) -> Mapping[str, Any]:
        """What is said of it."""


@dataclass(frozen=True)
class Condition:
    """What has to follow a conditional go, by when and by whom."""

    key: str
    text: str
    owner: str
    due: datetime
    criterion: str = ""
    """Fulfilled when this criterion is met; without one, when somebody other than its owner says so."""
    fulfilled: bool = False

    def as_dict(self) -> dict[str, Any]:
        """Return what stands in the ledger."""
        return {
            "key": self.key,
            "text": self.text,
            "owner": self.owner,
            "due": stamp(self.due),
            "criterion": self.criterion,
        }

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> Self:
        """Return what `as_dict` wrote."""
        return cls(said["key"], said["text"], said["owner"], moment_of(said["due"]), said["criterion"])


@dataclass(frozen=True)
class Vote:
    """What one person said, and on which state of the gate."""

    by: str
    choice: Choice
    reason: str
    standing: str
    """Digest of the criteria and their statuses: a vote counts for the state that it was cast on."""
    number: int = 0
    behalf: str = ""
    """For whom it was cast, when not for themselves."""
    conditions: tuple[Condition, ...] = ()
    role: str = ""
    """By which role it was cast; empty for a vote of before that was kept."""
    given: int = 0
    """The record that gave this role, 0 where it is declared."""
    lent: int = 0
    """The record that lent it to whoever voted, 0 where it was not."""

    def as_dict(self) -> dict[str, Any]:
        """Return what stands in the ledger."""
        return {
            "by": self.by,
            "choice": str(self.choice),
            "reason": self.reason,
            "standing": self.standing,
            "behalf": self.behalf,
            "conditions": [condition.as_dict() for condition in self.conditions],
            "role": self.role,
            "given": self.given,
            "lent": self.lent,
        }

    @classmethod
    def of(cls, said: Mapping[str, Any], number: int) -> Self:
        """Return what `as_dict` wrote."""
        conditions = tuple(Condition.of(condition) for condition in said["conditions"])
        return cls(
            said["by"],
            Choice(said["choice"]),
            said["reason"],
            said["standing"],
            number,
            said["behalf"],
            conditions,
            said.get("role", ""),
            said.get("given", 0),
            said.get("lent", 0),
        )


@dataclass(frozen=True)
class Decision:
    """The verdict of the people who may give it."""

    number: int
    choice: Choice
    votes: tuple[Vote, ...]
    conditions: tuple[Condition, ...]
    basis: Mapping[str, Any]
    """The commit, the ledger's head and the artifact that it was taken from."""
    saw: Mapping[str, Mapping[str, Any]]
    """Per criterion the status and the evidence numbers of that moment."""

    @property
    def dissent(self) -> tuple[Vote, ...]:
        """Return the votes that wanted something else."""
        return tuple(vote for vote in self.votes if vote.choice is not self.choice)


@dataclass(frozen=True)
class Waiver:
    """The acceptance of one criterion that is not met, for a time."""

    number: int
    criterion: str
    by: str
    owner: str
    """Who carries the risk."""
    reason: str
    until: datetime
    status: str
    """What the criterion was when it was waived."""


@dataclass(frozen=True)
class Signature:
    """One of the two signatures under an emergency permit."""

    number: int
    by: str
    reason: str
    until: datetime


@dataclass(frozen=True)
class History:
    """What was said of one gate for one scope."""

    votes: tuple[Vote, ...] = ()
    decision: Decision | None = None
    waivers: tuple[Waiver, ...] = ()
    signatures: tuple[Signature, ...] = ()

    def waiver(self, criterion: str, moment: datetime) -> Waiver | None:
        """Return the waiver that counts at that moment (H2)."""
        newest = next((waiver for waiver in reversed(self.waivers) if waiver.criterion == criterion), None)
        return newest if newest and newest.until > moment else None


NO_HISTORY = History()


@dataclass
class Histories:
    """The histories of all gates, kept up to date event by event."""

    found: dict[tuple[str, Scope], History] = field(default_factory=dict)

    def of(self, gate: str, scope: Scope) -> History:
        """Return what was said of a gate."""
        return self.found.get((gate, scope), NO_HISTORY)

    def add(self, entries: Iterable[Entry]) -> tuple[tuple[str, Scope], ...]:
        """Take in the events that concern gates, and return which gates that were."""
        touched = {}
        for entry in entries:
            if entry.kind in KINDS:
                gate = (entry.payload["gate"], Scope.parse(entry.payload["scope"]))
                self.found[gate] = after(self.found.get(gate, NO_HISTORY), entry)
                touched[gate] = True
        return tuple(touched)


def touched(entries: Iterable[Entry]) -> tuple[tuple[str, Scope], ...]:
    """Return the gates that events concern, each once."""
    said = (entry.payload for entry in entries if entry.kind in KINDS)
    return tuple(dict.fromkeys((one["gate"], Scope.parse(one["scope"])) for one in said))


def after(history: History, entry: Entry) -> History:
    """Return the history with one more event."""
    said, number = entry.payload, entry.number
    if entry.kind == VOTED:
        vote = Vote.of(said["vote"], number)
        others = tuple(cast for cast in history.votes if cast.by != vote.by)  # H1
        return replace(history, votes=(*others, vote))
    if entry.kind == DECIDED:
        return replace(history, votes=(), decision=_decision(said, number))
    if entry.kind == WAIVED:
        return replace(history, waivers=(*history.waivers, _waiver(said, number)))
    if entry.kind == EMERGENCY:
        signature = Signature(number, said["by"], said["reason"], moment_of(said["until"]))
        return replace(history, signatures=(*history.signatures, signature))
    if entry.kind == FULFILLED and history.decision is not None:
        return replace(history, decision=_fulfilled(history.decision, said["condition"]))
    return history


def _decision(said: Mapping[str, Any], number: int) -> Decision:
    return Decision(
        number,
        Choice(said["choice"]),
        tuple(Vote.of(vote, number) for vote in said["votes"]),
        tuple(Condition.of(condition) for condition in said["conditions"]),
        said["basis"],
        said["saw"],
    )


def _waiver(said: Mapping[str, Any], number: int) -> Waiver:
    until = moment_of(said["until"])
    return Waiver(number, said["criterion"], said["by"], said["owner"], said["reason"], until, said["status"])


def _fulfilled(decision: Decision, key: str) -> Decision:
    conditions: Sequence[Condition] = [
        replace(condition, fulfilled=condition.fulfilled or condition.key == key) for condition in decision.conditions
    ]
    return replace(decision, conditions=tuple(conditions))
