"""How do records leave as a table? With id and version first, so that they find back to what they were.

O1  Nothing that people put into a record is left out: fields, tags, its own links and every comment.
O2  A link stands in the row of the record that it goes out from, as in `blocks GAP-2`; so no link is told twice.
O3  The last event that touched a record goes with it, so that tags and links of an old file undo nothing by others.
"""

from collections.abc import Iterable

from lockgate.kernel.clock import stamp
from lockgate.kernel.register import Field, Kind, Register
from lockgate.ledger.registers.entry import Entry
from lockgate.ledger.registers.files.cells import cell_of, text_of
from lockgate.ledger.registers.files.csv_file import write_csv
from lockgate.ledger.registers.files.table import Cell
from lockgate.ledger.registers.files.xlsx_file import write_xlsx

ID, VERSION, STATE, TAGS, LINKS, COMMENTS, EVENT = "id", "version", "state", "tags", "links", "comments", "last_event"
TAGS_FIELD = Field(TAGS, "Tags", Kind.TEXT, several=True)
LINKS_FIELD = Field(LINKS, "Links", Kind.TEXT, several=True)
COMMENTS_FIELD = Field(COMMENTS, "Comments", Kind.LONG_TEXT, several=True)


def headings_of(register: Register) -> list[str]:
    """Return the headings of a register: the keys of its fields between what every record has."""
    return [ID, VERSION, STATE, *(one.key for one in register.fields), TAGS, LINKS, COMMENTS, EVENT]


def comments_of(entry: Entry) -> list[str]:
    """Return what was said about a record, each with when and by whom."""
    return [f"{stamp(one.at)} {one.by}: {one.text}" for one in entry.comments]


def export_csv(entries: Iterable[Entry], register: Register) -> bytes:
    """Return the records as a CSV file."""
    rows = (
        [one.id, str(one.version), one.state]
        + [text_of(one.values.get(field.key), field) for field in register.fields]
        + [text_of(values, field) for field, values in _around(one)]
        + [str(one.numbers[-1])]
        for one in entries
    )
    return write_csv(headings_of(register), rows)


def export_xlsx(entries: Iterable[Entry], register: Register) -> bytes:
    """Return the records as an XLSX workbook."""
    return write_xlsx(register.key, headings_of(register), (_cells(one, register) for one in entries))


def _cells(entry: Entry, register: Register) -> list[Cell]:
    values = (cell_of(entry.values.get(field.key), field) for field in register.fields)
    around = (cell_of(values, field) for field, values in _around(entry))
    return [entry.id, entry.version, entry.state, *values, *around, entry.numbers[-1]]


def _around(entry: Entry) -> list[tuple[Field, list[str]]]:
    links = [f"{one.relation} {one.to}" for one in entry.links]  # O2
    return [(TAGS_FIELD, list(entry.tags)), (LINKS_FIELD, links), (COMMENTS_FIELD, comments_of(entry))]
