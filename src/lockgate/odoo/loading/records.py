"""What is a record in rows of cells? The rule for each row, and why a row is turned away before anything is sent.

R1  A row with something in `id` begins a record. A name without a module belongs to the module `lockgate`.
R2  A row without an id carries on the record above it, when only its one2many cells hold something (as Odoo reads it).
R3  Any other row without an id is turned away, and so is the second record with the same id: sent, it would overwrite
    the first without a word.
R4  Cells travel as texts, in the forms that Odoo's import reads; numbers in full (7.7e-05 would be refused).
"""

import base64
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from lockgate.odoo.external_ids import OWN_MODULE, qualified

Cells = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """One record to load: the row that begins it and those that carry it on."""

    number: int
    """The row that begins it, counted from 1 below the header."""
    external_id: str
    """With its module; empty when the row has none."""
    rows: tuple[Cells, ...]


@dataclass(frozen=True, slots=True)
class Reject:
    """A record that was not loaded, and why."""

    row: int
    external_id: str
    reason: str
    field: str = ""


@dataclass(frozen=True)
class Layout:
    """What the columns are: where the id is, and which cells belong to lines of one2many fields."""

    columns: tuple[str, ...]
    line_columns: frozenset[int] = frozenset()
    """Positions of the columns of one2many fields."""
    module: str = OWN_MODULE

    @property
    def id_column(self) -> int:
        """The position of the external id."""
        return self.columns.index("id")

    def carries_on(self, cells: Cells) -> bool:
        """Return True when the row holds nothing but lines of the record above (R2)."""
        filled = {position for position, cell in enumerate(cells) if cell}
        return bool(filled) and filled <= self.line_columns


def records_in(rows: Iterable[Sequence[Any]], layout: Layout) -> Iterator[Record]:
    """Yield the records in these rows, those that will be turned away too."""
    begun: list[Cells] = []
    begun_at = 0
    for number, row in enumerate(rows, 1):
        cells = tuple([cell if isinstance(cell, str) else cell_text(cell) for cell in row])
        if begun and layout.line_columns and len(cells) == len(layout.columns) and layout.carries_on(cells):
            begun.append(cells)
            continue
        if begun:
            yield _record(begun_at, begun, layout)
        begun, begun_at = [cells], number
    if begun:
        yield _record(begun_at, begun, layout)


def _record(number: int, rows: Sequence[Cells], layout: Layout) -> Record:
    named = rows[0][layout.id_column].strip() if layout.id_column < len(rows[0]) else ""
    return Record(number, qualified(named, module=layout.module) if named else "", tuple(rows))


class Entrance:
    """Turns away what must not be sent; remembers the ids that came by."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._seen: dict[str, int] = {}

    def fault(self, record: Record) -> Reject | None:
        """Return why the record is turned away, None when it may pass."""
        reason = self._reason(record)
        if reason is None:
            self._seen[record.external_id] = record.number
            return None
        return Reject(record.number, record.external_id, reason, "" if len(record.rows[0]) != self._width else "id")

    @property
    def _width(self) -> int:
        return len(self._layout.columns)

    def _reason(self, record: Record) -> str | None:
        if len(record.rows[0]) != self._width:
            return f"The row has {len(record.rows[0])} cells, the header has {self._width} columns."
        if not record.external_id:
            return "The row has no external id, so a second run would make a second record."
        if " " in record.external_id:
            return f"The external id {record.external_id!r} holds a space; Odoo allows none."
        if record.external_id in self._seen:
            return f"Row {self._seen[record.external_id]} has the same external id."
        return None


def cell_text(value: Any) -> str:
    """Return the cell as Odoo's import reads it, empty for nothing (R4)."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    for kind, write in _FORMS:
        if isinstance(value, kind):
            return write(value)
    return str(value)


def _number(value: float | Decimal) -> str:
    return "" if value != value else format(Decimal(str(value)), "f")  # noqa: PLR0124  (not a number: an empty cell)


def _moment(value: datetime) -> str:
    inside = value.astimezone(UTC) if value.tzinfo else value
    return inside.strftime("%Y-%m-%d %H:%M:%S")


_FORMS: tuple[tuple[Any, Callable[[Any], str]], ...] = (
    (bool, lambda value: "1" if value else "0"),
    ((float, Decimal), _number),
    (datetime, _moment),  # before date: a datetime is a date too
    (date, date.isoformat),
    (bytes, lambda value: base64.b64encode(value).decode()),
    ((list, tuple, set, frozenset), lambda value: ",".join(map(cell_text, value))),
)
