"""What does a gate ask? Frozen types of the criterion language; the files that write it are read by `written`.

A criterion asks one question: of evidence (`Measured`), of a register (`Kept`), or several (`Every`, `Either`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from lockgate.kernel.comparison import Comparison
from lockgate.kernel.instance import Role
from lockgate.kernel.scope import Level


class Direction(StrEnum):
    """Where a series of values goes. A falling one never rises, and ends lower than it began."""

    FALLING = "falling"
    RISING = "rising"
    NOT_FALLING = "not-falling"
    NOT_RISING = "not-rising"


@dataclass(frozen=True, slots=True)
class Trend:
    """The last values of a measure, oldest first, go in one direction."""

    measure: str
    direction: Direction
    over: int


@dataclass(frozen=True, slots=True)
class Each:
    """The question is asked for everything that the workspace declares of a dimension; what is missing counts."""

    of: str
    where: tuple[Comparison, ...] = ()


@dataclass(frozen=True, slots=True)
class Measured:
    """A question to the evidence of one kind."""

    kind: str
    where: tuple[Comparison, ...] = ()
    at: Level | None = None
    """Whose evidence: that of the scope around the gate's own at this level; None for the gate's own scope."""
    each: tuple[Each, ...] = ()
    require: tuple[Comparison, ...] = ()
    last: int = 1
    fresh: timedelta | None = None
    current: bool = True
    """False when evidence counts although what it was measured from has changed."""
    trend: Trend | None = None

    @property
    def depth(self) -> int:
        """How many of the newest records are looked at."""
        return max(self.last, self.trend.over if self.trend else 1)

    @property
    def simple(self) -> bool:
        """True when the newest record alone is looked at, whatever it is."""
        return self.last == 1 and self.trend is None and not self.where


@dataclass(frozen=True, slots=True)
class Kept:
    """A question to the records of one register."""

    register: str
    where: tuple[Comparison, ...] = ()
    each: tuple[Each, ...] = ()
    require: tuple[Comparison, ...] = ()
    """Of `count`, the records that match, and `total`, all of them."""
    every: tuple[Comparison, ...] = ()
    """Of each record that matches; there must be one."""


@dataclass(frozen=True, slots=True)
class Every:
    """All of several questions."""

    parts: tuple["Ask", ...]


@dataclass(frozen=True, slots=True)
class Either:
    """At least one of several questions."""

    parts: tuple["Ask", ...]


Question = Measured | Kept | Every | Either


@dataclass(frozen=True, slots=True)
class Ask:
    """A question inside of a group, with what it is called there."""

    title: str
    question: Question


@dataclass(frozen=True, slots=True)
class Criterion:
    """One question that guards a gate, and whose it is."""

    key: str
    title: str
    question: Question
    owner: str = ""
    """The role that is to act while it is not met; empty for those who decide the gate."""
    why: str = ""
    do: str = ""
    """The command that helps, with `{site}` and the like to be filled in."""
    serves: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Decides:
    """Who may decide a gate, and how many different people it takes."""

    role: str
    quorum: int = 1


@dataclass(frozen=True, slots=True)
class Gate:
    """The criteria that guard a stage."""

    key: str
    stage: str
    level: Level
    title: str
    decides: Decides
    criteria: tuple[Criterion, ...] = ()
    objective: str = ""
    guards: tuple[Role, ...] = ()
    """Which instances nobody may write to while it is closed."""

    def criterion(self, key: str) -> Criterion | None:
        """Return the criterion of that key."""
        return next((criterion for criterion in self.criteria if criterion.key == key), None)


def questions(question: Question) -> Iterator[Measured | Kept]:
    """Return the questions that are asked of facts, inside of groups too."""
    if isinstance(question, Measured | Kept):
        yield question
    else:
        for part in question.parts:
            yield from questions(part.question)
