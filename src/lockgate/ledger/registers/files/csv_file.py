"""How do tables stand in CSV? In UTF-8 with a byte order mark, so that every spreadsheet shows all letters right.

V1  Read is UTF-8 with or without a mark. Any other encoding is a finding that says how to save the file; nothing is
    guessed, since a wrong guess changes names.
V2  Comma, semicolon and tab are recognised from the headings; written is the comma.
"""

import csv
import io
from collections.abc import Iterable

from lockgate.kernel.errors import UsageError
from lockgate.ledger.registers.files.table import Cell, CellFinding, Table, table_of, too_large

LARGEST = 50 * 2**20


def write_csv(headings: list[str], rows: Iterable[Iterable[str]]) -> bytes:
    """Return the file."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def read_csv(content: bytes, name: str) -> Table:
    """Return the table in a file; with a finding instead of rows when its letters can't be told (V1)."""
    if len(content) > LARGEST:
        raise too_large(f"{len(content):,} bytes")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _unreadable(content, error.start, name)
    if "\x00" in text:
        return _unreadable(content, content.find(b"\0"), name)
    csv.field_size_limit(LARGEST)  # the comments of a record stand in one cell
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        lines: list[list[Cell]] = [
            list(line) for line in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        ]
    except csv.Error as error:
        raise UsageError(
            "The file is no CSV.",
            why=f"{error}.",
            do="Save it as CSV UTF-8 from the spreadsheet, or give an XLSX file.",
        ) from None
    return table_of(name, lines)


def _unreadable(content: bytes, at: int, name: str) -> Table:
    row = content.count(b"\n", 0, at) + 1
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in content:
        seems = "It seems to be UTF-16."
    else:
        seems = f"It seems to be Windows-1252: there {content[at : at + 1].decode('cp1252', 'replace')!r} may be meant."
    finding = CellFinding(
        row,
        1,
        name,
        "not-utf-8",
        f"The file is not in UTF-8. {seems}",
        "Save it as `CSV UTF-8`, or as XLSX.",
    )
    return Table(name, (), (), (finding,))
