"""What is kept beside the records for finding them, and is it right? All of it can be made anew, byte for byte."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from lockgate.kernel import canonical
from lockgate.ledger import inputs, moments, series
from lockgate.ledger.record import Record
from lockgate.ledger.stores import Reading, Writing

_TABLES: Final = {
    "ledger_series": "first, kind, scope, identity",
    "ledger_evidence": "number, series",
    "ledger_input": "place, number, name, digest",
    "ledger_run": "first, begun, before",
    "ledger_late": "number, reach",
}
"""The columns of each table, its key first."""


def project(turn: Writing, records: Sequence[Record]) -> None:
    """Add what follows from these records, which are the newest."""
    for part in (series, inputs, moments):
        part.project(turn, records)


def rebuild(turn: Writing, records: Callable[[], Iterator[Record]]) -> bool:
    """Make it all anew from the records; return whether it was right before."""
    before = fingerprint(turn)
    turn.run("; ".join(f"delete from {table}" for table in _TABLES))  # noqa: S608 - names from above
    make(turn, records)
    return fingerprint(turn) == before


def make(turn: Writing, records: Callable[[], Iterator[Record]]) -> None:
    """Fill empty tables from the records."""
    for part in (series, inputs, moments):
        part.project(turn, records())


def fingerprint(turn: Reading) -> str:
    """Return a digest of every row."""
    told = hashlib.sha256()
    for row in _rows(turn):
        told.update(canonical.encode(row) + b"\n")
    return told.hexdigest()


def _rows(turn: Reading) -> Iterator[list[object]]:
    for table, columns in _TABLES.items():
        key = columns.partition(",")[0]
        after: int | str = "" if key == "place" else 0
        statement = f"select {columns} from {table} where {key} > ? order by {key} limit 10000"  # noqa: S608 - names from above
        while rows := turn.rows(statement, after):
            yield from map(list, rows)
            after = rows[-1][0]
