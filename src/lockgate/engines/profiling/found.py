"""What does a profile tell? Of a column, and of the table that it stands in."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Seen = Literal["integer", "decimal", "date", "boolean", "text"]


@dataclass(frozen=True)
class Counted:
    """A value, or the shape of values with an example, and on how many of the values looked at it is."""

    value: str
    count: int
    example: str = ""


@dataclass(frozen=True)
class Outliers:
    """Numbers beyond the fences: three times the distance between the quartiles below the first or above the third."""

    below: float
    above: float
    count: int
    least: str
    most: str


@dataclass(frozen=True)
class Odd:
    """Rows whose text is not clean; a row may count for several."""

    blank: int = 0
    """Empty, or nothing but blanks."""
    padded: int = 0
    """Blanks before or after the text."""
    control: int = 0
    """Characters that nobody sees: controls, zero-width ones."""
    mojibake: int = 0
    """What is left of a text that was read in a wrong encoding."""


@dataclass(frozen=True)
class ColumnProfile:
    """What was found in one column."""

    name: str
    declared: str
    """The type that the table has it as."""
    seen: Seen | None
    """What all its values could be; None when there are none."""
    rows: int
    filled: int
    """Rows with a value."""
    distinct: int
    distinct_exact: bool
    """False when it is an estimate."""
    minimum: str | None
    maximum: str | None
    mean: float | None
    quartiles: tuple[float, float, float] | None
    shortest: int | None
    longest: int | None
    looked_at: int
    """How many values `seen`, shapes, placeholders and frequent values rest on: all that are filled, or a sample."""
    shapes: tuple[Counted, ...]
    """`AAA-9999`: letters as A or a, digits as 9; the most frequent first."""
    frequent: tuple[Counted, ...]
    placeholders: tuple[Counted, ...]
    """Values that stand for no value."""
    suspicious: Counted | None
    """A value far too frequent among many others."""
    odd: Odd
    outliers: Outliers | None

    @property
    def fill(self) -> float | None:
        """Which share of the rows has a value; of no rows there is none."""
        return self.filled / self.rows if self.rows else None


@dataclass(frozen=True)
class Reference:
    """A column that ought to hold keys of another table."""

    column: str
    table: str
    key: str


@dataclass(frozen=True)
class Orphans:
    """Rows whose reference leads nowhere."""

    reference: Reference
    rows: int
    values: int
    examples: tuple[str, ...]


@dataclass(frozen=True)
class Dependency:
    """One column tells another: for every value of the first there is one of the second, but for some exceptions."""

    column: str
    tells: str
    values: int
    """How many values the first has."""
    exceptions: int
    """With how many of them several values of the second stand."""


@dataclass(frozen=True)
class TableProfile:
    """What was found in a table."""

    table: str
    rows: int
    columns: tuple[ColumnProfile, ...]
    keys: tuple[tuple[str, ...], ...]
    """Columns that tell all rows apart, alone; pairs where no column does so alone."""
    dependencies: tuple[Dependency, ...]
    orphans: tuple[Orphans, ...]

    @property
    def by_name(self) -> Mapping[str, ColumnProfile]:
        """The columns by their names."""
        return {column.name: column for column in self.columns}
