"""Where is a round of the migration kept? In a folder of its own, below `.lockgate`: a store of tables, and its files.

R1  A round is one attempt, from reading the extracts to the last comparison. It leaves the other rounds alone.
R2  Unless one is named, the newest is meant.
R3  One process at a time works in a round.
R4  Once the extracts are in the store, its SQL reaches no file and no network: rules and mappings come from many hands.
R5  Who let go of a store leaves a copy for the pages, which don't open the store itself. One does: the page that takes
    a work list back compares it with all that was read, and holds the store as a verb does (R3).
R6  A full disk stops a verb and spoils nothing that is there.
"""

import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from lockgate.engines.quoting import quoted
from lockgate.kernel.errors import RefusedError, UsageError
from lockgate.practices.migration.perform.laying_out import SETTINGS, STORE, lay_out, state_of
from lockgate.programme.ledger_place import FOLDER

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_NAME: Final = re.compile(r"round-(\d{3,})")
_SCHEMAS: Final = ("raw", "typed", "clean", "golden", "target", "lines", "live")
_TABLES: Final = {
    "findings": 'dataset varchar, row bigint, key varchar, rule varchar, severity varchar, "column" varchar,'
    " value varchar, why varchar",
    "mended_findings": 'dataset varchar, row bigint, key varchar, rule varchar, severity varchar, "column" varchar,'
    " value varchar, why varchar",
    "changes": 'dataset varchar, row bigint, key varchar, "column" varchar, before varchar, after varchar,'
    " rule varchar",
    "kept_back": "dataset varchar, row bigint, key varchar, mapping varchar, kind varchar, because varchar",
    "added_up": "mapping varchar, dataset varchar, row bigint, key varchar, id varchar",
    "refused": "mapping varchar, id varchar, why varchar",
    "mended": "mapping varchar, part varchar, id varchar, header varchar, value varchar, who varchar",
    "identified": "mapping varchar, id varchar, record bigint",
    "taken_over": "mapping varchar, id varchar, record bigint",
    "merged": "entity varchar, dataset varchar, key varchar, golden varchar",
    "matched": "entity varchar primary key, decisions varchar",
    "staged": "dataset varchar primary key, digest varchar, rows bigint",
    "read_from": "folder varchar",
}
"""What is told of records, over all datasets. Without a mapping a record is kept back from all of them."""


@dataclass(frozen=True)
class Round:
    """One attempt of the migration, opened."""

    number: int
    folder: Path
    connection: "DuckDBPyConnection"

    @property
    def rejects(self) -> Path:
        """Where the rows are kept that Odoo refused."""
        return self.folder / "rejects"

    def lock_down(self) -> None:
        """Keep SQL away from files and network (R4)."""
        self.connection.execute("set enable_external_access = false")

    def one(self, query: str, values: Sequence[object] = ()) -> Any:
        """Return the only value of the only row of a query."""
        return self.connection.execute(query, list(values)).fetchall()[0][0]

    def has(self, schema: str, name: str) -> bool:
        """Return whether a table is there."""
        query = "select count(*) from information_schema.tables where table_schema = ? and table_name = ?"
        return bool(self.one(query, [schema, name]))

    def count(self, table: str) -> int:
        """Return how many rows a table has."""
        return int(self.one(f"select count(*) from {table}"))

    def forget_matches(self) -> None:
        """Forget which records are one: what they hold has changed."""
        query = "select table_name from information_schema.tables where table_schema = 'golden'"
        for (table,) in self.connection.execute(query).fetchall():
            self.connection.execute(f"drop table golden.{quoted(table)}")
        for name in ("pairs", "clusters", "merged", "matched"):
            if self.has("main", name):
                self.connection.execute(f"delete from {name}")

    def digests(self, entity: str | None = None) -> dict[str, str]:
        """Return the digests of the extracts and of what people decided, by the names that evidence gives them."""
        rows = self.connection.execute("select dataset, digest from staged order by 1").fetchall()
        which = "select entity, decisions from matched where entity = coalesce(?, entity) order by 1"
        decided = self.connection.execute(which, [entity]).fetchall()
        return {f"extract:{dataset}": digest for dataset, digest in rows} | {
            f"decisions:{entity}": digest for entity, digest in decided
        }


