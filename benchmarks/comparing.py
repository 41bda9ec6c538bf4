"""How fast are two tables compared? Five million rows of eight columns, beside DuckDB's bare join and beside datacompy.

    python -m benchmarks.comparing [--scale X] [--rounds N] [--no-peer]

Each way runs in a process of its own, so that its memory is its own. They read the same file of DuckDB, with two
threads and 900 MB for DuckDB. The bare join keeps the rows that differ; it neither classifies nor looks for doubled
keys. datacompy (with Polars) gets a virtual environment that is made for it and thrown away; what it takes to read its
Parquet files does not count. What is found has to be what was planted.
"""

import argparse
import json
import os
import platform
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import duckdb

from lockgate.engines.comparing import Field, compare

ROWS = 5_000_000
FIELDS = (
    Field("name"),
    Field("city"),
    Field("day", "date"),
    *(Field(name, "number") for name in ("price", "cost", "units", "grade")),
)
COLUMNS = tuple(field.name for field in FIELDS)
SOURCE = """
CREATE TABLE source AS SELECT id, 'Customer ' || hash(id) % 1000000 AS name, 'City ' || hash(id * 7) % 5000 AS city,
    DATE '2020-01-01' + CAST(hash(id * 3) % 2000 AS INTEGER) AS day,
    CAST(hash(id * 5) % 1000000 AS DOUBLE) / 100 AS price, CAST(hash(id * 11) % 10000000 AS DOUBLE) / 100 AS cost,
    CAST(hash(id * 13) % 1000 AS INTEGER) AS units, CAST(hash(id * 17) % 100 AS INTEGER) AS grade
FROM range(?) t(id) ORDER BY hash(id)
"""
TARGET = """
CREATE TABLE target AS SELECT CASE WHEN id % 2500 = 3 THEN id + ? ELSE id END AS id, name, city, day,
    CASE WHEN id % 1000 = 1 THEN price + 5 ELSE price END AS price, cost, units, grade
FROM source ORDER BY hash(id + 1)
"""
PEER = """
import json, resource, sys, time
import polars, datacompy
left, right = (polars.read_parquet(f"{sys.argv[1]}/{side}.parquet") for side in ("source", "target"))
begun = time.perf_counter()
found = datacompy.PolarsCompare(left, right, join_columns="id")
counts = {"missing": len(found.df1_unq_rows), "extra": len(found.df2_unq_rows)}
counts["different"] = len(found.intersect_rows) - found.count_matching_rows()
seconds = time.perf_counter() - begun
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"seconds": seconds, "megabytes": memory, **counts}))
"""

Answer = dict[str, float]


def main() -> None:
    """Measure, compare with what was planted and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.comparing", description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0, help="share of the rows, for a quick look")
    parser.add_argument("--rounds", type=int, default=3, help="how often each way is taken")
    parser.add_argument("--no-peer", action="store_true", help="without datacompy, which is fetched")
    parser.add_argument("--way", choices=("ours", "bare"), help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    wished = parser.parse_args()
    if wished.way:
        print(json.dumps(_ours(wished.folder) if wished.way == "ours" else _bare(wished.folder)))
        return
    with tempfile.TemporaryDirectory(prefix="lockgate-bench-") as name:
        folder = Path(name)
        planted = _plant(folder, round(ROWS * wished.scale))
        ways = {"Lockgate": _own("ours", folder), "bare join in DuckDB": _own("bare", folder)}
        if not wished.no_peer:
            ways["datacompy with Polars"] = _peer(folder)
        _print(_measured(ways, wished.rounds, planted), planted)
    print(f"\nPython {platform.python_version()}, {os.cpu_count()} cores, DuckDB {version('duckdb')}.")


def _measured(ways: dict[str, Callable[[], Answer]], rounds: int, planted: Answer) -> dict[str, list[Answer]]:
    order, answers = random.Random(7), {name: list[Answer]() for name in ways}
    for _ in range(rounds):
        for name in order.sample(list(ways), len(ways)):
            answer = ways[name]()
            print(f"{name}: {answer['seconds']:.2f} s, {answer['megabytes']:.0f} MB", file=sys.stderr, flush=True)
            found = {what: answer[what] for what in planted}
            if found != planted:
                raise SystemExit(f"{name} found {found}, planted were {planted}.")
            answers[name].append(answer)
    return answers


def _print(answers: dict[str, list[Answer]], planted: Answer) -> None:
    seconds = {name: statistics.median(one["seconds"] for one in took) for name, took in answers.items()}
    print(f"All found what was planted: {', '.join(f'{count:,} {what}' for what, count in planted.items())}.\n")
    print("| way | seconds (median) | peak memory | takes as long as Lockgate times |\n| --- | ---: | ---: | ---: |")
    for name, took in answers.items():
        memory = max(one["megabytes"] for one in took)
        print(f"| {name} | {seconds[name]:.2f} | {memory:.0f} MB | {seconds[name] / seconds['Lockgate']:.2f} |")


def _plant(folder: Path, rows: int) -> Answer:
    """Make both tables, as tables of DuckDB and as Parquet, and return what differs."""
    with _opened(folder) as connection:
        connection.execute(SOURCE, [rows])
        connection.execute(TARGET, [rows])
        for side in ("source", "target"):
            connection.execute(f"COPY {side} TO '{folder}/{side}.parquet'")
    lost = len(range(3, rows, 2500))
    return {"missing": lost, "extra": lost, "different": len(range(1, rows, 1000))}


def _opened(folder: Path) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(str(folder / "tables.duckdb"), config={"threads": 2, "memory_limit": "900MB"})


def _ours(folder: Path) -> Answer:
    with _opened(folder) as connection:
        begun = time.perf_counter()
        found = compare(connection, "source", "target", ["id"], FIELDS)
        seconds = time.perf_counter() - begun
    return _answer(seconds, found.missing, found.extra, found.different_rows)


def _bare(folder: Path) -> Answer:
    both = ", ".join(f"l.{name} AS l_{name}, r.{name} AS r_{name}" for name in ("id", *COLUMNS))
    differ = " OR ".join(f"l.{name} IS DISTINCT FROM r.{name}" for name in COLUMNS)
    with _opened(folder) as connection:
        begun = time.perf_counter()
        connection.execute(
            f"CREATE TEMP TABLE found AS SELECT {both} FROM source l FULL JOIN target r ON l.id = r.id"  # noqa: S608 - names are ours
            f" WHERE l.id IS NULL OR r.id IS NULL OR {differ}"
        )
        seconds = time.perf_counter() - begun
        rows, left, right = connection.execute("SELECT count(*), count(l_id), count(r_id) FROM found").fetchall()[0]
    return _answer(seconds, rows - right, rows - left, left + right - rows)


def _answer(seconds: float, missing: int, extra: int, different: int) -> Answer:
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": seconds, "megabytes": memory, "missing": missing, "extra": extra, "different": different}


def _own(way: str, folder: Path) -> Callable[[], Answer]:
    words = [sys.executable, "-m", "benchmarks.comparing", "--way", way, "--folder", str(folder)]
    return lambda: _run(words)


def _peer(folder: Path) -> Callable[[], Answer]:
    venv.create(folder / "peer", with_pip=True)
    python = str(folder / "peer" / "bin" / "python")
    subprocess.run([python, "-m", "pip", "install", "--quiet", "datacompy"], check=True)
    return lambda: _run([python, "-c", PEER, str(folder)])


def _run(words: list[str]) -> Answer:
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr[-2000:])
    answer: Answer = json.loads(done.stdout.splitlines()[-1])
    return answer


if __name__ == "__main__":
    main()
