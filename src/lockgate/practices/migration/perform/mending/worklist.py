"""Which records has a data owner to mend? A file with their rows as they stand in the source, the errors beside each.

W1  Each record stands there once, with all that is wrong with it, or with what one rule says.
W2  Shown is what was read, not what cleansing made of it: that is what the owner knows and can mend.
W3  The last column says which record it is and what stood in it, so that the list can come back from wherever it was.
"""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from typing_extensions import TypedDict

from lockgate.kernel.errors import UsageError
from lockgate.ledger.registers.files.xlsx_file import write_xlsx
from lockgate.practices.migration.decide import sql
from lockgate.practices.migration.definition import Dataset
from lockgate.practices.migration.perform.bench import Bench
from lockgate.practices.migration.perform.reading.cleansing import key_of
from lockgate.workspace.words import advice

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

ERRORS: Final = "_errors"
RECORD: Final = "_record"
_MOST: Final = 1_048_575
"""Rows of a sheet below its names."""


class WorklistAnswer(TypedDict):
    """The answer of `lockgate migrate worklist`."""

    dataset: str
    round: int
    records: int
    file: str


def worklist(bench: Bench, dataset: str, rule: str | None, out: Path) -> WorklistAnswer:
    """Write the records of a dataset in which something is wrong, or only what one rule found; say how many."""
    declared = bench.migration.dataset(dataset)
    store = bench.store
    if not store.has("raw", dataset):
        raise UsageError(f"The dataset {dataset!r} was not read.", do="Read it: `lockgate migrate profile`.")
    rules = [row[0] for row in store.connection.execute(_RULES, [dataset]).fetchall()]
    if rule is not None and rule not in rules:
        raise UsageError(f"No rule {rule!r} finds anything in {dataset!r}.", why=advice(rule, rules))
    headings, rows = to_mend(store.connection, declared, rule)
    content = _file(out, headings, rows)
    try:
        out.write_bytes(content)
    except OSError as error:
        raise UsageError(f"{out} can't be written.", why=str(error.strerror), do="Name another file.") from None
    return {"dataset": dataset, "round": store.number, "records": len(rows), "file": str(out)}


def to_mend(connection: "DuckDBPyConnection", declared: Dataset, rule: str | None) -> tuple[list[str], list[list[str]]]:
    """Return the columns and rows of a work list (W1, W2): from a store, or from the copy of it that pages look at."""
    raw = sql.table("raw", declared.key)
    names = [row[0] for row in connection.execute(f"describe {raw}").fetchall()][1:]
    shown = ", ".join(f"r.{sql.name(name)}" for name in names)
    rows = connection.execute(
        f"select f.errors, {key_of(declared)}, {shown} from ({_FAILING}) f"
        f" join {raw} r on r._row = f.row join {sql.table('clean', declared.key)} s on s._row = f.row"
        " order by r._row",
        [declared.key, rule, rule],
    ).fetchall()
    return [ERRORS, *names, RECORD], list(_rows(declared.key, names, rows))


_RULES: Final = "select distinct rule from findings where dataset = ? order by 1"
_FAILING: Final = (
    "select row, string_agg(distinct rule || ': ' || why, '; ' order by rule || ': ' || why) as errors from findings"
    " where dataset = ? and row is not null and (?::varchar is null or rule = ?) group by row"
)


def _rows(dataset: str, names: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> Iterator[list[str]]:
    for errors, key, *values in rows:
        texts = [value or "" for value in values]
        record = {"dataset": dataset, "key": key, "was": dict(zip(names, texts, strict=True))}  # W3
        yield [errors, *texts, json.dumps(record, ensure_ascii=False)]


def _file(out: Path, headings: list[str], rows: list[list[str]]) -> bytes:
    if out.suffix.lower() == ".xlsx":
        if len(rows) > _MOST:
            what = f"{len(rows):,} records are too many for a sheet."
            raise UsageError(what, do="Take one rule, `--rule`, or write a CSV file.")
        return write_xlsx("Work list", headings, rows)
    if out.suffix.lower() != ".csv":
        raise UsageError(f"{out.name} is neither .xlsx nor .csv.", do="Name the file so.")
    text = io.StringIO()
    csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows([headings, *rows])
    return text.getvalue().encode("utf-8-sig")
