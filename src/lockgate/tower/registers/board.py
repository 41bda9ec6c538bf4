"""How does a register look as a board? A column for each state, a card for each record, and where each may move.

D1  Cards are drawn by hand, as the rows of a table are. What stands in a record or an address goes through `escape`.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from lockgate.faces.web.templatetags.lockgate import day, icon
from lockgate.kernel.register import State
from lockgate.ledger.registers.entry import Entry
from lockgate.ledger.registers.showing.around import board
from lockgate.ledger.registers.showing.offer import Offered, offered
from lockgate.tower.registers.query import Query
from lockgate.tower.registers.table import Cell, Row, columns_of, row
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
    here = () if sight.when else [one for one in register.transitions if entry.state in one.source]
    steps = [offered(one, entry, sight.watcher, sight.known, sight.desk.moment) for one in here]
    moves = (Move(one.step.key, one.step.title, one.step.target, is_plain(one)) for one in steps if one.may)
    return Card(row(entry, columns, sight, names), tuple(moves))


def cards(found: Iterable[Pile], query: Query, token: str) -> list[tuple[Pile, SafeString]]:
    """Return piles with their cards drawn, whose forms carry a token against forgery (D1)."""
    pen = _Pen(query, token)
    return [(pile, mark_safe("".join(map(pen.card, pile.cards)))) for pile in found]  # noqa: S308 - D1


class _Pen:
    """Draws the cards of one board."""

    def __init__(self, query: Query, token: str) -> None:
        self._asked, self._then = escape(query.url()), escape(Query(when=query.when).url()) if query.when else ""
        self._token = f'<input type="hidden" name="csrfmiddlewaretoken" value="{escape(token)}">'
        self._move, self._late = escape(_("Move")), escape(_("late"))

    def card(self, card: Card) -> str:
        """Draw a record."""
        of = card.row
        at = f"/register/{escape(of.register)}/{escape(of.id)}/"
        about = "".join([f"<span>{self._cell(one, late=of.late)}</span> " for one in of.cells])
        moves = "".join([self._moved(one, of, at) for one in card.moves])
        head = f'<summary class="small">{self._move}</summary>'
        menu = f'<details class="menu left">{head}<div class="sheet">{moves}</div></details>'
        return (
            f'<li class="card" id="card-{escape(of.id)}" data-drops="{escape(card.drops)}">'
            f'<a href="{at}{self._then}"><code class="dim">{escape(of.id)}</code> {escape(of.title)}</a>'
            f'<p class="small dim about">{about}</p>'
            f"{menu if moves else ''}</li>\n"
        )

    def _cell(self, cell: Cell, *, late: bool) -> str:
        if not cell.moment:
            return ", ".join([escape(part.text) for part in cell.parts])
        due = day(cell.moment)
        said = f'<span class="state state-stale">{icon("clock")}{due}<span class="unseen">, {self._late}</span></span>'
        return said if late else str(due)

    def _moved(self, one: Move, of: Row, at: str) -> str:
        step, title = escape(one.step), escape(one.title)
        if not one.plain:
            return f'<a href="{at}#step-{step}">{title} …</a>'
        there = f"/register/{escape(of.register)}/board/{self._asked}"
        return (
            f'<form method="post" action="{at}do/{step}/" data-step="{step}">{self._token}'
            f'<input type="hidden" name="version" value="{of.version}">'
            f'<input type="hidden" name="next" value="{there}">'
            f'<button class="bare">{title}</button></form>'
        )
