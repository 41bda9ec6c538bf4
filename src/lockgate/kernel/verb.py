"""How is long work done? As a verb that a worker carries out, that tells how far it is and can be taken up again.

B1  A verb is safe to run again from what it kept: whoever takes over from a worker that died starts with that.
B2  It asks often whether it is still wanted, by telling how far it is; then it is stopped there and nowhere else.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from lockgate.kernel.errors import LockgateError


class Stopped(LockgateError):
    """Somebody cancelled the work."""


class Lost(LockgateError):
    """The work was given to another worker, since this one had not been heard of; nothing more may be written."""


@dataclass(frozen=True)
class Verb:
    """Work that is asked for by name."""

    name: str
    """Like `ledger.verify`."""
    summary: str
    target: str
    """`package.module:function` that takes a `Doing` and the arguments by name, and returns an `Outcome`."""
    arguments: Mapping[str, str] = field(default_factory=dict)
    """Name → what it means."""
    writes: bool = False
    """True when it changes the world outside of the ledger."""
    right: str = ""
    """The operation of the policy that whoever asks for it needs beside `run.start`; empty where that is enough."""
    shown_at: str = ""
    """The page that shows what came of it, like `/template/plan/`."""


@dataclass(frozen=True)
class Outcome:
    """What came of the work."""

    ok: bool
    """False when the answer is no; a fault is an error instead."""
    says: str
    """In a line."""
    facts: Mapping[str, Any] = field(default_factory=dict)
    evidence: tuple[int, ...] = ()
    """The numbers of what it left in the ledger."""


class Doing(Protocol):
    """What a verb is given to work with."""

    @property
    def root(self) -> Path:
        """The workspace."""

    @property
    def person(self) -> str:
        """Who asked for it."""

    @property
    def state(self) -> Mapping[str, Any]:
        """What was kept by whoever had this work before (B1)."""

    def progress(self, done: int, total: int | None = None, unit: str = "") -> None:
        """Tell how far it is; raises when the work is not wanted any more (B2)."""

    def log(self, line: str) -> None:
        """Say something that people may want to read while they wait."""

    def keep(self, **state: Any) -> None:
        """Keep from where to go on (B1)."""
