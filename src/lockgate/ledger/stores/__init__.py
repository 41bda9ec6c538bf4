"""Where is a ledger kept? In a SQLite file or a PostgreSQL database: one protocol, one set of statements."""

from pathlib import Path

from lockgate.kernel.errors import UsageError
from lockgate.ledger.stores.database import Database
from lockgate.ledger.stores.sqlite import Sqlite
from lockgate.ledger.stores.store import Reading, Store, Writing

__all__ = ["Reading", "Store", "Writing", "store_of"]


def store_of(url: str | Path) -> Store:
    """Return the store behind a path, `sqlite:///…` or `postgresql://…`; nothing is opened yet."""
    return Store(_database(url))


def _database(url: str | Path) -> Database:
    if isinstance(url, Path):
        return Sqlite(url)
    scheme, separator, rest = url.partition("://")
    if not separator:
        return Sqlite(Path(url))
    if scheme == "sqlite":
        return Sqlite(Path(rest.removeprefix("/")))
    if scheme in {"postgresql", "postgres"}:
        from lockgate.ledger.stores.postgres import Postgres  # noqa: PLC0415 - only who asks for it pays for its driver

        return Postgres(url)
    raise UsageError(
        f"A ledger can't be kept in {scheme}.",
        why="It is a SQLite file or a PostgreSQL database.",
        do="Say `sqlite:///path/to/ledger.db` or `postgresql://host/database`.",
    )
