"""How do values that a source has typed become text and back? By one notation, whatever is declared for the extract."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import duckdb

from lockgate.engines.quoting import quoted
from lockgate.engines.sources.extract import Notation
from lockgate.engines.sources.headings import ROW
from lockgate.engines.sources.refusal import Refusal, Refused

NATIVE: Final = Notation(scientific=True, true=("true",), false=("false",))
"""ISO dates in UTC, a point before decimals."""
_NUMBERS: Final = (
    "TINYINT",
    "SMALLINT",
    "INTEGER",
    "BIGINT",
    "HUGEINT",
    "UTINYINT",
    "USMALLINT",
    "UINTEGER",
    "UBIGINT",
)
_OTHERS: Final = ("UHUGEINT", "FLOAT", "DOUBLE", "BOOLEAN", "DATE", "TIME", "TIMESTAMP")
_MOMENTS: Final = ("TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS", "TIMESTAMP WITH TIME ZONE")
_TEXTS: Final = ("VARCHAR", "UUID", "NULL", '"NULL"')


@dataclass(frozen=True)
class Typed:
    """One column as DuckDB sees it."""

    name: str
    type: str

    @property
    def native(self) -> bool:
        """Whether its values are no texts."""
        return self.type not in _TEXTS and not self.type.startswith("ENUM(")

    @property
    def known(self) -> bool:
        """Whether a text can tell all of its values."""
        return not self.native or self.type in {*_NUMBERS, *_OTHERS, *_MOMENTS} or self.type.startswith("DECIMAL(")

    @property
    def text(self) -> str:
        """The expression of its values as text."""
        name = quoted(self.name)
        if self.type == "TIMESTAMP WITH TIME ZONE":
            name = f"timezone('UTC', {name})"
        elif self.type == "FLOAT":
            name = f"{name}::DOUBLE"
        return f"{name}::VARCHAR"


def columns_of(connection: duckdb.DuckDBPyConnection, source: str, values: Sequence[str] = ()) -> tuple[Typed, ...]:
    """Return the columns of what SQL can select from."""
    rows = connection.execute(f"DESCRIBE SELECT * FROM {source}", list(values)).fetchall()  # noqa: S608 - ours
    return tuple(Typed(row[0], row[1]) for row in rows)


def selected(columns: Sequence[Typed], source: str, *, place: str) -> str:
    """Return the query that gives all columns as text with the number of each row."""
    unknown = [one for one in columns if not one.known]
    if unknown:
        hint = "Make columns of its parts, or leave it out."
        raise Refused(
            *(
                Refusal(place, "binary", f"The column {one.name!r} is {one.type}, which is no text.", hint)
                for one in unknown
            )
        )
    values = ", ".join(f"{one.text} AS {quoted(one.name)}" for one in columns)
    return f"SELECT row_number() OVER () AS {ROW}, {values} FROM {source}"  # noqa: S608 - names are quoted
