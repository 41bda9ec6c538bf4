"""What is an extract, and how are its values written? Declared by the workspace, as plain data.

Everything that could be read in two ways is declared here or refused: nothing is guessed while rows are staged.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, Literal

Type = Literal["text", "integer", "decimal", "date", "datetime", "boolean"]
LONGEST_CELL: Final = 32_767
"""The most letters that a cell holds, as in a spreadsheet; an extract may declare another limit."""


class Kind(StrEnum):
    """What an extract lies in."""

    CSV = "csv"
    WORKBOOK = "xlsx"
    """XLSX, XLSM, XLS or ODS."""
    PARQUET = "parquet"
    SQLITE = "sqlite"
    POSTGRESQL = "postgresql"
    ADBC = "adbc"
    """Any database that has an ADBC driver here."""
    ODOO = "odoo"
    """Records of an Odoo, which the caller hands over."""


@dataclass(frozen=True)
class Notation:
    """How numbers, dates and yes or no are written in an extract, or in one column of it."""

    decimal: str = "."
    thousands: str = ""
    """What stands between groups of three digits; blank matches any kind of blank."""
    currency: str = ""
    """The one sign that may stand before or behind a number: `$`, `EUR`."""
    date: str = "%Y-%m-%d"
    datetime: str = "%Y-%m-%d %H:%M:%S"
    """In the letters of strptime."""
    true: tuple[str, ...] = ("true", "yes", "1")
    false: tuple[str, ...] = ("false", "no", "0")
    """Without regard to capitals."""
    blank: tuple[str, ...] = ("",)
    """What stands for no value at all."""
    scientific: bool = False
    """Whether a number may have an exponent. In a file of a spreadsheet it means that digits were cut off."""


@dataclass(frozen=True)
class Column:
    """One column that the workspace counts on."""

    name: str
    type: Type = "text"
    required: bool = False
    notation: Notation | None = None
    """Where it differs from that of the extract."""
    decimals: int = 10
    """How many digits a decimal may have behind its point."""


@dataclass(frozen=True)
class Extract:
    """One table of a legacy system, and how it is to be read."""

    kind: Kind
    path: str = ""
    """Of a file, below the folder that the caller allows."""
    encoding: str | None = None
    """Of a CSV file; recognised where that is certain."""
    encoding_sure: bool = False
    """Whether the encoding stands although letters of the file would be UTF-8 as well."""
    separator: str | None = None
    """Of a CSV file; recognised where that is certain."""
    header: int | None = None
    """The line of a CSV file, or the row of a sheet, that has the names; 0 for none; found where that is certain."""
    sheet: str | None = None
    """Of a workbook; the one that can be seen, when there is only one."""
    table: str | None = None
    query: str | None = None
    """What to read of a database: a table, `schema.table`, or a query. Of an Odoo the table is a model."""
    connection: str | None = None
    """The environment variable that holds the address of a database."""
    driver: str | None = None
    """The ADBC driver of another database, as its Python package is called."""
    notation: Notation = field(default_factory=Notation)
    columns: tuple[Column, ...] = ()
    """What is declared; all other columns are text."""
    longest_cell: int = LONGEST_CELL

    @property
    def place(self) -> str:
        """What messages call it."""
        return self.path or self.table or "query"

    def declared(self, name: str) -> Column:
        """Return the declared column of a name; text when there is none."""
        return next((one for one in self.columns if one.name == name), Column(name))

    def notation_of(self, column: Column) -> Notation:
        """Return how the values of a column are written."""
        return column.notation or self.notation
