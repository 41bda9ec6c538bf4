"""Did the disk or the memory give out? Told apart from every other fault of a database or a file."""

from typing import Final

import duckdb

_SIGNS: Final = (
    "No space left",
    "could not write",
    "Disk quota",
    "File too large",
    "failed to offload",
    "database or disk is full",
    "Could not truncate",
)


def lacking(error: BaseException) -> str:
    """Return how an error says that there is no room; nothing when it says something else."""
    told = str(error)
    if not isinstance(error, duckdb.OutOfMemoryException) and not any(sign in told for sign in _SIGNS):
        return ""
    return told.splitlines()[0] if told else "There is no room."
