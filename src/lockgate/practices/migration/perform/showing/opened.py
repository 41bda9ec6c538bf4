"""What do pages look at of a round? The copy that the last verb left for them, not the store itself.

O1  A round that no verb has finished anything in yet has none; that is told, not an error.
O2  Where the store is newer than the copy, somebody is at work in the round or broke off; what is shown is older.
O3  Nothing waits and nothing is held: a verb can begin at any moment while a page is made. The page that takes a work
    list back is the exception. It opens the store, and is refused while a verb has it, as a verb is by the page.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lockgate.kernel.errors import UsageError
from lockgate.practices.migration.decide.sql import text
from lockgate.practices.migration.perform.laying_out import SETTINGS, SHOWN, STORE
from lockgate.practices.migration.perform.rounds import folder_of, numbers

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True)
class RoundShown:
    """What a verb left of a round."""

    number: int
    at: datetime
    """When it was left."""
    older: bool
    """True when somebody has been at work in the round since (O2)."""
    connection: "DuckDBPyConnection"

    def rows(self, query: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Return the rows of a query."""
        return self.connection.execute(query, list(values)).fetchall()

    def one(self, query: str, values: Sequence[object] = ()) -> Any:
        """Return the only value of the only row of a query."""
        return self.rows(query, values)[0][0]

    def has(self, schema: str, name: str) -> bool:
        """Return whether a table is there."""
        query = "select count(*) from duckdb_tables() where schema_name = ? and table_name = ? and not temporary"
        return bool(self.one(query, [schema, name]))


@contextmanager
def round_shown(root: Path, number: int | None = None) -> Iterator[RoundShown | None]:
    """Give what was left of the round of that number, else of the newest; None where there is nothing yet (O1)."""
    there = numbers(root)
    chosen = number if number is not None else (there[-1] if there else None)
    folder = folder_of(root, chosen) if chosen in there and chosen is not None else None
    if chosen is None or folder is None or not (folder / SHOWN).is_file():
        yield None
        return
    connection = _opened(folder / SHOWN)
    try:
        left = (folder / SHOWN).stat().st_mtime
        store = folder / STORE
        older = store.is_file() and store.stat().st_mtime > left
        yield RoundShown(chosen, datetime.fromtimestamp(left, UTC), older, connection)
    finally:
        connection.close()


def _opened(copy: Path) -> "DuckDBPyConnection":
    try:
        import duckdb  # noqa: PLC0415  (optional extra `data`)
    except ImportError:
        raise UsageError(
            "The rows of a migration can't be shown.",
            why="DuckDB is not installed here.",
            do="Run: pip install 'lockgate[data]'",
        ) from None
    connection = duckdb.connect(config=SETTINGS | {"threads": 2})  # a database of its own: a newer copy is never missed
    connection.execute(f"attach {text(str(copy))} as shown (read_only)")
    connection.execute("use shown")
    connection.execute("set enable_external_access = false")
    return connection
