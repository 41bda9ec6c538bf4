"""How does a register look as a board? A column for each state, a card for each record, and where each may move."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from lockgate.kernel.register import State
from lockgate.ledger.registers.entry import Entry
from lockgate.ledger.registers.showing.around import board
from lockgate.ledger.registers.showing.offer import Offered, offer
from lockgate.tower.registers.table import Row, columns_of, row
from lockgate.tower.seeing.shown import Names, names_of
from lockgate.tower.seeing.sight import Sight

CARDS: Final = 60
_ON_A_CARD: Final = ("severity", "priority", "owner", "due_at")


@dataclass(frozen=True)
class Move:
    """One step that a card offers."""

    step: str
    title: str
    to: str
    plain: bool
    """True when it needs nothing more than to be taken, so that a card may simply be moved."""


@dataclass(frozen=True)
class Card:
    """One record."""

    row: Row
    moves: tuple[Move, ...]

    @property
    def drops(self) -> str:
        """Which step takes the card to which column, as the page's script reads it."""
        return json.dumps({one.to: one.step for one in reversed(self.moves) if one.plain})


@dataclass(frozen=True)
class Pile:
    """The cards of one state."""

    state: State
    count: int
    cards: tuple[Card, ...]
    """The first ones; the table has all."""


def piles(found: Iterable[Entry], register_key: str, sight: Sight) -> tuple[Pile, ...]:
    """Return records by state."""
    register, names = sight.known.registers[register_key], names_of(sight.desk.workspace)
    return tuple(
        Pile(one.state, len(one.entries), tuple(_card(entry, sight, names) for entry in one.entries[:CARDS]))
        for one in board(found, register)
    )


def is_plain(one: Offered) -> bool:
    """Return whether a step needs nothing more than to be taken."""
    return not (one.step.reason or one.asks or one.ballot)


def _card(entry: Entry, sight: Sight, names: Names) -> Card:
    register = sight.known.registers[entry.register]
    columns = [one for one in columns_of(register) if one.key in _ON_A_CARD]
    steps = () if sight.when else offer(entry, sight.watcher, sight.known, sight.desk.moment).steps
    moves = (Move(one.step.key, one.step.title, one.step.target, is_plain(one)) for one in steps if one.may)
    return Card(row(entry, columns, sight, names), tuple(moves))
