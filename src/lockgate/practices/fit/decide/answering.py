"""What is an answer to a claim? Held, not held or untold, with what was seen.

J1  Held, not held, or untold: who could not look never says that it holds, nor that it does not.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from lockgate.practices.fit.decide.facts import Part, Seen
from lockgate.workspace.frame.probes import Plain

MOST: Final = 3
"""How many differing values are told."""


class State(StrEnum):
    """What is known of a claim (J1)."""

    HELD = "held"
    NOT_HELD = "not held"
    UNTOLD = "could not look"


@dataclass(frozen=True)
class Answer:
    """What came of a probe."""

    state: State
    seen: str
    """What was seen, or why nobody could look."""


def yes(seen: str) -> Answer:
    """Return that it holds."""
    return Answer(State.HELD, seen)


def no(seen: str) -> Answer:
    """Return that it does not hold."""
    return Answer(State.NOT_HELD, seen)


def untold(why: str) -> Answer:
    """Return that nobody could look."""
    return Answer(State.UNTOLD, why)


def unread(seen: Seen, *parts: Part) -> Answer | None:
    """Return why nobody could look, None when all parts were read (J1)."""
    return next((untold(f"{part} can't be read: {seen.unread[part]}") for part in parts if part in seen.unread), None)


def same(value: Any, expected: Plain) -> bool:
    """Return whether a field holds what is expected; Odoo says False for an empty text."""
    if isinstance(value, list) and value and not isinstance(expected, bool):
        value = value[0] if isinstance(expected, int) else value[-1]  # a relation is its id and its name
    if isinstance(expected, bool):
        return bool(value) is expected
    return not isinstance(value, bool) and bool(value == expected)


def shown(value: object) -> str:
    """Return a value in words."""
    if isinstance(value, bool):
        return "on" if value else "off"
    return str(value[-1]) if isinstance(value, list) and value else str(value)


def counted(count: int, one: str, many: str) -> str:
    """Return a number of things in words."""
    return f"{count} {one if count == 1 else many}"


def tally(answers: Mapping[str, Answer]) -> dict[State, int]:
    """Return how many claims are in each state."""
    return {state: sum(1 for one in answers.values() if one.state is state) for state in State}
