"""Is the target what the source says it should be? Two tables, key by key and field by field.

C1  Every row of both sides is accounted for: it has a partner, is missing, is extra, or its key is doubled.
C2  missing: only the left has it. extra: only the right has it. doubled: a key on several rows of a side, named once.
C3  changed and rounding: one difference for each field that differs, with both values as they stand.
C4  Asked again, a domain's earlier differences give way to the new ones.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb

from lockgate.engines.comparing.fields import Field, typed
from lockgate.engines.comparing.pairing import APART, DOUBLED, Two, pair, two
from lockgate.engines.comparing.side import common_type, side
from lockgate.engines.comparing.writing import ROWS, begin, collect, differing, write_alone, write_field
from lockgate.kernel.errors import UsageError

SPARES = ("_lockgate_left", "_lockgate_right")
"""Copies of what has no numbered rows of its own."""


@dataclass(frozen=True)
class Compared:
    """What a comparison counted; the differences themselves are in a table."""

    left_rows: int
    right_rows: int
    matched: int
    """Rows with a partner, alike or not."""
    missing: int
    extra: int
    different_rows: int
    """Pairs that differ in at least one field."""
    fields: Mapping[str, int]
    """For each field in how many pairs it differs."""
    doubled_left: int
    """Keys that stand on several rows of the left."""
    doubled_right: int

    @property
    def alike(self) -> bool:
        """True when nothing at all differs."""
        return not (self.missing or self.extra or self.different_rows or self.doubled_left or self.doubled_right)


def compare(
    connection: duckdb.DuckDBPyConnection,
    left: str,
    right: str,
    key: Sequence[str],
    fields: Sequence[Field],
    *,
    into: str = "differences",
    domain: str = "",
) -> Compared:
    """Compare the tables, write each difference to `into` and return the counts."""
    both = sides(connection, left, right, key, fields)
    paired = pair(connection, both)
    collect(connection, both)
    different = differing(connection, both)
    begin(connection, into, domain)  # C4
    write_alone(connection, into, domain)
    for number, field in enumerate(both.fields):
        if different[number + 1]:
            write_field(connection, field, number, into=into, domain=domain)
    doubled = connection.execute(f"SELECT count(*) FILTER (l > 1), count(*) FILTER (r > 1) FROM {DOUBLED}").fetchall()
    counts = dict(zip((field.name for field in fields), different[1:], strict=True))
    answer = Compared(
        left_rows=both.left.rows(connection),
        right_rows=both.right.rows(connection),
        matched=paired.both,
        missing=paired.left_only,
        extra=paired.right_only,
        different_rows=different[0],
        fields=counts,
        doubled_left=doubled[0][0],
        doubled_right=doubled[0][1],
    )
    for spare in (ROWS, APART, DOUBLED, *SPARES):
        connection.execute(f"DROP TABLE IF EXISTS {spare}")
    return answer


def sides(
    connection: duckdb.DuckDBPyConnection, left: str, right: str, key: Sequence[str], fields: Sequence[Field]
) -> Two:
    """Return both sides, or refuse what can't be compared."""
    if not key:
        raise UsageError(
            f"{left} and {right} can't be compared without a key.", do="Name the columns that tell records apart."
        )
    columns = [field.name for field in fields]
    if len({*key, *columns}) < len(key) + len(columns):
        raise UsageError("A column stands twice among the key and the fields.", do="Name each of them once.")
    ours, theirs = (
        side(connection, name, key=key, fields=columns, spare=spare)
        for name, spare in zip((left, right), SPARES, strict=True)
    )
    kinds = zip(fields, ours.field_types, theirs.field_types, strict=True)
    return two(
        connection,
        ours,
        theirs,
        [typed(field, own, other, common_type(connection, own, other)) for field, own, other in kinds],
    )
