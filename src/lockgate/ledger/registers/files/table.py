"""What does a spreadsheet hold? Cells under headings, each with its address, whatever kind of file it comes from."""

from dataclasses import dataclass
from datetime import date, datetime

from lockgate.kernel.errors import UsageError

Cell = str | int | float | bool | date | datetime | None
MOST_ROWS = 100_000
MOST_COLUMNS = 500


@dataclass(frozen=True, order=True)
class CellFinding:
    """One fault, and the cell that it is in."""

    row: int
    """As the spreadsheet counts: the headings are in row 1."""
    column: int
    """From 1."""
    sheet: str
    code: str
    message: str
    hint: str = ""

    @property
    def cell(self) -> str:
        """The address, like C7."""
        return address(self.row, self.column)

    def __str__(self) -> str:
        return f"{self.sheet}!{self.cell} {self.message} {self.hint}".rstrip()

    def as_dict(self) -> dict[str, str]:
        """Return it as `--json` tells it."""
        return {
            "sheet": self.sheet,
            "cell": self.cell,
            "code": self.code,
            "message": self.message,
            "hint": self.hint,
        }


@dataclass(frozen=True)
class Table:
    """The cells of one sheet below its headings."""

    sheet: str
    headings: tuple[str, ...]
    rows: tuple[tuple[int, tuple[Cell, ...]], ...]
    """Each with the number of its row; rows without any value are left out."""
    findings: tuple[CellFinding, ...] = ()
    """What was wrong with the file as a whole; it can't be imported then."""


def table_of(sheet: str, lines: list[list[Cell]]) -> Table:
    """Return lines, the first with the headings, as a table."""
    if len(lines) > MOST_ROWS or max(map(len, lines), default=0) > MOST_COLUMNS:
        raise too_large(f"more than {MOST_ROWS:,} rows or {MOST_COLUMNS} columns")
    headings = tuple("" if cell is None else str(cell).strip() for cell in lines[0]) if lines else ()
    rows = ((number, tuple(line)) for number, line in enumerate(lines[1:], start=2))
    return Table(sheet, headings, tuple((number, line) for number, line in rows if any(map(filled, line))))


def filled(cell: Cell) -> bool:
    """Return whether a cell holds anything."""
    return cell is not None and cell != ""


def address(row: int, column: int) -> str:
    """Return how spreadsheets call a cell."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row}"


def too_large(why: str) -> UsageError:
    """Return the refusal of a file that is no list of records."""
    return UsageError("The file is too large to be imported.", why=f"It has {why}.", do="Split it into smaller files.")
