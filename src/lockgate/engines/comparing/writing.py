"""What is kept of a comparison? The rows that are apart, side by side, and the table of differences made of them."""

import duckdb

from lockgate.engines.comparing.fields import Typed
from lockgate.engines.comparing.likely import likely, rounding
from lockgate.engines.comparing.pairing import APART, DOUBLED, Two
from lockgate.engines.keys import key_text
from lockgate.engines.quoting import quoted, table

ROWS = "temp._lockgate_rows"
"""The rows that are apart, both sides beside each other."""
COLUMNS = ("domain", "key", "field", "left", "right", "class", "likely", "because")


def collect(connection: duckdb.DuckDBPyConnection, both: Two) -> None:
    """Fetch the rows that are apart from both sides."""
    keys = zip(both.key_of(both.left, "l"), both.key_of(both.right, "r"), strict=True)
    parts = [f"coalesce({ours}, {theirs})" for ours, theirs in keys]
    columns = [f"{key_text(parts)} AS key", "a.l_row", "a.r_row"]
    for row, own in (("l", both.left), ("r", both.right)):
        columns += [f"{row}.{column} AS {row}{number}" for number, column in enumerate(own.fields)]
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {ROWS} AS SELECT {', '.join(columns)} FROM {APART} a"
        f" LEFT JOIN {both.left.relation} l ON a.l_row = l.rowid LEFT JOIN {both.right.relation} r ON a.r_row = r.rowid"
        " WHERE a.l_row IS NOT NULL OR a.r_row IS NOT NULL"
    )


def differing(connection: duckdb.DuckDBPyConnection, both: Two) -> tuple[int, ...]:
    """Return in how many pairs anything differs, then for each field in how many it does."""
    each = [_differs(field, number) for number, field in enumerate(both.fields)]
    counts = [f"count(*) FILTER ({condition})" for condition in (" OR ".join(each) or "false", *each)]
    found = connection.execute(
        f"SELECT {', '.join(counts)} FROM {ROWS} WHERE l_row IS NOT NULL AND r_row IS NOT NULL"
    ).fetchall()
    return tuple(int(number) for number in found[0])


def _differs(field: Typed, number: int) -> str:
    return field.differs(field.normal(f"l{number}", field.left), field.normal(f"r{number}", field.right))


def begin(connection: duckdb.DuckDBPyConnection, into: str, domain: str) -> None:
    """Make the table of differences ready for those of a domain."""
    columns = ", ".join(f"{quoted(name)} VARCHAR" for name in COLUMNS)
    connection.execute(f"CREATE TABLE IF NOT EXISTS {table(into)} ({columns})")
    connection.execute(f"DELETE FROM {table(into)} WHERE domain = ?", [domain])


def write_alone(connection: duckdb.DuckDBPyConnection, into: str, domain: str) -> None:
    """Write what is missing, extra or doubled."""
    connection.execute(  # C2
        f"INSERT INTO {table(into)} (domain, key, class)"
        f" SELECT ?, key, CASE WHEN r_row IS NULL THEN 'missing' ELSE 'extra' END"
        f" FROM {ROWS} WHERE l_row IS NULL OR r_row IS NULL",
        [domain],
    )
    parts = [row[0] for row in connection.execute(f"DESCRIBE {DOUBLED}").fetchall() if row[0].startswith("k")]
    connection.execute(
        f'INSERT INTO {table(into)} (domain, key, "left", "right", class)'
        f" SELECT ?, {key_text(parts)}, CAST(l AS VARCHAR), CAST(r AS VARCHAR), 'doubled' FROM {DOUBLED}",
        [domain],
    )


def write_field(connection: duckdb.DuckDBPyConnection, field: Typed, number: int, *, into: str, domain: str) -> None:
    """Write how the field, the one with that number, differs."""
    left, right = f"l{number}", f"r{number}"
    rounded = f"CASE WHEN {rounding(left, right)} THEN 'rounding' ELSE 'changed' END"
    kind = rounded if field.field.kind == "number" else "'changed'"
    exact = field.field.kind == "number"
    own, other = (value if exact else f"CAST({value} AS {field.common})" for value in (left, right))
    connection.execute(  # C3
        f'INSERT INTO {table(into)} (domain, key, field, "left", "right", class, likely)'
        f" SELECT ?, key, ?, {field.shown(left, field.left)}, {field.shown(right, field.right)}, {kind},"
        f" {likely(field.field.kind, own, other)} FROM {ROWS}"
        f" WHERE l_row IS NOT NULL AND r_row IS NOT NULL AND {_differs(field, number)}",
        [domain, field.field.name],
    )
