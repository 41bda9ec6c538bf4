"""Extracts of the sample for tests: made once a run at the smallest scale, read as the old systems wrote them."""

import csv
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from python_calamine import CalamineWorkbook

from lockgate.engines.legacy import write

SCALE, SEED = 0.02, 7


@cache
def extracts(base: Path):
    """Return what was written below the folder; made at the first call."""
    return write(base / "extracts", scale=SCALE, seed=SEED)


def dump(written, name):
    """Return the records of a dump of the old ERP."""
    with (written.folder / "erp" / name).open(encoding="cp1252", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def number(text):
    """Return what `1.234,56` is worth, in hundredths."""
    return int(text.replace(".", "").replace(",", ""))


def sheet(written, name):
    """Return the records of a sheet of the warehouse system: the header is in its third row."""
    book = CalamineWorkbook.from_path(written.folder / "wms" / "BESTAND.XLSX")
    rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    return [dict(zip(rows[2], row, strict=True)) for row in rows[3:]]


def table(written, name):
    """Return the records of a table of the acquired firm."""
    with closing(sqlite3.connect(written.folder / "acquired" / "kempen.db")) as database:
        database.row_factory = sqlite3.Row
        return [dict(row) for row in database.execute(f"SELECT * FROM {name} ORDER BY 1")]  # noqa: S608 - a test's own word


def listed(written, file, kind):
    """Return the records of a file in which the truth says that a kind of mess was planted."""
    return {each["record"] for each in truth(written, "defects") if (each["file"], each["kind"]) == (file, kind)}


def day(text):
    """Return what `31.12.2025` is."""
    return datetime.strptime(text, "%d.%m.%Y").replace(tzinfo=UTC).date()


def truth(written, name):
    """Return the records of a file of the truth."""
    with (written.truth / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
