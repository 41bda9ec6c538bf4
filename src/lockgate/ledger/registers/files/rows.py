"""What does a row say? Its values, tags, links and version; what its cells can't be is told with their addresses."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from lockgate.kernel.register import Field, Register
from lockgate.ledger.record import Event
from lockgate.ledger.registers.action import Actor
from lockgate.ledger.registers.engine import Draft
from lockgate.ledger.registers.entry import Entry, Link
from lockgate.ledger.registers.files.cells import unguarded, value_of
from lockgate.ledger.registers.files.exporting import (
    COMMENTS,
    COMMENTS_FIELD,
    ID,
    LINKS,
    LINKS_FIELD,
    STATE,
    VERSION,
    comments_of,
)
from lockgate.ledger.registers.files.table import Cell, CellFinding, Table, filled
from lockgate.ledger.registers.known import Known
from lockgate.ledger.registers.values import Unfit, fit


@dataclass
class Reading:
    """One sheet while it is read row by row, each on what the rows before made."""

    table: Table
    register: Register
    actor: Actor
    moment: datetime
    draft: Draft
    columns: Mapping[str, int]
    """Where each field, or one of our own columns, stands."""
    quoted: bool
    """Whether texts have the quote of CSV before what looks like a formula."""
    findings: list[CellFinding] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    seen: dict[str, int] = field(default_factory=dict)

    @property
    def known(self) -> Known:
        """What is known once the rows before have happened."""
        return self.draft.known

    def tell(self, row: int, key: str, code: str, message: str, hint: str) -> None:
        """Tell what is wrong in the cell of a field, or of one of our own columns."""
        column = self.columns.get(key, self.columns.get(ID, 0)) + 1
        self.findings.append(CellFinding(row, column, self.table.sheet, code, message, hint))


def values(row: int, cells: tuple[Cell, ...], reading: Reading) -> dict[str, Any]:
    """Return the values that a row gives to fields."""
    found: dict[str, Any] = {}
    for one in reading.register.fields:
        if one.key in reading.columns:
            try:
                found[one.key] = fit(_read(one.key, cells, one, reading), one, reading.known)
            except Unfit as error:
                reading.tell(row, one.key, "bad-value", f"{one.title}: {error.what}", error.do)
    return found


def several(row: int, of: Field, cells: tuple[Cell, ...], reading: Reading) -> list[str] | None:
    """Return the texts of a cell, None when there is no such column."""
    if of.key not in reading.columns:
        return None
    try:
        return list(_read(of.key, cells, of, reading) or [])
    except Unfit as error:
        reading.tell(row, of.key, "bad-value", error.what, error.do)
        return None


def links(row: int, cells: tuple[Cell, ...], reading: Reading) -> list[Link] | None:
    """Return the links of a row, None when there is no such column."""
    texts = several(row, LINKS_FIELD, cells, reading)
    for text in texts or ():
        if len(text.split()) != len(("relation", "to")):
            what = f"{text!r} is no link."
            reading.tell(row, LINKS, "bad-link", what, "Write the relation and what it goes to: `blocks GAP-2`.")
            return None
    return None if texts is None else list(dict.fromkeys(Link(*text.split()) for text in texts))


def same_state(row: int, cells: tuple[Cell, ...], state: str, reading: Reading) -> None:
    """Tell where a row has another state than the record."""
    given = own(STATE, cells, reading)
    if filled(given) and given != state:
        what = f"The state is {state!r} here and {given!r} in the file."
        reading.tell(row, STATE, "state-in-file", what, "Take a step instead: `lockgate register do`.")  # I3


def same_comments(row: int, cells: tuple[Cell, ...], entry: Entry | None, reading: Reading) -> None:
    """Tell where a row has a comment that the record does not have."""
    there = comments_of(entry) if entry else []
    for text in several(row, COMMENTS_FIELD, cells, reading) or ():
        if text not in there:
            what = f"{text[:40]!r} is no comment that is on record."
            reading.tell(row, COMMENTS, "comment-in-file", what, "Say it instead: `lockgate register comment`.")  # I6


def version(row: int, cells: tuple[Cell, ...], reading: Reading) -> int:
    """Return the version that a row was made from; tell where it does not say."""
    given = counted(own(VERSION, cells, reading))
    if given is not None:
        return given
    what = "The row changes a record and does not say which version was read."
    reading.tell(row, VERSION, "no-version", what, "Export it again, and change that file.")  # I2
    return 0


def counted(cell: Cell) -> int | None:
    """Return the whole number in a cell, None for anything else."""
    text = f"{cell:.15g}" if isinstance(cell, float) else str(cell or "").strip()
    return int(text) if text.isascii() and text.isdigit() and not isinstance(cell, bool) else None


def own(key: str, cells: tuple[Cell, ...], reading: Reading) -> Cell:
    """Return the cell of a field, or of one of our own columns; None where there is none."""
    place = reading.columns.get(key, len(cells))
    return cells[place] if place < len(cells) else None


def _read(key: str, cells: tuple[Cell, ...], one: Field, reading: Reading) -> Any:
    cell = own(key, cells, reading)
    return value_of(unguarded(cell) if reading.quoted and isinstance(cell, str) else cell, one)
