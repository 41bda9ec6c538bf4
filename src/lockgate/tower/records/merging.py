"""What did somebody change in a form? The fields that differ from what they read, whatever others did since.

M1  A form holds every field. Only what was changed in it is changed in the record, so that who comes second overwrites
    nothing that they did not touch.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from lockgate.ledger.registers.entry import Entry
from lockgate.ledger.registers.showing.history import Happening


def as_read(entry: Entry, happened: Iterable[Happening], version: int) -> dict[str, Any]:
    """Return the values that a record had in an earlier version."""
    values = dict(entry.values)
    for one in reversed(list(happened)):
        if one.version > version:
            values |= {diff.field: diff.old for diff in one.diffs}
    return values


def changed(typed: Mapping[str, Any], read: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was changed in the form (M1)."""
    return {key: value for key, value in typed.items() if value != read.get(key)}
