"""Which records will Odoo probably refuse? They are sent apart, so that one of them does not cost the others a call.

S1  A suspicion never rejects: Odoo has the last word, in its own words.
S2  Suspect is: nothing in a required field, a number, date or key of a selection that can't be read, a reference to an
    external id that is not there, an own external id that stands for a record of another model, no name at all: many
    models ask for one in the database, of which their fields tell nothing, and Odoo then tries row by row.
S3  A record that refers to one of its own model which is not there waits: it may come later in the same load.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from lockgate.odoo.catalogue import Field
from lockgate.odoo.external_ids import Target, qualified
from lockgate.odoo.loading.header import Header
from lockgate.odoo.loading.records import Record

_CELLS_KEPT = 10_000
"""Many records name the same country, and each is asked several times what it names."""
_READABLE: Mapping[str, Callable[[str], object]] = {
    "integer": re.compile(r"-?\d+").fullmatch,
    "float": re.compile(r"-?\d+(\.\d*)?|-?\.\d+").fullmatch,
    "monetary": re.compile(r"-?\d+(\.\d*)?|-?\.\d+").fullmatch,
    "date": re.compile(r"\d{4}-\d\d-\d\d").fullmatch,
    "datetime": re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d").fullmatch,
}


@dataclass(frozen=True)
class Sorted:
    """The records of a batch by what is expected of them."""

    clean: tuple[Record, ...]
    suspects: tuple[Record, ...]
    waiting: tuple[Record, ...]


def references_of(record: Record, positions: Collection[int], module: str) -> set[str]:
    """Return the external ids that the record names in these columns."""
    found: set[str] = set()
    for row in record.rows if positions else ():
        for at in positions:
            if row[at]:
                found |= _names_in(row[at], module)
    return found


@lru_cache(maxsize=_CELLS_KEPT)
def _names_in(cell: str, module: str) -> frozenset[str]:
    return frozenset(qualified(name.strip(), module=module) for name in cell.split(",") if name.strip())


def sort_records(
    records: Iterable[Record], header: Header, model: str, *, own: Mapping[str, Target], known: Collection[str]
) -> Sorted:
    """Return the records sorted; `own` is what their ids stand for now, `known` the external ids that are there."""
    clean: list[Record] = []
    suspects: list[Record] = []
    waiting: list[Record] = []
    ahead: set[str] = set()
    checks, line_ids, module = _checks(header), _line_ids(header), header.layout.module
    for record in records:
        target = own.get(record.external_id)
        lines = references_of(record, line_ids, module)
        missing = references_of(record, header.references, module) - ahead - lines
        missing.difference_update(known)
        expected = missing & references_of(record, header.own_references, module)
        if (target and target.model != model) or missing - expected or any(check(record) for check in checks):
            suspects.append(record)
        elif expected:
            waiting.append(record)
        else:
            clean.append(record)
            ahead.add(record.external_id)
            ahead |= lines
    return Sorted(tuple(clean), tuple(suspects), tuple(waiting))


def _line_ids(header: Header) -> list[int]:
    return [
        at
        for at in header.layout.line_columns
        if header.columns[at].endswith("/id") and header.fields[at] is None and at not in header.references
    ]


def _checks(header: Header) -> list[Callable[[Record], bool]]:
    return [
        _check(at, field)
        for at, field in enumerate(header.fields)
        if field is not None and at not in header.layout.line_columns and _is_checked(field)
    ]


def _is_checked(field: Field) -> bool:
    return _is_wanted(field) or field.type in _READABLE or bool(field.selection)


def _is_wanted(field: Field) -> bool:
    """Return whether a cell of the field should hold something."""
    return (field.required and field.type != "boolean") or (field.name == "name" and field.type == "char")


def _check(at: int, field: Field) -> Callable[[Record], bool]:
    """Return a check of one column that says True when the cell is suspect."""
    readable = _READABLE.get(field.type, bool)
    if field.selection:
        choices = {name for pair in field.selection for name in pair}
        readable = choices.__contains__
    wanted = _is_wanted(field)

    def suspect(record: Record) -> bool:
        cell = record.rows[0][at]
        return not readable(cell) if cell else wanted

    return suspect
