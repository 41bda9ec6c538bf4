"""Which evidence is current? The newest of each series: an index over the records, always able to be made anew.

A series is the evidence of one kind, scope and subject. It is numbered by its first record, so that making the index
anew gives the same rows, byte for byte.
"""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Final

from lockgate.ledger.evidence import RECORDED, identity_of
from lockgate.ledger.record import Record
from lockgate.ledger.stores import Reading, Writing

AT_ONCE: Final = 500
"""How many values one statement takes: SQLite and PostgreSQL both allow more."""


def project(turn: Writing, records: Iterable[Record]) -> None:
    """Add to the index what these records hold of evidence."""
    evidence = ((record.number, record.payload) for record in records if record.kind == RECORDED)
    while chunk := list(islice(evidence, AT_ONCE)):
        identities = [identity_of(payload) for _, payload in chunk]
        known = _known(turn, identities)
        new, members = [], []
        for (number, payload), identity in zip(chunk, identities, strict=True):
            if identity not in known:
                known[identity] = number
                new.append((number, payload["kind"], payload["scope"], identity))
            members.append((number, known[identity]))
        turn.write("insert into ledger_series (first, kind, scope, identity) values (?, ?, ?, ?)", new)
        turn.write("insert into ledger_evidence (number, series) values (?, ?)", members)


def current(turn: Reading, *, kinds: Sequence[str], scopes: Sequence[str], upto: int, last: int) -> list[int]:
    """Return the numbers of the newest `last` records of each series, in order."""
    newest = (
        "(select number from ledger_evidence where series = s.first and number <= ?"
        " order by number desc limit 1 offset {})"
    )
    columns = ", ".join(newest.format(place) for place in range(last))
    where = ["s.first <= ?"]
    for column, wanted in (("kind", kinds), ("scope", scopes)):
        if wanted:
            where.append(f"s.{column} in ({', '.join('?' * len(wanted))})")
    statement = f"select {columns} from ledger_series s where {' and '.join(where)}"  # noqa: S608 - only marks are put in
    rows = turn.rows(statement, *[upto] * last, upto, *kinds, *scopes)
    return sorted(number for row in rows for number in row if number is not None)


def _known(turn: Reading, identities: Sequence[str]) -> dict[str, int]:
    marks = ", ".join("?" * len(identities))
    statement = f"select identity, first from ledger_series where identity in ({marks})"  # noqa: S608 - only marks are put in
    return {identity: first for identity, first in turn.rows(statement, *identities)}  # noqa: C416 - rows need not be pairs for mypy
