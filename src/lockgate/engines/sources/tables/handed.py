"""How do rows come that the caller reads, since only it knows what they are in? As batches of text.

H1  One column numbers the rows: `_row` is what stands in it, and they are staged and digested in its order.
"""

from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import duckdb
import pyarrow as pa  # type: ignore[import-untyped]  # it has no types

from lockgate.engines.sources.extract import Extract
from lockgate.engines.sources.headings import ROW, checked
from lockgate.engines.sources.raw import Progress, Raw
from lockgate.engines.sources.tables.digest import digest_of
from lockgate.engines.sources.tables.native import NATIVE
from lockgate.engines.sources.tables.rows import filled


@dataclass(frozen=True)
class Handed:
    """Rows on their way."""

    columns: tuple[str, ...]
    """The first one numbers them."""
    typed: AbstractSet[str]
    """Columns whose values are no texts where they come from; they are written in one notation."""
    batches: Iterable[pa.RecordBatch]
    """All columns in their order, as text. What goes wrong on the way is raised as `Refused`."""


Hand = Callable[[], Handed]
"""Begins to hand rows over; raises `Refused` where there is nothing to hand over."""


def read(
    connection: duckdb.DuckDBPyConnection, table: str, extract: Extract, handed: Handed, *, progress: Progress
) -> Raw:
    """Make a table of rows that are handed over; return what came into it."""
    names = checked(handed.columns, extract, place=extract.place)
    rows = filled(connection, table, names, handed.batches, place=extract.place, progress=progress, number="c0::BIGINT")
    digest = digest_of(connection, table, names, order=ROW)  # H1
    return Raw(names, rows, digest, dict.fromkeys(handed.typed, NATIVE))