def numbers(root: Path) -> list[int]:
    """Return the numbers of the rounds that there are."""
    home = root / FOLDER / "migration"
    names = (_NAME.fullmatch(each.name) for each in home.glob("round-*")) if home.is_dir() else ()
    return sorted(int(found[1]) for found in names if found)


def folder_of(root: Path, number: int) -> Path:
    """Return the folder of a round."""
    return root / FOLDER / "migration" / f"round-{number:03}"


@contextmanager
def round_of(root: Path, number: int | None = None, *, begin: bool = False) -> Iterator[Round]:
    """Give the round of that number, else the newest (R2); a new one where there is none and it may `begin`."""
    there = numbers(root)
    chosen = number if number is not None else (there[-1] if there else 1)
    if chosen not in there and not begin:
        known = ", ".join(map(str, there)) or "none"
        why = f"There are: {known}."
        raise UsageError(f"There is no round {chosen}.", why=why, do="Begin with `lockgate migrate profile`.")
    folder = folder_of(root, chosen)
    folder.mkdir(parents=True, exist_ok=True)
    before = state_of(folder)
    connection = _connected(folder / STORE)
    try:
        for schema in _SCHEMAS:
            connection.execute(f"create schema if not exists {schema}")
        for table, columns in _TABLES.items():
            connection.execute(f"create table if not exists {table} ({columns})")
        with _room(folder):
            yield Round(chosen, folder, connection)
    finally:
        connection.close()
        if state_of(folder) != before:
            lay_out(folder)  # R5


@contextmanager
def _room(folder: Path) -> Iterator[None]:
    """Tell a full disk as what it is, wherever in a verb it shows (R6)."""
    import duckdb  # noqa: PLC0415  (optional extra `data`)

    from lockgate.engines.room import lacking  # noqa: PLC0415  (same)

    try:
        yield
    except (duckdb.Error, sqlite3.Error, OSError) as error:
        why = lacking(error)
        if not why:
            raise
        raise UsageError(
            "There is no room for the round.",
            why=f"{why} What was done until then is kept.",
            do=f"Free space on the disk of {folder}, and run the verb again: it goes on where it was.",
        ) from None


@contextmanager
def as_declared(what: str) -> Iterator[None]:
    """Tell what is wrong with SQL that somebody declared, as a mistake of theirs and not of ours."""
    import duckdb  # noqa: PLC0415  (optional extra `data`)

    from lockgate.engines.room import lacking  # noqa: PLC0415  (same)

    try:
        yield
    except duckdb.Error as error:
        if lacking(error):
            raise
        why = str(error).splitlines()[0]
        do = "Mend it in the file that declares it; nothing of it was done."
        raise UsageError(f"The {what} can't be worked out.", why=why, do=do) from None


def _connected(store: Path) -> "DuckDBPyConnection":
    try:
        import duckdb  # noqa: PLC0415  (optional extra `data`)
    except ImportError:
        raise UsageError(
            "Migrating needs DuckDB.", why="It is not installed.", do="Run: pip install 'lockgate[data]'"
        ) from None
    try:
        return duckdb.connect(store, config=SETTINGS)
    except duckdb.IOException as error:  # R3
        if "lock" not in str(error):
            why = str(error).splitlines()[0]
            raise UsageError("The store of this round can't be opened.", why=why, do="Begin another round.") from None
        raise RefusedError(
            "Somebody else is at work in this round.", why="Another process has its store.", do="Wait until it is done."
        ) from None


def of_dataset(key: str) -> str:
    """Return under which name differences of a dataset stand: no mapping has one with a blank."""
    return f"dataset {key}"
