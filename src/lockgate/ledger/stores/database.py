"""In what do databases differ? In this and nothing else: how to connect, to begin, to name types and mark values."""

from collections.abc import Iterable, Sequence
from typing import Any, Protocol

Row = tuple[Any, ...]


class Cursor(Protocol):
    """What every driver of Python has (PEP 249)."""

    def execute(self, statement: str, values: Sequence[Any] = ...) -> Any: ...  # noqa: D102 - PEP 249 says it

    def executemany(self, statement: str, rows: Iterable[Sequence[Any]]) -> Any: ...  # noqa: D102 - as above

    def fetchall(self) -> list[Any]: ...  # noqa: D102 - as above


class Connection(Protocol):
    """A connection that begins no transaction by itself."""

    def cursor(self) -> Any: ...  # noqa: D102 - PEP 249 says it

    def rollback(self) -> None: ...  # noqa: D102 - as above

    def close(self) -> None: ...  # noqa: D102 - as above


class Database(Protocol):
    """One kind of database."""

    place: str
    """Where it is, as a person may see it: without a password."""
    types: dict[str, str]
    """The names of the types `text`, `number` and `bytes`, and of the `options` of a table."""
    faults: tuple[type[Exception], ...]
    """What its driver raises."""
    remote: bool
    """Whether a transaction may outlive the connection that began it."""
    begin: str
    """Statements that open a transaction no other writer can interleave with, and that waits for its turn."""

    def connect(self, *, create: bool) -> Connection | None:
        """Return a connection; None when there is no such database and none is to be made."""

    def has_table(self, cursor: Cursor, name: str) -> bool:
        """Return whether there is such a table."""

    def phrase(self, statement: str) -> str:
        """Return the statement with its values marked as the driver wants it."""

    def run(self, cursor: Cursor, statements: str) -> None:
        """Carry out several statements that take no values."""
