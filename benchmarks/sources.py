"""How fast is a CSV extract staged? Five hundred thousand records of twelve columns, beside DuckDB's bare reader.

    python -m benchmarks.sources [--scale X] [--rounds N]

The bare reader makes one table of text. Staging looks at every byte before (letters, quotes, line ends), keeps digest
and line of each record, makes a table of text and one of types, and tells each value that can't be read. Both read
the same file in turns, with two threads. Told apart is a file with quoted values, which takes a closer look.
"""

import argparse
import statistics
import tempfile
import time
from pathlib import Path

import duckdb

from lockgate.engines.sources import Column, Extract, Kind, stage

ROWS = 500_000
_TYPED = tuple(Column(f"amount{number}", "decimal") for number in range(3))


def main() -> None:
    """Measure both in turns and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.sources", description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0, help="share of the records, for a quick look")
    parser.add_argument("--rounds", type=int, default=3, help="how often each way is taken")
    wished = parser.parse_args()
    rows = round(ROWS * wished.scale)
    with tempfile.TemporaryDirectory(prefix="lockgate-bench-") as name:
        folder = Path(name)
        for quoted in (False, True):
            file = _make(folder, rows, quoted=quoted)
            taken = [(_bare(folder, file, rows), _staged(folder, file, rows)) for _ in range(wished.rounds)]
            bare, ours = (statistics.median(times) for times in zip(*taken, strict=True))
            size = file.stat().st_size / 2**20
            what = "quoted texts" if quoted else "plain values"
            print(
                f"{what}: {rows:,} records, {size:.0f} MiB; bare {bare:.2f} s, staged {ours:.2f} s = {ours / bare:.1f}x"
            )


def _make(folder: Path, rows: int, *, quoted: bool) -> Path:
    file = folder / f"{'quoted' if quoted else 'plain'}.csv"
    text = "'\"A pump; of size ' || i % 90 || '\"'" if quoted else "'A pump of size ' || i % 90"
    texts = ", ".join(f"{text} AS text{number}" for number in range(3))
    codes = ", ".join(f"lpad((hash(i + {number}) % 100000)::VARCHAR, 6, '0') AS code{number}" for number in range(5))
    amounts = ", ".join(
        f"(hash(i * 7 + {number}) % 1000000 / 100)::DECIMAL(12, 2) AS amount{number}" for number in range(3)
    )
    with duckdb.connect() as connection:
        connection.execute(
            f"COPY (SELECT i AS id, {codes}, {texts}, {amounts} FROM range({rows}) r(i))"  # noqa: S608 - made here
            f" TO '{file}' (HEADER, DELIMITER ';', QUOTE '', ESCAPE '')"
        )
    return file


def _bare(folder: Path, file: Path, rows: int) -> float:
    store = folder / "bare.duckdb"
    store.unlink(missing_ok=True)
    began = time.perf_counter()
    with duckdb.connect(store, config={"threads": 2}) as connection:
        connection.execute("CREATE TABLE t AS FROM read_csv(?, delim=';', header=true, all_varchar=true)", [str(file)])
        read = connection.sql("SELECT count(*) FROM t").fetchall()
    if read != [(rows,)]:
        raise SystemExit(f"{rows} records were written, and {read} were read.")
    return time.perf_counter() - began


def _staged(folder: Path, file: Path, rows: int) -> float:
    store = folder / "staged.duckdb"
    store.unlink(missing_ok=True)
    began = time.perf_counter()
    with duckdb.connect(store, config={"threads": 2}) as connection:
        came = stage(connection, "items", Extract(Kind.CSV, path=file.name, columns=_TYPED), folder=folder)
    if (came.rows, came.refusals) != (rows, ()):
        raise SystemExit(f"{rows} records were written, and {came.rows} were staged. {came.refusals}")
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
