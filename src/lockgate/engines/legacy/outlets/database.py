"""How is the database of the acquired firm written? As one SQLite file, table by table, in one transaction."""

import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

import polars as pl


class Database:
    """A SQLite file that is written slice by slice; the same rows give the same bytes."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)
        self._connection.execute("PRAGMA journal_mode = OFF")
        self._connection.execute("PRAGMA synchronous = OFF")
        self._connection.execute("BEGIN")

    def table(self, name: str, columns: Mapping[str, str], frames: Iterator[pl.DataFrame]) -> Iterator[int]:
        """Make a table with columns of these types, the first of which is its key; yield how many rows were written."""
        kinds = [
            f"{column} {kind}{'' if place else ' PRIMARY KEY'}" for place, (column, kind) in enumerate(columns.items())
        ]
        self._connection.execute(f"CREATE TABLE {name} ({', '.join(kinds)})")
        places = ", ".join("?" * len(columns))
        insert = f"INSERT INTO {name} VALUES ({places})"  # noqa: S608 - a name of ours, never a user's
        for frame in frames:
            self._connection.executemany(insert, frame.select(list(columns)).iter_rows())
            yield frame.height

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            self._connection.execute("COMMIT")
        self._connection.close()
