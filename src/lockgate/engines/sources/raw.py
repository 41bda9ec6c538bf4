"""What does every way to read an extract leave? A table with all values as text and the row that each stood in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from lockgate.engines.sources.extract import Notation

Progress = Callable[[str, int, int | None], None]
"""Is told what goes on, how much of it is done and, where that is known, of how much."""


INCOMING = "incoming rows"
"""What a connection calls the rows that are on their way; `stage` takes the name off when they have come."""


def quiet(_what: str, _done: int, _of: int | None) -> None:
    """Tell nobody."""


@dataclass(frozen=True)
class Raw:
    """What came into a table."""

    columns: tuple[str, ...]
    """In their order in the source."""
    rows: int
    digest: str
    native: Mapping[str, Notation] = field(default_factory=dict)
    """Columns that the source itself has typed, and how their values are written in the table."""
    longest: int | None = None
    """No value has more bytes; None where it was not looked up."""
