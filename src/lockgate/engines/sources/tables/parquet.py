"""How is a Parquet file read? By DuckDB; numbers, dates and truth values come as text by one notation."""

import tempfile
from pathlib import Path

import duckdb

from lockgate.engines.sources.asking import row_of
from lockgate.engines.sources.extract import Extract
from lockgate.engines.sources.headings import checked
from lockgate.engines.sources.opening import Opened, digest_of_bytes
from lockgate.engines.sources.raw import Progress, Raw
from lockgate.engines.sources.refusal import refuse
from lockgate.engines.sources.tables.native import NATIVE, columns_of, selected


def read(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    extract: Extract,
    opened: Opened,
    *,
    scratch: Path,
    progress: Progress,
) -> Raw:
    """Make a table of a file, named as SQL has it; return what came into it."""
    progress(f"Reading {opened.name}", 0, opened.size)
    digest = digest_of_bytes(opened)
    with tempfile.TemporaryDirectory(dir=scratch, prefix="extract-") as folder:
        link = Path(folder) / "rows.parquet"
        link.symlink_to(opened.path)  # DuckDB would take a star in the name of a file for a pattern
        try:
            columns = columns_of(connection, "read_parquet(?)", [str(link)])
            names = checked([one.name for one in columns], extract, place=opened.name)
            query = selected(columns, "read_parquet(?)", place=opened.name)
            connection.execute(f"CREATE TABLE {table} AS {query}", [str(link)])
        except (duckdb.InvalidInputException, duckdb.ConversionException) as error:
            told = str(error).splitlines()[0].replace(str(link), opened.name)
            raise refuse(
                opened.name, "parquet", f"The file can't be read as Parquet. {told}", "Write it again."
            ) from None
    opened.same()
    (rows,) = row_of(connection, f"SELECT count(*) FROM {table}")  # noqa: S608 - names are quoted
    return Raw(names, rows, digest, {one.name: NATIVE for one in columns if one.native})
