"""How do risks, assumptions, issues and dependencies stand together?

R1  Only what is open is shown, and of a long list what is due first.
R2  A risk stands in the matrix where its probability and its severity are declared to be; the order of the choices is
    the order of the axes. How grave a cell is, is how far it lies from the calm corner. What lacks one of both is told
    beside it, so that no risk is lost.
R3  Of many risks in one place the first are named, what is due first first; it is said how many more there are, with
    the way to all of them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from lockgate.kernel.register import Kind, Register
from lockgate.ledger.registers.entry import Entry
from lockgate.tower.registers.finding import DUE, left
from lockgate.tower.registers.query import Query
from lockgate.tower.registers.table import Row, columns_of, row
from lockgate.tower.seeing.shown import names_of
from lockgate.tower.seeing.sight import Sight

LISTS: Final = ("risk", "assumption", "issue", "dependency")
SHOWN: Final = 50
"""How many of a list are shown; the register has them all."""
IN_A_CELL: Final = 12
"""How many risks of one place are named."""
_ACROSS, _UP = "severity", "probability"
_GRAVE, _WATCH = 0.7, 0.4
_COLUMNS: Final = ("state", "severity", "site", "owner", "due_at")


@dataclass(frozen=True)
class Few:
    """Risks of one place: the first of them, and how many there are beside (R3)."""

    rows: tuple[Row, ...]
    more: int
    url: str
    """Where all of them are."""


@dataclass(frozen=True)
class Cell:
    """Risks that are as probable and as severe as each other."""

    severity: str
    severity_title: str
    weight: str
    """`grave`, `watch` or `calm`."""
    risks: Few


@dataclass(frozen=True)
class Band:
    """One row of the matrix."""

    probability: str
    title: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Matrix:
    """Open risks by probability and severity (R2)."""

    across: tuple[str, ...]
    bands: tuple[Band, ...]
    """The most probable first."""
    elsewhere: Few
    """Risks that lack one of both."""


@dataclass(frozen=True)
class Part:
    """One of the four lists."""

    register: Register
    rows: tuple[Row, ...]
    """The first of them."""
    count: int
    late: int


def matrix(sight: Sight) -> Matrix | None:
    """Return the matrix of risks, None where the register has no such fields."""
    register = sight.known.registers.get("risk")
    across, up = (register.field(_ACROSS), register.field(_UP)) if register else (None, None)
    if register is None or across is None or up is None or {across.kind, up.kind} != {Kind.CHOICE}:
        return None
    right, upper = list(across.choices), list(up.choices)
    there: dict[tuple[str, str] | None, list[Entry]] = {}
    for one in left(register, sight.known).entries:
        place = (str(one.values.get(_UP)), str(one.values.get(_ACROSS)))
        there.setdefault(place if place[0] in upper and place[1] in right else None, []).append(one)

    def cell(band: str, column: str) -> Cell:
        weight = _weight(upper.index(band), len(upper), right.index(column), len(right))
        asked = (f'{_UP} = "{band}"', f'{_ACROSS} = "{column}"')
        return Cell(column, across.choices[column], weight, _few(there.get((band, column), ()), register, sight, asked))

    bands = [Band(one, up.choices[one], tuple(cell(one, column) for column in right)) for one in reversed(upper)]
    return Matrix(tuple(across.choices.values()), tuple(bands), _few(there.get(None, ()), register, sight))


def _few(found: Sequence[Entry], register: Register, sight: Sight, where: tuple[str, ...] = ()) -> Few:
    """Return the first of some risks, and where all of them are (R3)."""
    rows, more = _rows(found[:IN_A_CELL], register, sight), max(0, len(found) - IN_A_CELL)
    open_ones = tuple(one.key for one in register.states if one.open)
    asked = Query(state=open_ones, where=where, sort=(DUE,), when=sight.when)
    return Few(tuple(rows), more, f"/register/{register.key}/{asked.url()}")


def parts(sight: Sight) -> tuple[Part, ...]:
    """Return the four lists, what is due first first (R1)."""
    found = []
    for key in LISTS:
        register = sight.known.registers.get(key)
        if register is not None:
            there = left(register, sight.known)
            rows = tuple(_rows(there.entries[:SHOWN], register, sight))
            found.append(Part(register, rows, len(there.entries), there.late(sight.desk.moment)))
    return tuple(found)


def _rows(found: Iterable[Entry], register: Register, sight: Sight) -> list[Row]:
    columns, names = [one for one in columns_of(register) if one.key in _COLUMNS], names_of(sight.desk.workspace)
    return [row(one, columns, sight, names) for one in found]


def _weight(band: int, bands: int, column: int, columns: int) -> str:
    share = (band / max(1, bands - 1) + column / max(1, columns - 1)) / 2
    return "grave" if share >= _GRAVE else "watch" if share >= _WATCH else "calm"
