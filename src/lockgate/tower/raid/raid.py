"""How do risks, assumptions, issues and dependencies stand together?

R1  Only what is open is shown, and of a long list what is due first.
R2  A risk stands in the matrix where its probability and its severity are declared to be; the order of the choices is
    the order of the axes. How grave a cell is, is how far it lies from the calm corner. What lacks one of both is told
    beside it, so that no risk is lost.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from lockgate.kernel.register import Kind, Register
from lockgate.ledger.registers.entry import Entry
from lockgate.tower.registers.finding import left
from lockgate.tower.registers.table import Row, columns_of, row
from lockgate.tower.seeing.shown import names_of
from lockgate.tower.seeing.sight import Sight

LISTS: Final = ("risk", "assumption", "issue", "dependency")
SHOWN: Final = 50
"""How many of a list are shown; the register has them all."""
_ACROSS, _UP = "severity", "probability"
_GRAVE, _WATCH = 0.7, 0.4
_COLUMNS: Final = ("state", "severity", "site", "owner", "due_at")


@dataclass(frozen=True)
class Cell:
    """Risks that are as probable and as severe as each other."""

    severity: str
    severity_title: str
    weight: str
    """`grave`, `watch` or `calm`."""
    risks: tuple[Row, ...]


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
    elsewhere: tuple[Row, ...]
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
    found = left(register, sight.known).entries
    shown = dict(zip([one.id for one in found], _rows(found, register, sight), strict=True))
    right, upper = list(across.choices), list(up.choices)

    def cell(band: str, column: str) -> Cell:
        here = [shown[one.id] for one in found if (one.values.get(_UP), one.values.get(_ACROSS)) == (band, column)]
        weight = _weight(upper.index(band), len(upper), right.index(column), len(right))
        return Cell(column, across.choices[column], weight, tuple(here))

    bands = [Band(one, up.choices[one], tuple(cell(one, column) for column in right)) for one in reversed(upper)]
    placed = {each.id for band in bands for one in band.cells for each in one.risks}
    return Matrix(
        tuple(across.choices.values()), tuple(bands), tuple(one for key, one in shown.items() if key not in placed)
    )


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
