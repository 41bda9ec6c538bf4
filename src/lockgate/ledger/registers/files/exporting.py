"""How do records leave as a table? With id and version first, so that they find back to what they were."""

from collections.abc import Iterable

from lockgate.kernel.register import Field, Kind, Register
from lockgate.ledger.registers.entry import Entry
from lockgate.ledger.registers.files.cells import cell_of, text_of
from lockgate.ledger.registers.files.csv_file import write_csv
from lockgate.ledger.registers.files.table import Cell
from lockgate.ledger.registers.files.xlsx_file import write_xlsx

ID, VERSION, STATE, TAGS = "id", "version", "state", "tags"
TAGS_FIELD = Field(TAGS, "Tags", Kind.TEXT, several=True)


def headings_of(register: Register) -> list[str]:
    """Return the headings of a register: the keys of its fields between id, version, state and tags."""
    return [ID, VERSION, STATE, *(one.key for one in register.fields), TAGS]


def export_csv(entries: Iterable[Entry], register: Register) -> bytes:
    """Return the records as a CSV file."""
    rows = [
        [one.id, str(one.version), one.state]
        + [text_of(one.values.get(field.key), field) for field in register.fields]
        + [text_of(list(one.tags), TAGS_FIELD)]
        for one in entries
    ]
    return write_csv(headings_of(register), rows)


def export_xlsx(entries: Iterable[Entry], register: Register) -> bytes:
    """Return the records as an XLSX workbook."""
    return write_xlsx(register.key, headings_of(register), [_cells(one, register) for one in entries])


def _cells(entry: Entry, register: Register) -> list[Cell]:
    values = (cell_of(entry.values.get(field.key), field) for field in register.fields)
    return [entry.id, entry.version, entry.state, *values, cell_of(list(entry.tags), TAGS_FIELD)]
