"""How does a value look in a cell, and what does a cell say? Each way undoes the other.

X1  In CSV a text that a spreadsheet might take for a formula has a single quote before it; reading takes it off again.
X2  Several values stand in one cell, with semicolons between them; a backslash keeps one that belongs to a value.
X3  A cell that holds another kind of thing than its field (a number where a text should be) is a finding: a spreadsheet
    has perhaps changed it already, as 007 into 7.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import Any, Final

from lockgate.kernel.register import Field, Kind
from lockgate.ledger.registers.files.table import Cell
from lockgate.ledger.registers.values import Unfit

_DANGER: Final = re.compile(r"['\s]*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
_NUMBER: Final = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?")
_FIRST_SURE_DATE: Final = date(1900, 3, 1)
"""Spreadsheets believe in a 29th of February 1900."""
_KEPT_SPACE: Final = {Kind.TEXT, Kind.LONG_TEXT}


def guarded(text: str) -> str:
    """Return the text so that no spreadsheet takes it for a formula (X1)."""
    return f"'{text}" if _DANGER.match(text) else text


def unguarded(text: str) -> str:
    """Return the text that `guarded` was given."""
    return text[1:] if text.startswith("'") and _DANGER.match(text[1:]) else text


def dangerous(text: str) -> bool:
    """Return whether a spreadsheet might take a text for a formula."""
    return _DANGER.match(text) is not None


def cell_of(value: Any, field: Field) -> Cell:
    """Return what a typed cell holds for a value."""
    if value is None:
        return None
    if field.several:
        return ";".join(_kept(_text_of(item)) for item in value)
    if field.kind is Kind.DATE and value >= _FIRST_SURE_DATE.isoformat():
        return date.fromisoformat(value)
    if field.kind in {Kind.NUMBER, Kind.MONEY}:
        exact: Cell = value if float(f"{value:.15g}") == value else repr(value)
        return exact
    return _text_of(value)


def text_of(value: Any, field: Field) -> str:
    """Return what a cell of a CSV file holds for a value."""
    cell = cell_of(value, field)
    if cell is None:
        return ""
    if field.kind in {Kind.NUMBER, Kind.MONEY} and not field.several:
        return repr(value)
    return guarded(cell) if isinstance(cell, str) else str(cell)


def value_of(cell: Cell, field: Field) -> Any:
    """Return the value that a cell gives to a field, or raise `Unfit` (X3)."""
    if cell is None or cell == "":
        return None
    if field.several:
        if not isinstance(cell, str):
            return [_single(cell, field)]
        return [_single(item, field) for item in _split(cell)]
    return _single(cell, field)


def _single(cell: Cell, field: Field) -> Any:
    if isinstance(cell, str) and field.kind not in _KEPT_SPACE:
        cell = cell.strip()
    return _READ.get(field.kind, _read_text)(cell)


def _read_text(cell: Cell) -> str:
    if not isinstance(cell, str):
        raise Unfit(f"{_shown(cell)} is no text here.", "Format the column as text, and write it again.")
    return cell


def _read_number(cell: Cell) -> Any:
    if isinstance(cell, str):
        if not _NUMBER.fullmatch(cell):
            raise Unfit(f"{cell!r} is no number.", "Write digits, with a point before decimals and nothing else.")
        return float(cell) if re.search(r"[.eE]", cell) else int(cell)
    return cell


def _read_date(cell: Cell) -> str:
    if isinstance(cell, datetime):
        if cell.time() != time():
            raise Unfit(f"{cell} is more than a date.", "Leave the time out.")
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return _read_text(cell)


def _read_yes_no(cell: Cell) -> Any:
    if isinstance(cell, str):
        return {"yes": True, "true": True, "no": False, "false": False}.get(cell.lower(), cell)
    return cell


_READ: Final[Mapping[Kind, Callable[[Cell], Any]]] = {
    Kind.NUMBER: _read_number,
    Kind.MONEY: _read_number,
    Kind.DATE: _read_date,
    Kind.YES_NO: _read_yes_no,
}


def _text_of(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, str) else repr(value)


def _kept(text: str) -> str:
    """Return one of several texts with a backslash before all that would end or change it (X2)."""
    kept = re.sub(r"[\\;]", r"\\\g<0>", text)
    return re.sub(r"\A\s|\s\Z", r"\\\g<0>", kept)


def _split(cell: str) -> list[str]:
    """Return the texts that stand in one cell; blanks around them are not theirs, unless a backslash keeps them."""
    items: list[list[tuple[str, bool]]] = [[]]
    letters = iter(cell)
    for letter in letters:
        if letter == ";":
            items.append([])
        elif letter == "\\":
            items[-1].append((next(letters, letter), True))
        else:
            items[-1].append((letter, False))
    return [found for found in map(_bare, items) if found]


def _bare(item: list[tuple[str, bool]]) -> str:
    words = [place for place, (letter, kept) in enumerate(item) if kept or not letter.isspace()]
    return "".join(letter for letter, _ in item[words[0] : words[-1] + 1]) if words else ""


def _shown(cell: Cell) -> str:
    return f"{cell:g}" if isinstance(cell, float) else str(cell)
