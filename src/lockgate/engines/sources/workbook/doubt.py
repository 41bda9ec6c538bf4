"""What can be told of a workbook besides its values? Cells in doubt, merged ones, and how far its cells reach."""

from dataclasses import dataclass, field
from typing import Final, Protocol

from lockgate.kernel.package import TooLarge

MOST_CELLS: Final = 50_000_000
"""Readers keep room for every place between the first cell and the last: two cells far apart could take all memory."""
ERROR_CELL: Final = "error-cell"
UNSAVED: Final = "formula"
SHOWN_ZEROS: Final = "shown-zeros"
NOT_SAVED: Final = "The result of the formula was not saved."
ZEROS: Final = "The number is shown with zeros in front, which are not in the cell."

Corner = tuple[int, int]
"""Row and column, both from 0."""


@dataclass(frozen=True)
class Doubt:
    """One cell whose value is not what people see, or not there."""

    column: int
    """From 0."""
    row: int
    """From 1, as the sheet counts."""
    code: str
    why: str


@dataclass
class Reach:
    """Between which rows and columns the cells of a sheet stand, all from 0."""

    top: int | None = None
    bottom: int = 0
    left: int = 0
    right: int = 0

    def to(self, row: int, column: int, *, last_row: int = 0, last_column: int = 0) -> None:
        """Take in a cell, or the cells from there to another one."""
        if self.top is None:
            self.top, self.left = row, column
        self.top, self.left = min(self.top, row), min(self.left, column)
        self.bottom, self.right = max(self.bottom, row, last_row), max(self.right, column, last_column)

    def fitting(self) -> None:
        """Raise `TooLarge` where no reader could keep them."""
        if self.top is None:
            return
        count = (self.bottom - self.top + 1) * (self.right - self.left + 1)
        if count > MOST_CELLS:
            last = address(self.bottom + 1, self.right)
            raise TooLarge(
                f"the cells of a sheet reach to {last}, which is room for {count:,}; {MOST_CELLS:,} is the most"
            )


@dataclass
class Told:
    """What a form of workbook tells of one of its sheets."""

    doubts: list[Doubt] = field(default_factory=list)
    """In the order in which they stand."""
    merged: list[tuple[Corner, Corner]] | None = None
    """First and last cell of each; None where the reader of values knows them."""
    reach: Reach = field(default_factory=Reach)


class Form(Protocol):
    """One form of workbook, looked through before its values are read."""

    suffixes: tuple[str, ...]
    """What the names of its files end with."""

    def told(self, number: int, name: str) -> Told:
        """Return what there is to tell of a sheet, by its place from 0 and its name; raise `Unfit`."""
        ...


def address(row: int, column: int) -> str:
    """Return how spreadsheets call a cell; the row counts from 1, the column from 0."""
    letters, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row}"
