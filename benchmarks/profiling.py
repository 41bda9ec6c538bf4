"""How fast is a table profiled? A million rows of thirty columns, beside DuckDB's own SUMMARIZE.

    python -m benchmarks.profiling [--scale X] [--rounds N]

SUMMARIZE tells span, mean, quartiles, fill and an estimate of the different values. The profile tells those too, and
shapes, placeholders, odd characters, outliers, keys and columns that tell others. Both read the same table in turns,
with two threads.
"""

import argparse
import os
import platform
import resource
import statistics
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

import duckdb

from lockgate.engines.profiling import profile

ROWS = 1_000_000


def main() -> None:
    """Measure both in turns and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.profiling", description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0, help="share of the rows, for a quick look")
    parser.add_argument("--rounds", type=int, default=3, help="how often each way is taken")
    wished = parser.parse_args()
    rows = round(ROWS * wished.scale)
    ours, theirs = [], []
    with (
        tempfile.TemporaryDirectory(prefix="lockgate-bench-") as folder,
        duckdb.connect(str(Path(folder) / "table.duckdb"), config={"threads": 2}) as connection,
    ):
        _make(connection, rows)
        for _ in range(wished.rounds):
            begun = time.perf_counter()
            connection.execute("SUMMARIZE wide").fetchall()
            theirs.append(time.perf_counter() - begun)
            begun = time.perf_counter()
            told = profile(connection, "wide")
            ours.append(time.perf_counter() - begun)
    if told.keys != (("id",),) or told.rows != rows:
        raise SystemExit(f"The key is id, and found were {told.keys} on {told.rows} rows.")
    profiled, summarized = statistics.median(ours), statistics.median(theirs)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{rows:,} rows of {len(told.columns)} columns: profile {profiled:.2f} s, SUMMARIZE {summarized:.2f} s,")
    print(f"that is {profiled / summarized:.1f} times as long; both together took {memory:.0f} MB at most.")
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, DuckDB {version('duckdb')}.")


def _make(connection: duckdb.DuckDBPyConnection, rows: int) -> None:
    """Make a table as a legacy system might have it: a key, texts, codes, amounts, numbers and days."""
    columns = ["'K' || lpad(CAST(n AS VARCHAR), 7, '0') AS id"]
    for k in range(10):
        some = f"hash(n * {k + 3})"
        columns.append(f"CASE WHEN {some} % 20 > 0 THEN 'Customer ' || {some} % {10 ** (k % 7 + 1)} END AS text{k}")
    for k in range(5):
        letter, digits = f"chr(CAST(65 + hash(n * {k + 31}) % 26 AS INTEGER))", f"hash(n * {k + 41}) % 10000"
        columns.append(f"{letter} || '-' || lpad(CAST({digits} AS VARCHAR), 4, '0') AS code{k}")
    amount = "CAST(CAST(hash(n * {}) % 1000000 AS DOUBLE) / 100 AS DECIMAL(12, 2)) AS amount{}"
    columns += [amount.format(k + 51, k) for k in range(6)]
    for k in range(4):
        columns.append(f"CAST(hash(n * {k + 61}) % {10 ** (k + 2)} AS INTEGER) AS number{k}")
        columns.append(f"DATE '2015-01-01' + CAST(hash(n * {k + 71}) % 4000 AS INTEGER) AS day{k}")
    connection.execute(f"CREATE TABLE wide AS SELECT {', '.join(columns)} FROM range({rows}) t(n)")  # noqa: S608 - all of it is ours


if __name__ == "__main__":
    main()
