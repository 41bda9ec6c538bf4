"""What did somebody mend in a file of what Odoo refused? Its values take the place of what was made of the records.

E1  Only records that Odoo refused can be mended so; another one in the file is a mistake, and nothing is taken.
E2  What the file holds is what is sent, whether it was changed or not: the file was sent as it is.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lockgate.kernel.errors import UsageError
from lockgate.odoo.loading.header import ERROR_COLUMN
from lockgate.practices.migration.definition import Mapping
from lockgate.practices.migration.perform.bench import Bench


@dataclass(frozen=True)
class _Value:
    part: str
    """The field of the lines, empty for the record itself."""
    id: str
    header: str
    value: str


def take_in(bench: Bench, mapping: Mapping, file: Path) -> int:
    """Take what was mended in a file, and return how many values that is."""
    values = list(_values(mapping, file))
    query = "select id from refused where mapping = ?"
    refused = {str(row[0]) for row in bench.store.connection.execute(query, [mapping.key]).fetchall()}
    for one in values:
        if not one.part and one.id not in refused:
            raise UsageError(
                f"{file.name} has a record that Odoo did not refuse: {one.id}.",
                why="Only what is in the file of rejects is loaded from there.",
                do="Take its row out, or leave its `id` as it was.",
            )
    known = [(mapping.key, one.part, one.id, one.header) for one in values]
    rows = [(mapping.key, one.part, one.id, one.header, one.value, bench.who) for one in values]
    if rows:
        same = "mapping = ? and part = ? and id = ? and header = ?"
        bench.store.connection.executemany(f"delete from mended where {same}", known)
        bench.store.connection.executemany("insert into mended values (?, ?, ?, ?, ?, ?)", rows)
    return len(rows)


def _values(mapping: Mapping, file: Path) -> Iterator[_Value]:
    with file.open(newline="", encoding="utf-8-sig") as text:
        reader = csv.DictReader(text)
        below = {field: f"{field}/id" for field in mapping.lines}
        if "id" not in (reader.fieldnames or ()):
            raise UsageError(f"{file.name} has no column `id`.", do="Leave the columns as they were.")
        for row in reader:
            for header, value in row.items():
                if header in {"id", ERROR_COLUMN, *below.values()} or header is None:
                    continue
                part = next((field for field in below if header.startswith(f"{field}/")), "")
                identity = row[below[part]] if part else row["id"]
                if identity:
                    yield _Value(part, identity, header, value)
