"""How do batches of Arrow become a table of text? In the order in which they come, each row with its number."""

from collections.abc import Iterable, Iterator, Sequence

import duckdb
import pyarrow as pa  # type: ignore[import-untyped]  # it has no types

from lockgate.engines.quoting import quoted
from lockgate.engines.sources.headings import ROW
from lockgate.engines.sources.raw import INCOMING, Progress
from lockgate.engines.sources.refusal import Refused, refuse
from lockgate.kernel.errors import LockgateError
from lockgate.kernel.secret import scrub


def filled(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    names: Sequence[str],
    batches: Iterable[pa.RecordBatch],
    *,
    place: str,
    progress: Progress,
    number: str = "",
) -> int:
    """Make a table of batches that have these columns as text; return how many rows there are.

    Rows are numbered as they come, unless an expression is given for their numbers and with them for their order.
    """
    schema = pa.schema([(f"c{number}", pa.string()) for number in range(len(names))])
    count = _Count()
    reader = pa.RecordBatchReader.from_batches(schema, _whole(batches, schema, count, place, progress))
    values = ", ".join(f"c{number} AS {quoted(name)}" for number, name in enumerate(names))
    connection.register(INCOMING, reader)
    numbered, order = (number, f" ORDER BY {ROW}") if number else ("row_number() OVER ()", "")
    connection.execute(
        f"CREATE TABLE {table} AS SELECT {numbered} AS {ROW}, {values} FROM {quoted(INCOMING)}{order}"  # noqa: S608 - names are quoted
    )
    if count.fault:
        raise count.fault
    return count.rows


class _Count:
    """How many rows went by."""

    def __init__(self) -> None:
        self.rows = 0
        self.fault: Exception | None = None


def _whole(
    batches: Iterable[pa.RecordBatch], schema: pa.Schema, count: _Count, place: str, progress: Progress
) -> Iterator[pa.RecordBatch]:
    source = iter(batches)
    while True:
        try:
            batch = next(source)
        except StopIteration:
            return
        except (LockgateError, Refused) as error:
            count.fault = error
            return
        except (pa.ArrowException, OSError) as error:  # DuckDB would hide it behind a trace of its own
            told = scrub(str(error).splitlines()[0])
            count.fault = refuse(place, "query", f"The database gave up: {told}", "Look at `table` and `query`.")
            return
        columns = [column if column.type == pa.string() else column.cast(pa.string()) for column in batch.columns]
        texts = pa.RecordBatch.from_arrays(columns, schema=schema)
        try:
            texts.validate(full=True)
        except pa.ArrowInvalid as error:
            row = f"{count.rows + 1:,} to {count.rows + batch.num_rows:,}"
            what = f"A text among the rows {row} is not UTF-8: {str(error).splitlines()[0]}"
            count.fault = refuse(place, "encoding", what, "Convert it in the query.")
            return
        count.rows += batch.num_rows
        yield texts
        progress(f"Reading {place}", count.rows, None)
