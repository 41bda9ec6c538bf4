"""Is a value one of its kind, and how is it written? Tax ids, phones, addresses, names, units, looked up by libraries.

`KINDS` names them. `check_column` and `normalise_column` judge and tidy a column of a DuckDB table, over its distinct
values, and keep every change.
"""

from lockgate.engines.values.addresses import check_address, needed_parts
from lockgate.engines.values.columns import Normalised, check_column, normalise_column
from lockgate.engines.values.kind import Kind, lookup
from lockgate.engines.values.kinds import KINDS

__all__ = ["KINDS", "Kind", "Normalised", "check_address", "check_column", "lookup", "needed_parts", "normalise_column"]
