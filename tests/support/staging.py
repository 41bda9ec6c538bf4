"""Extracts for tests: a file is written, staged, and looked at as it came into the database."""

from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from lockgate.engines.sources import Column, Extract, Kind, Staged, stage


@dataclass
class Round:
    """The database of one round, and the folder with its extracts."""

    folder: Path
    connection: duckdb.DuckDBPyConnection = field(default_factory=duckdb.connect)

    def stage(self, extract: Extract, **more) -> Staged:
        return stage(self.connection, "items", extract, folder=self.folder, **more)

    def csv(self, content: bytes | str, *columns: Column, name: str = "items.csv", **declared) -> Staged:
        """Write a file and stage it."""
        data = content.encode() if isinstance(content, str) else content
        (self.folder / name).write_bytes(data)
        return self.stage(Extract(Kind.CSV, path=name, columns=columns, **declared))

    def rows(self, query: str) -> list[tuple]:
        return self.connection.execute(query).fetchall()

    @property
    def raw(self) -> list[tuple]:
        return self.rows("FROM raw.items ORDER BY _row")

    @property
    def typed(self) -> list[tuple]:
        return self.rows("FROM typed.items ORDER BY _row")

    @property
    def findings(self) -> list[tuple]:
        """Row, rule, column, value and why of what was found."""
        return self.rows('SELECT "row", rule, "column", value, why FROM findings ORDER BY ALL')


def told(staged: Staged) -> list[str]:
    """Return the refusals as people read them."""
    return [str(one) for one in staged.refusals]
