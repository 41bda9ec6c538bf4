"""How does a legacy system's table come in? Read safely, exactly and fast, from a file or a database, into DuckDB.

`stage` makes `raw.<dataset>` (everything as text, with `_row`), `typed.<dataset>` (as declared) and adds to `findings`.
"""

from lockgate.engines.sources.extract import LONGEST_CELL, Column, Extract, Kind, Notation, Type
from lockgate.engines.sources.raw import Progress
from lockgate.engines.sources.refusal import Refusal, Refused
from lockgate.engines.sources.sources import digest
from lockgate.engines.sources.staging import Staged, stage
from lockgate.engines.sources.tables.handed import Hand, Handed

__all__ = [
    "LONGEST_CELL",
    "Column",
    "Extract",
    "Hand",
    "Handed",
    "Kind",
    "Notation",
    "Progress",
    "Refusal",
    "Refused",
    "Staged",
    "Type",
    "digest",
    "stage",
]
