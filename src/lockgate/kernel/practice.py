"""What must a practice offer so that Lockgate finds it? One `Practice` object behind an entry point."""

from dataclasses import dataclass, field

ENTRY_POINT = "lockgate.practices"


@dataclass(frozen=True)
class Command:
    """A verb of the command line, named before its module is imported."""

    name: str
    summary: str
    target: str
    """`package.module:attribute` of a Typer application or of a function."""


@dataclass(frozen=True)
class Practice:
    """One discipline of the rollout and the faces it shows."""

    name: str
    answers: str
    """The question this practice answers, in one sentence."""
    commands: tuple[Command, ...] = field(default=())
