"""What is in a table that nobody knows yet? Fill, shapes, placeholders, outliers, keys, lost references."""

from lockgate.engines.profiling.found import (
    ColumnProfile,
    Counted,
    Dependency,
    Odd,
    Orphans,
    Outliers,
    Reference,
    TableProfile,
)
from lockgate.engines.profiling.histogram import Bin, spread
from lockgate.engines.profiling.table import profile

__all__ = [
    "Bin",
    "ColumnProfile",
    "Counted",
    "Dependency",
    "Odd",
    "Orphans",
    "Outliers",
    "Reference",
    "TableProfile",
    "profile",
    "spread",
]
