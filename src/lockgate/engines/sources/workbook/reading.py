"""How does a sheet become a table? Each cell as text in the declared notation, each row with its number in the sheet.

R1  The sheet is the declared one, or the only one that can be seen.
R2  Texts stay as they are. Numbers, dates and truth values are written as the column's notation says, so that texts
    among them are read in the same way.
R3  A number of more than 15 digits has lost some: refused. So are dates before March 1900: spreadsheets differ there.
R4  Merged cells below the names are refused: which rows their value belongs to is not said.
R5  Rows without any value are left out.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from typing import IO, Any, Final

import duckdb
import pyarrow as pa  # type: ignore[import-untyped]  # it has no types
import python_calamine as calamine

from lockgate.engines.quoting import quoted
from lockgate.engines.sources.csv.header import like_names
from lockgate.engines.sources.extract import Extract, Notation
from lockgate.engines.sources.headings import ROW, checked
from lockgate.engines.sources.opening import Opened, digest_of_bytes
from lockgate.engines.sources.raw import INCOMING, Progress, Raw
from lockgate.engines.sources.refusal import Refusal, first_of, refuse
from lockgate.engines.sources.workbook.doubt import Doubt, Form, address
from lockgate.engines.sources.workbook.ods import ods
from lockgate.engines.sources.workbook.ole2 import SIGNATURE
from lockgate.engines.sources.workbook.xls import xls
from lockgate.engines.sources.workbook.xlsx import xlsx
from lockgate.kernel.package import Unfit

_BATCH: Final = 20_000
_FAR: Final = 50
_FIRST_SURE_DATE: Final = dt.date(1900, 3, 1)
_MOST_DIGITS: Final = 10**15


def read(
    connection: duckdb.DuckDBPyConnection, table: str, extract: Extract, opened: Opened, *, progress: Progress
) -> Raw:
    """Make a table of a sheet, named as SQL has it; return what came into it."""
    digest = digest_of_bytes(opened)
    with opened.path.open("rb") as file:
        try:
            form = _form(file, opened)
            progress(f"Reading {opened.name}", 0, opened.size)
            with _book(file, form, opened) as book:
                name = _sheet(book, extract, opened)
                told = form.told(book.sheet_names.index(name), name)
                sheet = book.get_sheet_by_name(name)
                reading = _Reading(sheet, extract, f"{opened.name} {sheet.name}")
                reading.judge(told.doubts, _merged(sheet) if told.merged is None else told.merged)
                rows = reading.fill(connection, table, progress)
        except Unfit as error:
            raise refuse(opened.name, "unpacking", f"The file is not opened: {error}.", "Save it again.") from None
        except (calamine.CalamineError, OSError, ValueError) as error:
            raise refuse(
                opened.name, "no-workbook", f"The workbook can't be read: {error}.", "Save it again."
            ) from None
    opened.same()
    return Raw(tuple(name for name in reading.names if name), rows, digest)


def _form(file: IO[bytes], opened: Opened) -> Form:
    """Return the form of a workbook by its first bytes, looked through before anything parses it."""
    old = file.read(len(SIGNATURE)) == SIGNATURE
    file.seek(0)
    form = xls(file) if old else xlsx(file) or ods(file)
    if form is None:
        raise refuse(opened.name, "no-workbook", "The file is no XLSX, XLS or ODS workbook.", "Save it as one of them.")
    return form


@contextmanager
def _book(file: IO[bytes], form: Form, opened: Opened) -> Iterator[calamine.CalamineWorkbook]:
    """Give what reads its values; by its name only where that says what it is, since the reader goes by the name."""
    file.seek(0)
    try:
        named = opened.path.suffix.lower() in form.suffixes
        with calamine.load_workbook(str(opened.path) if named else file) as book:
            yield book
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # how it gives up on what it did not expect; no class of ours
            raise
        raise refuse(opened.name, "no-workbook", "The workbook is broken.", "Save it again.") from None


def _sheet(book: calamine.CalamineWorkbook, extract: Extract, opened: Opened) -> str:
    """Return the name of the sheet (R1)."""
    if extract.sheet is not None:
        if extract.sheet in book.sheet_names:
            return extract.sheet
        named = ", ".join(repr(name) for name in book.sheet_names)
        raise refuse(opened.name, "sheet", f"There is no sheet {extract.sheet!r}.", f"There are: {named}.")
    seen = [one.name for one in book.sheets_metadata if one.visible == calamine.SheetVisibleEnum.Visible]
    if len(seen) != 1:
        named = ", ".join(repr(name) for name in seen)
        raise refuse(opened.name, "sheet", f"{len(seen)} sheets can be seen: {named}.", "Declare the `sheet`.")
    return seen[0]


def _merged(sheet: calamine.CalamineSheet) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    return list(sheet.merged_cell_ranges or [])


class _Reading:
    """One sheet on its way into a table."""

    def __init__(self, sheet: calamine.CalamineSheet, extract: Extract, place: str) -> None:
        self.sheet, self.extract, self.place = sheet, extract, place
        self.before = [""] * (sheet.start[1] if sheet.start else 0)
        self.header, found = self._header()
        names = [_plain(cell, extract.notation) or "" for cell in found]
        while names and not names[-1].strip():
            names.pop()
        self.names = tuple(name if name.strip() else "" for name in checked(names, extract, place=place))
        notations = [extract.notation_of(extract.declared(name)) for name in self.names]
        self.notations: Sequence[Notation] = notations
        self.faults: list[Refusal] = []

    def rows(self) -> Iterator[tuple[int, list[Any]]]:
        """Yield the rows that have values, with their numbers (R5)."""
        for number, row in enumerate(self.sheet.iter_rows(), start=1):
            if any(cell != "" for cell in row):
                yield number, [*self.before, *row]

    def judge(self, doubtful: Sequence[Doubt], merged: Sequence[tuple[tuple[int, int], tuple[int, int]]]) -> None:
        """Refuse cells below the names that are in doubt (R4)."""
        for doubt in doubtful:
            name = self.names[doubt.column] if doubt.column < len(self.names) else ""
            typed = self.extract.declared(name).type if name else "text"
            if doubt.row > self.header and not (doubt.code == "shown-zeros" and typed != "text"):
                self._tell(doubt.row, doubt.column, doubt.code, doubt.why)
        for start, end in merged:
            if end[0] + 1 > self.header:
                self._tell(
                    start[0] + 1,
                    start[1],
                    "merged",
                    f"The cell is merged with those up to {address(end[0] + 1, end[1])}.",
                )
        self._refuse()

    def fill(self, connection: duckdb.DuckDBPyConnection, table: str, progress: Progress) -> int:
        """Make the table; return how many rows there are."""
        kept = [number for number, name in enumerate(self.names) if name]
        schema = pa.schema([(ROW, pa.int64()), *((f"c{number}", pa.string()) for number in kept)])
        batches = list(self._batches(kept, schema, progress))
        self._refuse()
        connection.register(INCOMING, pa.Table.from_batches(batches, schema))
        values = ", ".join(f"c{number} AS {quoted(self.names[number])}" for number in kept)
        connection.execute(f"CREATE TABLE {table} AS SELECT {ROW}, {values} FROM {quoted(INCOMING)}")  # noqa: S608 - names are quoted
        return sum(batch.num_rows for batch in batches)

    def _header(self) -> tuple[int, list[Any]]:
        """Return the row of the names, and what stands in it."""
        extract = self.extract
        if extract.header == 0:
            return 0, [one.name for one in extract.columns]
        first: list[tuple[int, list[Any]]] = []
        declared = {one.name for one in extract.columns}
        for number, row in self.rows():
            if number == extract.header:
                return number, row
            if extract.header is None and declared and declared <= {_plain(cell, extract.notation) for cell in row}:
                return number, row
            first.append((number, row))
            if len(first) > _FAR and extract.header is None:
                break
        if not first:
            raise refuse(self.place, "empty", "The sheet is empty.", "Declare another `sheet`.")
        if extract.header is not None:
            raise refuse(f"{self.place}!{extract.header}", "header", "The declared row is empty.", "Declare another.")
        number, row = first[0]
        like_names([_plain(cell, extract.notation) or "" for cell in row], place=f"{self.place}!{number}")
        return number, row

    def _batches(self, kept: list[int], schema: pa.Schema, progress: Progress) -> Iterator[pa.RecordBatch]:
        columns: list[list[Any]] = [[] for _ in range(len(kept) + 1)]
        for number, row in self.rows():
            if number <= self.header:
                continue
            self._beside(number, row)
            columns[0].append(number)
            for values, place in zip(columns[1:], kept, strict=True):
                values.append(self._text(number, place, row[place] if place < len(row) else ""))
            if len(columns[0]) == _BATCH:
                yield _batch(columns, schema)
                progress(f"Reading {self.place}", number, self.sheet.total_height)
                columns = [[] for _ in columns]
        yield _batch(columns, schema)

    def _beside(self, number: int, row: list[Any]) -> None:
        """Tell of values in columns without a name."""
        for place, cell in enumerate(row):
            if cell != "" and (place >= len(self.names) or not self.names[place]):
                self._tell(number, place, "no-name", "The cell has a value, and its column has no name.")

    def _text(self, number: int, place: int, cell: Any) -> str | None:
        if isinstance(cell, float | int) and not isinstance(cell, bool) and abs(cell) >= _MOST_DIGITS:
            self._tell(number, place, "long-number", "The number has more than 15 digits: some are lost.")  # R3
        if isinstance(cell, dt.date) and _day(cell) < _FIRST_SURE_DATE:
            self._tell(number, place, "early-date", "The date is before March 1900, on which spreadsheets differ.")
        return _plain(cell, self.notations[place])

    def _tell(self, row: int, column: int, code: str, what: str) -> None:
        hints = {
            "error-cell": "Repair it in the workbook.",
            "formula": "Open the workbook in a spreadsheet, and save it.",
            "merged": "Take the merging off.",
            "shape": "Move it elsewhere.",
            "no-name": "Name the column, or clear the cell.",
        }
        hint = hints.get(code, "Write it as text.")
        self.faults.append(Refusal(f"{self.place}!{address(row, column)}", code, what, hint))

    def _refuse(self) -> None:
        if self.faults:
            raise first_of(self.faults, count=len(self.faults), more="such cells")


def _batch(columns: list[list[Any]], schema: pa.Schema) -> pa.RecordBatch:
    arrays = [pa.array(values, field.type) for values, field in zip(columns, schema, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def _day(cell: dt.date) -> dt.date:
    return cell.date() if isinstance(cell, dt.datetime) else cell


def _plain(cell: Any, notation: Notation) -> str:
    """Return what a cell holds as text in a notation (R2)."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return (notation.true if cell else notation.false)[0]
    if isinstance(cell, float | int):
        return _number(cell).replace(".", notation.decimal)
    if isinstance(cell, dt.datetime):
        return _written(
            cell, notation.datetime + (".%f" if cell.microsecond and notation.datetime.endswith("%S") else "")
        )
    if isinstance(cell, dt.date):
        return _written(cell, notation.date)
    return str(cell)


def _number(cell: float) -> str:
    text = format(Decimal(repr(cell)), "f")
    return text.removesuffix(".0")


def _written(cell: dt.date, pattern: str) -> str:
    return cell.strftime(pattern)
